import { z } from 'zod';
import { formatDay, isIsoDay } from '../domain/calendar';
import { listName } from '../domain/person-name';
import { plain } from '../domain/plain-letters';
import type { RecordRow } from './database';

/** What lists and the search know of a record without opening it: enough to find it and to show one line. */
export const summarySchema = z.object({
  id: z.string(),
  kind: z.enum(['certificate', 'cancellation']),
  createdAt: z.string(),
  /** The key of the patient. */
  keyId: z.string(),
  /** «Königsstein, Dr. Ludger», as lists show it. */
  name: z.string(),
  birthDate: z.string(),
  insuredId: z.string().nullable(),
  payerIk: z.string().nullable(),
  payerName: z.string().nullable(),
  certificateKind: z.enum(['ERST', 'FOLGE', 'ERST_END', 'FOLGE_END']),
  issuedOn: z.string().nullable(),
  unfitUntil: z.string().nullable(),
  codes: z.array(z.string()),
});
export type Summary = z.output<typeof summarySchema>;

/** A record's summary. */
export function summaryOf(row: Pick<RecordRow, 'id' | 'kind' | 'createdAt' | 'content'>, keyId: string): Summary {
  const { patient, coverage, certificate } = row.content;
  return {
    id: row.id,
    kind: row.kind,
    createdAt: row.createdAt,
    keyId,
    name: patient.family === '' && patient.given === '' ? '' : listName(patient),
    birthDate: patient.birthDate,
    insuredId: coverage.insuredId,
    payerIk: coverage.payerIk,
    payerName: coverage.payerName,
    certificateKind: certificate.kind,
    issuedOn: certificate.issuedOn,
    unfitUntil: certificate.unfitUntil,
    codes: certificate.diagnoses.map(({ code }) => code),
  };
}

/** The letters that a record is found by: name, birth date, insured id, insurer, days, codes; without marks, small. */
export function wordsOf(summary: Summary): string {
  const { payerName, payerIk, insuredId } = summary;
  const days = [summary.birthDate, summary.issuedOn, summary.unfitUntil].map((day) =>
    day === null ? '' : isIsoDay(day) ? formatDay(day) : day,
  );
  return plain(
    [summary.name, ...days, insuredId ?? '', payerName ?? '', payerIk ?? '', summary.codes.join(' ')].join('\n'),
  );
}

/** What each typed word may mean; a record is found that has one meaning of every word. */
export type Wanted = readonly (readonly string[])[];

/** The words of a search as it was typed: a day written short (`3.4.71`), a document's file name, or just letters. */
export function wantedOf(typed: string): Wanted {
  return typed
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .map(readings);
}

/** Whether words (of `wordsOf`) have every word that is wanted. */
export function has(words: string, wanted: Wanted): boolean {
  return wanted.every((word) => word.some((reading) => words.includes(reading)));
}

function readings(word: string): readonly string[] {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})?$/.exec(word) ?? [];
  if (day !== undefined && month !== undefined) {
    const start = `${day.padStart(2, '0')}.${month.padStart(2, '0')}.`;
    const centuries = year === undefined || year.length === 4 ? [''] : ['19', '20'];
    return centuries.map((century) => `${start}${century}${year ?? ''}`);
  }
  return [plain(word.replace(/^[ET]EAU0_(Storno_)?/i, '').replace(/\.(xml|p7s)$/i, ''))];
}
