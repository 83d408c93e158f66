import type { CertificateContent, Coverage } from '../domain/certificate';
import { codePage437 } from './code-page-437';

/** A patient as the practice software hands one over: who, where, and the insured number and status where they are known. */
export interface GdtPatient {
  readonly patient: CertificateContent['patient'];
  readonly insuredId: string | null;
  readonly status: Coverage['status'];
}

/** Why a file is no patient of ours; keys of the texts `master.gdt.faults`. */
export const gdtFaults = [
  'too-large',
  'line',
  'length',
  'charset',
  'letters',
  'kind',
  'twice',
  'missing',
  'birth-date',
] as const;
export type GdtFault = (typeof gdtFaults)[number];

export type GdtReading =
  | { readonly kind: 'patient'; readonly patient: GdtPatient }
  /** `line` from 1; `what`: the field, or what stood there. */
  | { readonly kind: 'unreadable'; readonly fault: GdtFault; readonly line: number; readonly what: string };

/** Bytes; a patient's file has some hundred. */
export const largestGdtFile = 100_000;

interface Line {
  readonly field: string;
  readonly content: Uint8Array;
  readonly number: number;
}

/** Fields that are read; each may stand once. Any other field is somebody else's and passed over. */
const read = {
  kind: '8000',
  size: '8100',
  charset: '9206',
  affix: '3100',
  family: '3101',
  given: '3102',
  birthDate: '3103',
  title: '3104',
  insuredId: '3105',
  city: '3106',
  street: '3107',
  status: '3108',
  houseNumber: '3109',
  sex: '3110',
  postalCode: '3112',
  town: '3113',
} as const;
const readFields: ReadonlySet<string> = new Set(Object.values(read));

/**
 * Reads a GDT 2.1 or 3.x file with a patient's data (8000 = 6301 or 6302). A line is its length in bytes (three digits, the line's end counted),
 * the field (four digits), the content, and CR LF. Strict: a length that is wrong means that something is missing.
 */
export function readGdt(bytes: Uint8Array): GdtReading {
  if (bytes.length > largestGdtFile) return unreadable('too-large', 1, '');
  const lines = linesOf(bytes);
  if ('fault' in lines) return lines;
  const byField = new Map<string, Line>();
  for (const line of lines.all) {
    if (!readFields.has(line.field)) continue;
    if (byField.has(line.field)) return unreadable('twice', line.number, line.field);
    byField.set(line.field, line);
  }
  const first = lines.all[0];
  const kind = first?.field === read.kind ? plain(first) : '';
  if (kind !== '6301' && kind !== '6302') return unreadable('kind', 1, kind);
  const size = byField.get(read.size);
  if (size !== undefined && Number(plain(size)) !== bytes.length) return unreadable('length', size.number, plain(size));
  const decode = decoderOf(plain(byField.get(read.charset)));
  if (decode === null)
    return unreadable('charset', byField.get(read.charset)?.number ?? 1, plain(byField.get(read.charset)));

  const values = new Map<string, string>();
  for (const [field, { content, number }] of byField) {
    const value = decode(content);
    if (value === null) return unreadable('letters', number, field);
    values.set(field, value.trim());
  }
  const value = (field: string): string | null => values.get(field) || null;
  const family = value(read.family);
  const given = value(read.given);
  const born = value(read.birthDate);
  if (family === null || given === null || born === null) {
    const what = family === null ? read.family : given === null ? read.given : read.birthDate;
    return unreadable('missing', lines.all.length, what);
  }
  const birthDate = birthDateOf(born);
  if (birthDate === null) return unreadable('birth-date', byField.get(read.birthDate)?.number ?? 1, born);
  return {
    kind: 'patient',
    patient: {
      patient: {
        family,
        given,
        title: value(read.title),
        affix: value(read.affix),
        prefix: null,
        birthDate,
        sex: sexOf(value(read.sex)),
        address: addressOf(value),
      },
      insuredId: insuredIdOf(value(read.insuredId)),
      status: statusOf(value(read.status)),
    },
  };
}

function unreadable(fault: GdtFault, line: number, what: string): Extract<GdtReading, { kind: 'unreadable' }> {
  return { kind: 'unreadable', fault, line, what };
}

