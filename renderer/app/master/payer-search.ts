import type { Payer } from '../../domain/payer';
import { findPayers } from '../parts/payer-search';

/** Insurers that have every word that was typed in a name, at the start of a number, or in the provider; by name. */
export function searchPayers(payers: readonly Payer[], typed: string): Payer[] {
  return findPayers(payers, typed, { byProvider: true }).toSorted((a, b) => german.compare(a.name, b.name));
}

const german = new Intl.Collator('de');

/** The intake providers named, each once, by name. */
export function providersOf(payers: readonly Payer[]): string[] {
  const all = new Set(payers.flatMap(({ provider }) => (provider === null ? [] : [provider])));
  return [...all].toSorted((a, b) => a.localeCompare(b, 'de'));
}
