import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runChaos } from '../../../build/chaos/run';

// A few seeds here; `npm run soak` runs as many as its minutes allow.
describe('a week of trouble against a plain model of the world', () => {
  it('ends with every certificate delivered, posted or in the patient’s hand, none lost, none doubled (model-based)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
        const { lost, doubled, wrong, recorded } = await runChaos({ seed, certificates: 12, kills: 3 });
        expect({ lost, doubled, wrong }).toEqual({ lost: 0, doubled: 0, wrong: [] });
        expect(recorded).toBeGreaterThan(0);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 120_000);
});
