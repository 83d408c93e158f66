import { outagesConcerning, type Outage } from '../domain/outage';
import type { Payer } from '../domain/payer';
import { providerName } from './parts/provider-name';

/** How things stand, for the status line's sentence. */
export type Situation =
  | { readonly kind: 'reachable' }
  /** All insurers are concerned: the infrastructure is down, or the practice is cut off. */
  | { readonly kind: 'all' | 'practice'; readonly since: string }
  | {
      readonly kind: 'some';
      /** How many outages make up this situation. */
      readonly outages: number;
      /** Whom the oldest of them concerns. */
      readonly name: string;
      readonly since: string;
      readonly payers: number;
    };

/** Puts all running outages into one sentence: what concerns everyone outweighs what concerns some; the oldest names the rest. */
export function situationOf(outages: readonly Outage[], payers: readonly Payer[]): Situation {
  const running = outages
    .filter(({ endedAt }) => endedAt === null)
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
  const everywhere = running.find(({ scope }) => scope.kind === 'all') ?? null;
  if (everywhere !== null) return { kind: 'all', since: everywhere.startedAt };
  const here = running.find(({ scope }) => scope.kind === 'practice') ?? null;
  if (here !== null) return { kind: 'practice', since: here.startedAt };
  const [oldest] = running;
  if (oldest === undefined) return { kind: 'reachable' };
  const concerned = payers.filter((payer) => outagesConcerning(running, payer).length > 0).length;
  // An insurer that is not in the list is one all the same.
  const unlisted = running.filter(
    ({ scope }) => scope.kind === 'payer' && !payers.some(({ iks }) => iks.includes(scope.payerIk)),
  ).length;
  return {
    kind: 'some',
    outages: running.length,
    name: nameOf(oldest, payers),
    since: oldest.startedAt,
    payers: concerned + unlisted,
  };
}

function nameOf({ scope }: Outage, payers: readonly Payer[]): string {
  switch (scope.kind) {
    case 'provider':
      return providerName(scope.provider);
    case 'payer':
      return payers.find(({ iks }) => iks.includes(scope.payerIk))?.name ?? scope.payerIk;
    case 'all':
    case 'practice':
      return '';
  }
}
