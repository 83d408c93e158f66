import { describe, expect, it } from 'vitest';
import { troubleDialogues } from '../../../build/chaos/dialogues';

// A sample of the bytes here; `npm run soak` goes through the others.
describe('dialogues over a troubled wire', () => {
  it('end in the right result or in a failure, wherever they are cut, garbled or doubled', async () => {
    const { dialogues, wrong, kinds } = await troubleDialogues({ cut: 307, below: 1_499, from: 0 });
    expect(wrong).toEqual([]);
    expect(dialogues).toBeGreaterThan(60);
    // Both ways out were taken with each component, so the troubles did trouble.
    expect(Object.keys(kinds).sort()).toEqual([
      'connector: failed',
      'connector: signed signed',
      'directory: all',
      'directory: failed',
      'mailbox: all',
      'mailbox: failed, then all',
    ]);
  }, 120_000);
});
