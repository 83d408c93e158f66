import { berlinTime } from '../../domain/calendar';
import { isOwed } from '../../domain/owed';
import type { StoredRecord } from '../../domain/record';
import type { RecordState } from '../../domain/state';

/** How an outage's certificates stood after each thing that happened. */
export interface CoursePoint {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly owed: number;
  readonly delivered: number;
}

/**
 * Owed and delivered over time, from `from` (nothing yet) to `until`: a point for each instant at which something changed, and one at each
 * end. A record is owed from its issuing until its receipt, or until nobody waits for it any more (`isOwed`): cancelled, discarded, replaced by a
 * correction, done on paper. What was delivered and is cancelled then counts as neither.
 */
export function courseOf(records: readonly StoredRecord[], from: Date, until: Date): CoursePoint[] {
  const changes = new Map<number, { owed: number; delivered: number }>();
  const change = (instant: string, owed: number, delivered: number) => {
    const at = Math.max(from.getTime(), new Date(instant).getTime());
    const before = changes.get(at) ?? { owed: 0, delivered: 0 };
    changes.set(at, { owed: before.owed + owed, delivered: before.delivered + delivered });
  };
  const issuedAt = new Map(records.map(({ id, state }) => [id, state.issuedAt]));
  for (const record of records) {
    const { state } = record;
    if (state.issuedAt === null) continue;
    change(state.issuedAt, 1, 0);
    const deliveredAt = deliveryOf(state);
    if (deliveredAt !== null) change(deliveredAt, -1, 1);
    if (state.stage === 'cancelled') change(state.since, deliveredAt === null ? -1 : 0, deliveredAt === null ? 0 : -1);
    else if (deliveredAt === null && !isOwed(record)) {
      const replacedAt = state.correctedBy === null ? null : issuedAt.get(state.correctedBy);
      change(replacedAt ?? state.since, -1, 0);
    }
  }
  const points: CoursePoint[] = [{ at: from.getTime(), owed: 0, delivered: 0 }];
  let [owed, delivered] = [0, 0];
  for (const [at, by] of [...changes].toSorted(([a], [b]) => a - b)) {
    owed += by.owed;
    delivered += by.delivered;
    if (points.at(-1)?.at === at) points.pop();
    points.push({ at, owed, delivered });
  }
  if ((points.at(-1)?.at ?? 0) < until.getTime()) points.push({ at: until.getTime(), owed, delivered });
  return points;
}

/** When it was delivered, also where it was cancelled since; `null`: never. */
function deliveryOf(state: RecordState): string | null {
  const standing = state.stage === 'cancelled' ? state.before : state;
  return standing !== null && 'deliveredAt' in standing ? standing.deliveredAt : null;
}

const minute = 60_000;
const steps = [1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 40_320].map((minutes) => minutes * minute);

/** The course at regular instants, for reading as a table: first, last, and at most `rows` full steps of the clock in between. */
export function sampleCourse(course: readonly CoursePoint[], rows = 12): CoursePoint[] {
  const [first, last] = [course.at(0), course.at(-1)];
  if (first === undefined || last === undefined) return [];
  const span = last.at - first.at;
  const step = steps.find((one) => span / one <= rows) ?? Math.ceil(span / rows);
  const samples: CoursePoint[] = [first];
  // Full steps of the clock in Germany: days begin at midnight there.
  const ahead = berlinTime(new Date(last.at)).offsetMinutes * minute;
  for (let at = Math.ceil((first.at + ahead + 1) / step) * step - ahead; at < last.at; at += step) {
    const standing = course.findLast((point) => point.at <= at) ?? first;
    samples.push({ ...standing, at });
  }
  if (last.at > first.at) samples.push(last);
  return samples;
}
