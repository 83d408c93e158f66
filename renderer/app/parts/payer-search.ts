import type { Payer } from '../../domain/payer';
import { providersOfPayer } from '../../domain/provider';
import { plain } from './plain';

const shownPayers = 12;

interface Searchable {
  readonly payer: Payer;
  /** Its names, folded: name, short name, search name, name on the form, places, insurers that it took over. */
  readonly names: string;
  readonly numbers: readonly string[];
  /** Its intake providers, folded. */
  readonly providers: string;
}

/** Folding thousands of names takes longer than looking through them: done once for a list. */
const searchables = new WeakMap<readonly Payer[], readonly Searchable[]>();

function searchableOf(payers: readonly Payer[]): readonly Searchable[] {
  const known = searchables.get(payers);
  if (known !== undefined) return known;
  const made = payers.map((payer): Searchable => {
    const { file } = payer;
    const names = [
      payer.name,
      file?.shortName ?? '',
      file?.searchName ?? '',
      file?.formName ?? '',
      ...(file?.places ?? []),
      ...(file?.predecessors.map(({ name }) => name) ?? []),
    ];
    const vknrs = file?.vknrs ?? (payer.vknr === null ? [] : [payer.vknr]);
    const earlier = file?.predecessors.map(({ vknr }) => vknr) ?? [];
    return {
      payer,
      names: plain([...new Set(names)].join(' ')),
      numbers: [...payer.iks, ...vknrs, ...earlier],
      providers: plain(providersOfPayer(payer).join(' ')),
    };
  });
  searchables.set(payers, made);
  return made;
}

/**
 * All insurers that have every typed word in one of their names, or at the start of an IK or VKNR, or with `byProvider` in an intake provider's
 * name; in the order given.
 */
export function findPayers(
  payers: readonly Payer[],
  typed: string,
  { byProvider = false }: { byProvider?: boolean } = {},
): Payer[] {
  const words = plain(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  return searchableOf(payers)
    .filter(({ names, numbers, providers }) =>
      words.every(
        (word) =>
          names.includes(word) ||
          numbers.some((number) => number.startsWith(word)) ||
          (byProvider && providers.includes(word)),
      ),
    )
    .map(({ payer }) => payer);
}

/** What `findPayers` finds, those first whose name begins so, as many as a list shows. */
export function searchPayers(payers: readonly Payer[], typed: string): Payer[] {
  const start = plain(typed).trim();
  const found = findPayers(payers, typed);
  if (start === '' || found.length <= 1) return found.slice(0, shownPayers);
  const begins = found.filter(({ name }) => plain(name).startsWith(start));
  const isFirst = new Set(begins);
  return [...begins, ...found.filter((payer) => !isFirst.has(payer))].slice(0, shownPayers);
}
