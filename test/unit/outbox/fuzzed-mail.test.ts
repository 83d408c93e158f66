import { describe, expect, it } from 'vitest';
import { fuzzMails } from '../../../build/soak/fuzz';

// 300 here; `npm run soak` has 10,000 in one mailbox.
describe('inbound mail, honest, forged and broken (P5-04)', () => {
  it('each mail changes what it is an answer to and nothing else, is read once, and is kept', async () => {
    const { fuzzed, wrong } = await fuzzMails(300, 7);
    expect(fuzzed).toBe(300);
    expect(wrong).toEqual([]);
  }, 120_000);
});
