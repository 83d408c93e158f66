import { z } from 'zod';
import { certificateRows } from './mutated-certificates';
import { peopleRows } from './mutated-people';
import type { Expected } from './mutated-row';

/**
 * Cases of the certification package, changed in one or a few places, each with what has to come of it: sent, on paper only (with the rule), or refused
 * (with the rule: KBV's number or the constraint's name). They walk through the rules of the eAU digest one after another.
 */

export interface MutatedCase {
  readonly name: string;
  /** The case that is changed. */
  readonly base: string;
  /** Path (`certificate.unfitUntil`) → new value. */
  readonly change: Readonly<Record<string, unknown>>;
  readonly expected: Expected;
}

export const mutatedCases: readonly MutatedCase[] = [...certificateRows, ...peopleRows].map(
  ([name, base, change, expected]) => ({ name, base, change, expected }),
);

const record = z.record(z.string(), z.unknown());

/** A case with the change made. */
export function mutated(base: unknown, change: MutatedCase['change']): unknown {
  return Object.entries(change).reduce<unknown>((value, [path, to]) => withValue(value, path.split('.'), to), base);
}

function withValue(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  const parent = record.parse(value);
  return { ...parent, [key]: withValue(parent[key], rest, to) };
}
