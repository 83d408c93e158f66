import type { Payer } from '../../domain/payer';
import { plain } from './plain';

const shownPayers = 12;

/** Insurers whose name has all typed words, or one of whose IKs begins so; in the order given, as many as a list shows. */
export function searchPayers(payers: readonly Payer[], typed: string): Payer[] {
  const words = plain(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  return payers
    .filter((payer) => {
      const name = plain(payer.name);
      return words.every((word) => name.includes(word) || payer.iks.some((ik) => ik.startsWith(word)));
    })
    .slice(0, shownPayers);
}
