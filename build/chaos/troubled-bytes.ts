import type { Direction, Trouble } from './proxy';
import { SeededRandom } from './random';

/** At which bytes of a dialogue something happens: at every one, or at so many in each direction. */
export type Bytes = 'every' | number;

/**
 * Positions from 0 to `length`. Of a number of them, the edges are always there (nothing, the first byte, all but the last, all), the rest is evenly
 * spread; `shift` moves what lies between, so that runs with other shifts meet other bytes.
 */
export function positionsIn(length: number, bytes: Bytes, shift = 0): number[] {
  if (bytes === 'every' || bytes > length) return Array.from({ length: length + 1 }, (_, at) => at);
  const edges = [0, 1, length - 1, length];
  const spread = Math.max(0, bytes - edges.length);
  const step = (length - 3) / (spread + 1);
  const between = Array.from({ length: spread }, (_, index) => {
    const at = (index + 1) * step + (shift % Math.max(1, Math.floor(step)));
    return 2 + (Math.floor(at) % Math.max(1, length - 3));
  });
  return [...new Set([...edges, ...between])].filter((at) => at >= 0 && at <= length).sort((a, b) => a - b);
}

/** All that happens to one dialogue: cut at these bytes, garbled and doubled below TLS at those, and what concerns all of it. */
export function troublesFor(
  seen: Readonly<Record<Direction, number>>,
  plan: { readonly cuts: Bytes; readonly below: Bytes; readonly shift?: number },
): Trouble[] {
  const troubles: Trouble[] = [
    { kind: 'no-tls' },
    { kind: 'delay', milliseconds: 5 },
    { kind: 'split', size: 1 },
    { kind: 'split', size: 7 },
  ];
  for (const direction of ['up', 'down'] as const) {
    for (const after of positionsIn(seen[direction], plan.cuts, plan.shift))
      troubles.push({ kind: 'cut', direction, after });
    for (const at of positionsIn(seen[direction], plan.below, plan.shift))
      troubles.push({ kind: 'garbage', direction, at }, { kind: 'duplicate', direction, at });
  }
  return troubles;
}

/** The same things in an order that a seed decides: a run that ends early has been everywhere a little. */
export function shuffled<T>(things: readonly T[], seed: number): T[] {
  const random = new SeededRandom(seed);
  const mixed = [...things];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    const [one, two] = [mixed[last], mixed[other]];
    if (one !== undefined && two !== undefined) [mixed[last], mixed[other]] = [two, one];
  }
  return mixed;
}
