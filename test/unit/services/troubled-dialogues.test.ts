import { describe, expect, it } from 'vitest';
import { troubleDialogues } from '../../../build/chaos/dialogues';
import { positionsIn } from '../../../build/chaos/troubled-bytes';

// A sample of the bytes here, the edges always among them; `npm run soak` goes through all of them.
describe('dialogues over a troubled wire', () => {
  it('end in the right result or in a failure, wherever they are cut, garbled, doubled or delayed', async () => {
    const { dialogues, wrong, kinds, reached } = await troubleDialogues({ cuts: 12, below: 3 });
    expect(wrong).toEqual([]);
    expect(dialogues).toBeGreaterThan(100);
    // Both ways out were taken with each component, so the troubles did trouble.
    expect(Object.keys(kinds)).toEqual(
      expect.arrayContaining([
        'connector: failed',
        'connector: signed signed',
        'directory: all',
        'directory: failed',
        'mailbox: all',
        'mailbox: failed, then all',
        'sending: accepted',
        'sending: not-sent',
        'sending: unknown',
      ]),
    );
    expect(Object.keys(reached)).toHaveLength(8);
    for (const { bytes, cut } of Object.values(reached)) expect(cut).toBe(positionsIn(bytes, 12).length);
  }, 120_000);
});

describe('at which bytes', () => {
  it('every one, or so many with the edges', () => {
    expect(positionsIn(5, 'every')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(positionsIn(1, 'every')).toEqual([0, 1]);
    for (const shift of [0, 1, 7, 1000]) {
      const some = positionsIn(1000, 24, shift);
      expect(some.length).toBeGreaterThan(20);
      expect(some).toEqual(expect.arrayContaining([0, 1, 999, 1000]));
      expect(some.every((at, index) => at >= 0 && at <= 1000 && at > (some[index - 1] ?? -1))).toBe(true);
    }
    // Other shifts meet other bytes.
    expect(positionsIn(1000, 24, 3)).not.toEqual(positionsIn(1000, 24, 0));
  });
});
