import { SaxesParser } from 'saxes';
import { withoutMarks, type AgeLimit, type CatalogueEntry } from '../domain/diagnosis-catalogue';
import { createCatalogue, type CatalogueFault, type CatalogueReading } from './diagnosis-catalogue-index';

/**
 * KBV's ICD-10-GM master data (SDICD, namespace `urn:ehd/icd/001`, mostly ISO 8859-15): diagnoses nested in groups and in each other, each with
 * its particulars in the `V` attribute of child elements. Read element by element; the file has some 30 MB.
 */

const namespace = 'urn:ehd/icd/001';

class NotReadable extends Error {
  constructor(readonly reason: CatalogueFault) {
    super(reason);
  }
}

interface OpenDiagnosis {
  /** Name of child element → its attributes. */
  readonly particulars: Map<string, { readonly value: string; readonly unit: string }>;
}

/** Reads the SDICD file. Its year is the first year of `service_tmr` in the header. A broken or foreign file is `unreadable`. */
export function readSdicd(bytes: Uint8Array): CatalogueReading {
  const parser = new SaxesParser({ xmlns: true });
  try {
    return read(parser, decode(bytes));
  } catch (thrown) {
    if (thrown instanceof NotReadable) return { kind: 'unreadable', reason: thrown.reason, line: parser.line };
    throw thrown;
  }
}

function decode(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = /encoding=["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(declared, { fatal: true }).decode(bytes);
  } catch {
    throw new NotReadable('wrong-encoding');
  }
}

function read(parser: SaxesParser<{ xmlns: true }>, text: string): CatalogueReading {
  const entries: CatalogueEntry[] = [];
  const path: string[] = [];
  const open: OpenDiagnosis[] = [];
  const found: { year: string | null; isCatalogue: boolean } = { year: null, isCatalogue: false };
  parser.on('doctype', () => {
    throw new NotReadable('malformed');
  });
  parser.on('error', () => {
    throw new NotReadable('malformed');
  });
  parser.on('opentag', (tag) => {
    const value = tag.attributes['V']?.value ?? '';
    if (tag.local === 'service_tmr') found.year ??= /^(\d{4})/.exec(value)?.[1] ?? null;
    found.isCatalogue ||= tag.uri === namespace;
    if (tag.local === 'diagnose') open.push({ particulars: new Map() });
    else if (path.at(-1) === 'diagnose')
      open.at(-1)?.particulars.set(tag.local, { value, unit: tag.attributes['U']?.value ?? '' });
    path.push(tag.local);
  });
  parser.on('closetag', (tag) => {
    path.pop();
    if (tag.local !== 'diagnose') return;
    const diagnosis = open.pop();
    if (diagnosis !== undefined) entries.push(entryOf(diagnosis));
  });
  parser.write(text).close();
  if (!found.isCatalogue) throw new NotReadable('not-a-catalogue');
  if (found.year === null) throw new NotReadable('no-year');
  if (entries.length === 0) throw new NotReadable('empty');
  // A diagnosis closes after the ones inside it: by code, the catalogue's own order is back.
  return {
    kind: 'catalogue',
    catalogue: createCatalogue(
      found.year,
      entries.toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    ),
  };
}

function entryOf({ particulars }: OpenDiagnosis): CatalogueEntry {
  const value = (name: string): string => particulars.get(name)?.value ?? '';
  const [code, title] = [withoutMarks(value('icd_code')), value('bezeichnung')];
  if (!/^[A-Z]\d\d(\.\d{1,2})?$/.test(code) || title === '') throw new NotReadable('malformed');
  const limit = (name: string): AgeLimit | null => {
    const found = particulars.get(name);
    if (found === undefined || !/^\d{1,3}$/.test(found.value)) return null;
    const unit = found.unit === 'Tag' ? 'days' : 'years';
    const years = Number(found.value);
    // 124 years is how the file says «no upper limit».
    return unit === 'years' && years === 124 ? null : { unit, value: years };
  };
  const [lowest, highest] = [limit('untere_altersgrenze'), limit('obere_altersgrenze')];
  const sex = value('geschlechtsbezug');
  const strictness = (name: string): 'must' | 'may' => (value(name) === 'm' ? 'must' : 'may');
  return {
    code,
    title,
    notation: notationOf(value('notationskennzeichen')),
    codable: value('abrechenbar') === 'j',
    // The interface description spells it with ü, KBV's rules with ue.
    occupied: value('schlüsselnummer_mit_inhalt_belegt') !== 'n' && value('schluesselnummer_mit_inhalt_belegt') !== 'n',
    sex:
      sex === 'm' || sex === 'w'
        ? { value: sex === 'm' ? 'male' : 'female', strictness: strictness('geschlechtsbezug_fehlerart') }
        : null,
    age:
      lowest === null && highest === null ? null : { lowest, highest, strictness: strictness('altersbezug_fehlerart') },
  };
}

function notationOf(mark: string): CatalogueEntry['notation'] {
  if (mark === '*') return 'star';
  return mark === '!' ? 'exclamation' : 'primary';
}
