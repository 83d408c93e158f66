import { withoutMarks, type CatalogueEntry, type DiagnosisCatalogue } from '../domain/diagnosis-catalogue';

/** Why a file is no catalogue. */
export type CatalogueFault = 'not-a-catalogue' | 'wrong-encoding' | 'malformed' | 'no-year' | 'empty';

/** What reading a file came to; `line` is where it failed, counted from 1. */
export type CatalogueReading =
  | { readonly kind: 'catalogue'; readonly catalogue: DiagnosisCatalogue }
  | { readonly kind: 'unreadable'; readonly reason: CatalogueFault; readonly line: number | null };

interface Indexed {
  readonly entry: CatalogueEntry;
  readonly code: string;
  readonly title: string;
}

/** A catalogue in memory, from entries in the catalogue's order. */
export function createCatalogue(year: string, entries: readonly CatalogueEntry[]): DiagnosisCatalogue {
  const byCode = new Map(entries.map((entry) => [entry.code, entry]));
  const index: readonly Indexed[] = entries
    .filter((entry) => entry.codable && entry.occupied)
    .map((entry) => ({ entry, code: folded(entry.code).replace('.', ''), title: folded(entry.title) }));
  return {
    year,
    entries,
    find: (code) => byCode.get(withoutMarks(code).toUpperCase()) ?? null,
    search: (words, limit) => search(index, words, limit),
  };
}

/** Best first: the code itself, codes that begin so, titles that begin so, words that begin so, words anywhere. */
function search(index: readonly Indexed[], typed: string, limit: number): readonly CatalogueEntry[] {
  const whole = folded(typed).trim();
  const words = whole.split(/[\s,;]+/).filter((word) => word !== '');
  if (words.length === 0 || limit <= 0) return [];
  const code = withoutMarks(whole).replace(/[.\s]/g, '');
  const ranked: CatalogueEntry[][] = [[], [], [], [], []];
  for (const candidate of index) {
    const rank = rankOf(candidate, whole, words, code);
    if (rank !== null) ranked[rank]?.push(candidate.entry);
  }
  return ranked.flat().slice(0, limit);
}

function rankOf(candidate: Indexed, whole: string, words: readonly string[], code: string): number | null {
  if (candidate.code === code) return 0;
  if (candidate.code.startsWith(code)) return 1;
  if (!words.every((word) => candidate.title.includes(word))) return null;
  if (candidate.title.startsWith(whole)) return 2;
  return words.every((word) => candidate.title.startsWith(word) || candidate.title.includes(` ${word}`)) ? 3 : 4;
}

/** Small letters without accents; `ä`, `ae` and `a` are the same, so are `ß` and `ss`. */
function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/([aou])e/g, '$1');
}
