import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { fuzzMails } from '../../../build/soak/fuzz';

describe('inbound mail, honest, forged and broken (P5-04)', () => {
  it('each mail changes what it is an answer to and nothing else, and is kept', async () => {
    const { fuzzed, wrong } = await fuzzMails(100, 7);
    expect(fuzzed).toBe(100);
    expect(wrong).toEqual([]);
  }, 60_000);
});
