import { outagesConcerning, type Outage, type OutageScope } from '../../domain/outage';
import type { Payer } from '../../domain/payer';
import { isSameProvider, providerKey, providersOfPayer } from '../../domain/provider';
import { providerName, type Wording } from '../parts';

/** Whom an outage concerns, as the screen's titles say it: the provider by its name, without the count that stands beside it. */
export function scopeTitle(scope: OutageScope, payers: readonly Payer[], t: Wording): string {
  switch (scope.kind) {
    case 'all':
    case 'practice':
      return t(`outageScopes.${scope.kind}`);
    case 'provider':
      return providerName(scope.provider);
    case 'payer':
      return payers.find(({ iks }) => iks.includes(scope.payerIk))?.name ?? scope.payerIk;
  }
}

/** The insurers of the list that an outage of this scope cuts off, by name. */
export function payersConcerned(scope: OutageScope, payers: readonly Payer[]): Payer[] {
  const outage = asRunning(scope);
  return payers
    .filter((payer) => outagesConcerning([outage], payer).length > 0)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'de'));
}

/** An intake provider, and how many insurers it receives for. */
export interface ProviderChoice {
  readonly provider: string;
  readonly count: number;
}

/** All intake providers of the insurer list, each once however it is spelled, the one with the most insurers first. */
export function providersOf(payers: readonly Payer[]): ProviderChoice[] {
  const counts = new Map<string, ProviderChoice>();
  for (const payer of payers)
    for (const provider of providersOfPayer(payer)) {
      const key = providerKey(provider);
      const known = counts.get(key);
      counts.set(key, { provider: known?.provider ?? provider, count: (known?.count ?? 0) + 1 });
    }
  return [...counts.values()].toSorted((a, b) => b.count - a.count || a.provider.localeCompare(b.provider, 'de'));
}

/** The running outage that says the same already, or `null`. */
export function alreadyDeclared(scope: OutageScope, outages: readonly Outage[]): Outage | null {
  return outages.find((outage) => outage.endedAt === null && isSame(outage.scope, scope)) ?? null;
}

function isSame(a: OutageScope, b: OutageScope): boolean {
  if (a.kind === 'provider') return b.kind === 'provider' && isSameProvider(a.provider, b.provider);
  if (a.kind === 'payer') return b.kind === 'payer' && a.payerIk === b.payerIk;
  return a.kind === b.kind;
}

/** An outage of this scope as if it ran now, for asking what it would concern. */
export function asRunning(scope: OutageScope): Outage {
  return { id: '', scope, reason: '', startedAt: '', declaredBy: '', confirmedAt: null, endedAt: null };
}

export type ScopeKind = OutageScope['kind'];

/** The scopes that were chosen to be declared: one, or one for each insurer, each insurer once; none while something is missing. */
export function scopesOf(kind: ScopeKind | null, provider: string | null, chosen: readonly Payer[]): OutageScope[] {
  switch (kind) {
    case null:
      return [];
    case 'all':
    case 'practice':
      return [{ kind }];
    case 'provider':
      return provider === null ? [] : [{ kind, provider }];
    case 'payer':
      return [...new Set(chosen.map(({ id }) => id))].map((payerIk) => ({ kind, payerIk }));
  }
}