function linesOf(bytes: Uint8Array): { readonly all: readonly Line[] } | Extract<GdtReading, { kind: 'unreadable' }> {
  const all: Line[] = [];
  let at = 0;
  while (at < bytes.length) {
    const number = all.length + 1;
    const head = String.fromCharCode(...bytes.subarray(at, at + 7));
    if (!/^\d{7}$/.test(head)) return unreadable('line', number, '');
    const length = Number(head.slice(0, 3));
    const end = at + length;
    if (length < 9 || end > bytes.length || bytes[end - 2] !== 13 || bytes[end - 1] !== 10)
      return unreadable('length', number, head.slice(3));
    const content = bytes.subarray(at + 7, end - 2);
    if (content.includes(13) || content.includes(10)) return unreadable('length', number, head.slice(3));
    all.push({ field: head.slice(3), content, number });
    at = end;
  }
  return all.length === 0 ? unreadable('line', 1, '') : { all };
}

/** A field of digits, before it is known how letters are coded. */
function plain(line: Line | undefined): string {
  return line === undefined ? '' : String.fromCharCode(...line.content).trim();
}

/** 7-bit is the German version of ASCII (DIN 66003): brackets are umlauts. */
const germanLetters: Readonly<Record<string, string>> = {
  '[': 'Ä',
  '\\': 'Ö',
  ']': 'Ü',
  '{': 'ä',
  '|': 'ö',
  '}': 'ü',
  '~': 'ß',
};

/** By 9206; GDT's standard where the file doesn't say is the IBM PC's. A decoder answers `null` to bytes that are no letters there. */
function decoderOf(charset: string): ((bytes: Uint8Array) => string | null) | null {
  const each = (letter: (byte: number) => string | null) => (bytes: Uint8Array) => {
    const letters = Array.from(bytes, (byte) => (byte < 0x20 || byte === 0x7f ? null : letter(byte)));
    return letters.includes(null) ? null : letters.join('');
  };
  switch (charset) {
    case '1':
      return each((byte) => {
        const letter = String.fromCharCode(byte);
        return byte > 0x7f ? null : (germanLetters[letter] ?? letter);
      });
    case '':
    case '2':
      return each(codePage437);
    case '3':
      return each((byte) => (byte >= 0x80 && byte < 0xa0 ? null : String.fromCharCode(byte)));
    default:
      return null;
  }
}

/** DDMMYYYY → YYYY-MM-DD; a day, or day and month, that isn't known is 00. */
function birthDateOf(text: string): string | null {
  const [, day = '', month = '', year = ''] = /^(\d\d)(\d\d)(\d{4})$/.exec(text) ?? [];
  if (year === '' || year === '0000') return null;
  if (month === '00') return day === '00' ? year : null;
  if (Number(month) > 12) return null;
  if (day === '00') return `${year}-${month}`;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day) ? `${year}-${month}-${day}` : null;
}

function sexOf(text: string | null): 'male' | 'female' | null {
  if (text === '1' || text === 'M') return 'male';
  return text === '2' || text === 'W' ? 'female' : null;
}

/** The number of the electronic health card; an older card's is no insured id of an eAU. */
function insuredIdOf(text: string | null): string | null {
  return text !== null && /^[A-Z]\d{9}$/.test(text) ? text : null;
}

function statusOf(text: string | null): Coverage['status'] {
  const [first] = text ?? '';
  return first === '1' || first === '3' || first === '5' ? first : null;
}

/** 2.1 has «12345 Ort» and «Straße 1» in a field each, 3.x has them apart. */
function addressOf(value: (field: string) => string | null): CertificateContent['patient']['address'] {
  const [, postalCode = null, city = null] = /^(?:D-)?(\d{5})\s+(.*)$/.exec(value(read.city) ?? '') ?? [];
  const written = value(read.street);
  const apart = value(read.houseNumber);
  const [, street = null, houseNumber = null] =
    apart === null ? (/^(.*\S)\s+(\d+\s?[a-zA-Z]?(?:\s?[-/]\s?\d+\s?[a-zA-Z]?)?)$/.exec(written ?? '') ?? []) : [];
  return {
    street: street ?? written,
    houseNumber: apart ?? houseNumber,
    extra: null,
    poBox: null,
    postalCode: value(read.postalCode) ?? postalCode,
    city: value(read.town) ?? city ?? value(read.city),
    country: 'D',
  };
}
