import { certainties, sides, type Diagnosis } from '../../domain/certificate';

/** A diagnosis as it may be typed in one go: `J06.9 G`, `s519 g l`, `Rückenschmerz`. */
export interface DiagnosisInput {
  /** Code or words to look for. */
  readonly words: string;
  readonly certainty: Diagnosis['certainty'];
  readonly side: Diagnosis['side'];
}

/** Splits certainty and side off, where a code comes first; words stay as they are. */
export function parseDiagnosisInput(typed: string): DiagnosisInput {
  const [first = '', ...rest] = typed.trim().split(/\s+/);
  if (!looksLikeCode(first)) return { words: typed.trim(), certainty: null, side: null };
  const letters = rest.map((part) => part.toUpperCase());
  return {
    words: withDot(first),
    certainty: certainties.find((certainty) => letters.includes(certainty)) ?? null,
    side: sides.find((side) => letters.includes(side)) ?? null,
  };
}

/** Whether it begins as an ICD-10 code does: a letter and a digit. */
export function looksLikeCode(text: string): boolean {
  return /^[a-z]\d[\d.a-z!+*-]*$/i.test(text);
}

/** `j069` → `J06.9`. */
function withDot(code: string): string {
  const upper = code.toUpperCase();
  return /^[A-Z]\d{3,4}$/.test(upper) ? `${upper.slice(0, 3)}.${upper.slice(3)}` : upper;
}
