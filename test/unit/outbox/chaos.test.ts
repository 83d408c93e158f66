import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runChaos } from '../../../build/chaos/run';

// A few seeds here; `npm run soak` runs as many as its minutes allow.
const weeks = fc.record({
  days: fc.integer({ min: 1, max: 4 }),
  kills: fc.integer({ min: 0, max: 3 }),
  certificates: fc.integer({ min: 1, max: 12 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
});

describe('a week of trouble against a plain model of the world', () => {
  it('ends with every certificate delivered, posted or in the patient’s hand, none lost, none doubled (model-based)', async () => {
    await fc.assert(
      fc.asyncProperty(weeks, async (week) => {
        const { lost, doubled, wrong, recorded } = await runChaos(week);
        expect({ lost, doubled, wrong }).toEqual({ lost: 0, doubled: 0, wrong: [] });
        expect(recorded).toBeGreaterThan(0);
      }),
      // A failure is shrunk to fewer certificates, kills and days, as far as a minute allows.
      { numRuns: 8, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: false },
    );
  }, 120_000);
});
