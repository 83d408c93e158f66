import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredRecord } from '../../../renderer/domain/record';
import { stateOf } from '../../../renderer/domain/state';
import { postingDay, RestorationQueue } from '../../../renderer/outbox/restoration-queue';
import { exampleContent } from '../../support/content';
import { eventsOf, happened, soon } from '../../support/events';

const rule = { state: 'BE', saturdayCounts: true } as const;
const payerOf = ({ content }: StoredRecord) => content.coverage.payerIk ?? '';

const records = fc
  .array(
    fc.record({
      payer: fc.constantFrom('kasse a', 'kasse b', 'kasse c', 'kasse d'),
      hour: fc.nat(24 * 9),
      given: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ payer, hour, given }, index): StoredRecord => {
      const issuedAt = new Date(Date.UTC(2026, 10, 23, 8 + hour)).toISOString();
      const state = stateOf(eventsOf(happened.recorded, happened.issued, happened.signed()), soon);
      const content = exampleContent({ certificate: { issuedOn: issuedAt.slice(0, 10) } });
      return {
        kind: 'certificate',
        id: String(index).padStart(3, '0'),
        createdAt: issuedAt,
        content: { ...content, coverage: { ...content.coverage, payerIk: payer } },
        corrects: null,
        coverageSource: 'typed',
        state: { ...state, issuedAt, paper: given ? 'given' : 'none' },
      };
    }),
  );

/** Takes until nobody has room. */
function takeAll(queue: RestorationQueue, hasRoom: (payer: string) => boolean): StoredRecord[] {
  const taken: StoredRecord[] = [];
  for (let next = queue.take(hasRoom); next !== null; next = queue.take(hasRoom)) taken.push(next);
  return taken;
}

describe('the order in which what is owed goes out (properties)', () => {
  it('within an insurer: nearest deadline first, then the oldest', () => {
    fc.assert(
      fc.property(records, (all) => {
        const taken = takeAll(new RestorationQueue(all, { payerOf, rule }), () => true);
        for (const payer of new Set(all.map(payerOf))) {
          const own = taken.filter((one) => payerOf(one) === payer);
          own.slice(1).forEach((later, index) => {
            const earlier = own[index];
            if (earlier === undefined) throw new Error('There is one before.');
            const [a, b] = [postingDay(earlier, rule), postingDay(later, rule)];
            expect(a <= b).toBe(true);
            if (a === b) expect((earlier.state.issuedAt ?? '') <= (later.state.issuedAt ?? '')).toBe(true);
          });
        }
      }),
    );
  });

  it('the first of all is the most urgent of all', () => {
    fc.assert(
      fc.property(records, (all) => {
        const [first] = takeAll(new RestorationQueue(all, { payerOf, rule }), () => true);
        const soonest = all.map((one) => postingDay(one, rule)).sort()[0];
        expect(first === undefined ? undefined : postingDay(first, rule)).toBe(soonest);
      }),
    );
  });

  it('fair between insurers: whoever has something waits for one of each other insurer at most', () => {
    fc.assert(
      fc.property(records, (all) => {
        const taken = takeAll(new RestorationQueue(all, { payerOf, rule }), () => true).map(payerOf);
        const left = new Map<string, number>();
        for (const payer of taken) left.set(payer, (left.get(payer) ?? 0) + 1);
        const count = left.size;
        taken.forEach((_, from) => {
          const window = new Set(taken.slice(from, from + count));
          // Everybody who still has as much as a whole round is in it.
          for (const payer of left.keys()) if (taken.slice(from).includes(payer)) expect(window).toContain(payer);
        });
      }),
    );
  });

  it('an insurer without room is passed over and loses nothing; everything is taken once', () => {
    fc.assert(
      fc.property(records, fc.subarray(['kasse a', 'kasse b', 'kasse c', 'kasse d']), (all, closed) => {
        const queue = new RestorationQueue(all, { payerOf, rule });
        const open = takeAll(queue, (payer) => !closed.includes(payer));
        expect(open.some((one) => closed.includes(payerOf(one)))).toBe(false);
        expect(queue.length).toBe(all.length - open.length);
        const rest = takeAll(queue, () => true);
        expect([...open, ...rest].map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
      }),
    );
  });
});
