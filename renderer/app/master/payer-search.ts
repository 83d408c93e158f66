import type { Payer } from '../../domain/payer';
import { plain } from '../parts/plain';

/** Insurers that have every word that was typed, in the name, at the start of an IK, or in the provider; by name. */
export function searchPayers(payers: readonly Payer[], typed: string): Payer[] {
  const words = plain(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  return payers
    .filter((payer) => {
      const [name, provider] = [plain(payer.name), plain(payer.provider ?? '')];
      return words.every(
        (word) => name.includes(word) || provider.includes(word) || payer.iks.some((ik) => ik.startsWith(word)),
      );
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'de'));
}

/** The intake providers named, each once, by name. */
export function providersOf(payers: readonly Payer[]): string[] {
  const all = new Set(payers.flatMap(({ provider }) => (provider === null ? [] : [provider])));
  return [...all].toSorted((a, b) => a.localeCompare(b, 'de'));
}
