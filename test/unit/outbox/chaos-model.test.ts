import { describe, expect, it } from 'vitest';
import { runModel } from '../../../build/chaos/model-run';

describe('steps of practice, world and death in any order, against a plain model', () => {
  // A few seeds here; `npm run soak` runs as many as its minutes allow, and at least as many as it is told.
  it.each([1, 2, 3])(
    'seed %i: none lost, none doubled, nothing sent into an outage or a pause (model-based)',
    async (seed) => {
      expect(await runModel(seed)).toEqual({ seed, failure: null });
    },
    60_000,
  );
});
