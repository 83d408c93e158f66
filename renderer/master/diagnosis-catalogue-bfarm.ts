import type { AgeLimit, CatalogueEntry } from '../domain/diagnosis-catalogue';
import { createCatalogue, type CatalogueFault, type CatalogueReading } from './diagnosis-catalogue-index';

/**
 * BfArM's metadata on the ICD-10-GM: one code a line, fields separated by semicolons, UTF-8. Field numbers as in BfArM's description, from 1: 7
 * code, 9 title, 13 use under § 295 SGB V, 20 and 21 sex; from 22 on the age limits. Those changed over the years (until 2018 each limit is
 * there twice, in an old and a new form), so the new form is looked for.
 */

/** The year in a file name such as `icd10gm2026syst_kodes.txt`. */
export function yearInFileName(fileName: string): string | null {
  return /icd10gm(\d{4})/i.exec(fileName)?.[1] ?? null;
}

/** Reads the metadata file. A line that isn't a code's makes all of it `malformed`: half a catalogue would refuse good codes. */
export function readBfarmMetadata(bytes: Uint8Array, fileName: string): CatalogueReading {
  const year = yearInFileName(fileName);
  if (year === null) return unreadable('no-year', null);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return unreadable('wrong-encoding', null);
  }
  const entries: CatalogueEntry[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '') continue;
    const entry = entryOf(line.split(';'));
    if (entry === null) return unreadable(entries.length === 0 ? 'not-a-catalogue' : 'malformed', index + 1);
    entries.push(entry);
  }
  if (entries.length === 0) return unreadable('empty', null);
  return { kind: 'catalogue', catalogue: createCatalogue(year, entries) };
}

function unreadable(reason: CatalogueFault, line: number | null): CatalogueReading {
  return { kind: 'unreadable', reason, line };
}

const limitPattern = /^(?:([tj])(\d{3})|9999)$/;

function entryOf(fields: readonly string[]): CatalogueEntry | null {
  const field = (number: number): string => fields[number - 1] ?? '';
  const [code, title, use] = [field(7), field(9), field(13)];
  const lower = fields.findIndex((text, index) => index >= 21 && limitPattern.test(text));
  const upper = fields.findIndex((text, index) => index > lower && limitPattern.test(text));
  if (!/^[A-Z]\d\d(\.\d{1,2})?$/.test(code) || title === '' || !/^[POZV]$/.test(use) || lower < 0 || upper < 0)
    return null;
  const [lowest, highest] = [limitOf(fields[lower] ?? ''), limitOf(fields[upper] ?? '')];
  return {
    code,
    title,
    notation: use === 'O' ? 'star' : use === 'Z' ? 'exclamation' : 'primary',
    codable: use !== 'V',
    // After the limits: kind of error, rare in Central Europe, has a meaning.
    occupied: fields[upper + 3] !== 'N',
    sex: sexOf(field(20), field(21)),
    age: lowest === null && highest === null ? null : { lowest, highest, strictness: strictnessOf(fields[upper + 1]) },
  };
}

function limitOf(text: string): AgeLimit | null {
  const match = limitPattern.exec(text);
  if (match?.[1] === undefined) return null;
  const limit: AgeLimit = { unit: match[1] === 't' ? 'days' : 'years', value: Number(match[2]) };
  // 124 years is how the file says «no upper limit».
  return limit.unit === 'years' && limit.value === 124 ? null : limit;
}

function sexOf(sex: string, strictness: string): CatalogueEntry['sex'] {
  if (sex !== 'M' && sex !== 'W') return null;
  return { value: sex === 'M' ? 'male' : 'female', strictness: strictnessOf(strictness) };
}

function strictnessOf(kindOfError: string | undefined): 'must' | 'may' {
  return kindOfError === 'M' ? 'must' : 'may';
}
