import type { LagebildRow } from '../../store/database';
import { isSameHouse } from '../../outbox/lagebild';

/** How something stood over a stretch of time. `no-word`: nobody asked, or nobody answered. */
export type Condition = 'available' | 'partial' | 'out' | 'no-word';

/** A stretch of time; instants in milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly condition: Condition;
}

const minute = 60_000;
/** gematik probes every five minutes; where the next row comes later than this, there was no word in between. */
const longestStep = 11 * minute;
const usualStep = 5 * minute;

/** The stretches of the time asked for, without gaps, as the rows say. `conditionOf`: what one row says. */
export function stretchesOf(
  rows: readonly LagebildRow[],
  span: { from: number; to: number },
  conditionOf: (row: LagebildRow) => Condition,
): Stretch[] {
  const stretches: Stretch[] = [];
  const add = (from: number, to: number, condition: Condition) => {
    const [start, end] = [Math.max(from, span.from), Math.min(to, span.to)];
    const last = stretches.at(-1);
    if (end <= start) return;
    if (last?.condition === condition && last.to === start) stretches[stretches.length - 1] = { ...last, to: end };
    else stretches.push({ from: start, to: end, condition });
  };
  let known = span.from;
  rows.forEach((row, index) => {
    const from = Math.max(new Date(row.at).getTime(), known);
    const next = rows[index + 1];
    const nextAt = next === undefined ? Infinity : new Date(next.at).getTime();
    const to = nextAt - from <= longestStep ? nextAt : from + usualStep;
    add(known, from, 'no-word');
    add(from, to, conditionOf(row));
    known = Math.max(known, to);
  });
  add(known, span.to, 'no-word');
  return stretches;
}

/** How a service of gematik's stood. */
export function serviceCondition(service: string): (row: LagebildRow) => Condition {
  return ({ services }) => {
    const outage = services[service];
    return outage === undefined ? 'available' : outage === 'full' ? 'out' : 'partial';
  };
}

/** How the components of one house stood. */
export function houseCondition(organization: string): (row: LagebildRow) => Condition {
  return ({ down }) => (down.some((one) => isSameHouse(one.organization, organization)) ? 'out' : 'available');
}

/** What a strip says in figures, for those who don't see it. */
export interface StripSummary {
  readonly now: Condition;
  /** Milliseconds out, wholly or partly. */
  readonly outFor: number;
  /** When it was last out; `null`: never in this time. */
  readonly lastOut: number | null;
  readonly withoutWordFor: number;
}

export function summaryOf(stretches: readonly Stretch[]): StripSummary {
  const isOut = ({ condition }: Stretch) => condition === 'out' || condition === 'partial';
  const lengthOf = (kind: (stretch: Stretch) => boolean) =>
    stretches.filter(kind).reduce((total, { from, to }) => total + to - from, 0);
  return {
    now: stretches.at(-1)?.condition ?? 'no-word',
    outFor: lengthOf(isOut),
    lastOut: stretches.findLast(isOut)?.to ?? null,
    withoutWordFor: lengthOf(({ condition }) => condition === 'no-word'),
  };
}
