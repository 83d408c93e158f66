/** What the rules and the screens ask of an ICD-10-GM catalogue; `renderer/master` builds one from the official files. */

/** An age limit: days for the first year of life, else completed years. */
export interface AgeLimit {
  readonly unit: 'days' | 'years';
  readonly value: number;
}

/** `must`: the code is for such patients only, others are refused; `may`: mostly, others are warned of (P10-470, P10-480). */
export type Strictness = 'must' | 'may';

export interface CatalogueEntry {
  /** Without `-`, `!`, `+` and `*`: `A00.0`. */
  readonly code: string;
  readonly title: string;
  /** Primary code, star code (manifestation) or exclamation code (addition); the last two never stand alone (P10-460). */
  readonly notation: 'primary' | 'star' | 'exclamation';
  /** Whether it may be used to code at all (P10-440). */
  readonly codable: boolean;
  /** Whether the code has a meaning; the reserved U codes have none (P10-450). */
  readonly occupied: boolean;
  readonly sex: { readonly value: 'male' | 'female'; readonly strictness: Strictness } | null;
  readonly age: {
    readonly lowest: AgeLimit | null;
    /** Included: «19 years» ends with the 20th birthday. */
    readonly highest: AgeLimit | null;
    readonly strictness: Strictness;
  } | null;
}

export interface DiagnosisCatalogue {
  /** The year of the ICD-10-GM version: `2026`. */
  readonly year: string;
  /** All of them in the catalogue's order: what is stored. */
  readonly entries: readonly CatalogueEntry[];
  /** The entry of this code; marks (`-`, `!`, `+`, `*`) and case don't matter. */
  find(code: string): CatalogueEntry | null;
  /** Codable entries whose code begins with what was typed or whose title has every word, best first; umlauts and case don't matter. */
  search(words: string, limit: number): readonly CatalogueEntry[];
}

/** A code without the catalogue's marks: `A00.-` → `A00`, `N08.3*` → `N08.3`. The document carries none (eAU). */
export function withoutMarks(code: string): string {
  return code
    .trim()
    .replace(/[!+*†]+$/, '')
    .replace(/\.?-+$/, '');
}
