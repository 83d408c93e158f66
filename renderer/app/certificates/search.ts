import type { StoredRecord } from '../../domain/record';
import { isOwed } from '../../outbox/agenda';
import { plain } from '../parts/plain';
import { dayWords, documentIdOf, patientName, payerName } from './record-words';

/** Finding records by what staff has at hand; made for ten thousands of them. */

/** The piles that staff thinks in, rather than the thirteen stages. */
export const piles = ['all', 'owed', 'act', 'delivered', 'paper', 'drafts', 'ended'] as const;
export type Pile = (typeof piles)[number];

/** A record with the words that it is found by. */
export interface Indexed {
  readonly record: StoredRecord;
  readonly words: string;
}

/** Which pile a record lies on, `all` apart. Owed and waiting for a person is `act`. */
export function pileOf(record: StoredRecord): Exclude<Pile, 'all'> {
  switch (record.state.stage) {
    case 'recorded':
      return 'drafts';
    case 'rejected':
    case 'informed':
      return isOwed(record) ? 'act' : 'ended';
    case 'issued':
    case 'signed':
    case 'attempting':
    case 'unknown':
    case 'handed-over':
      return isOwed(record) ? 'owed' : 'ended';
    case 'delivered':
    case 'closed':
      return 'delivered';
    case 'paper-only':
      return 'paper';
    case 'discarded':
    case 'cancelled':
      return 'ended';
  }
}

/** Makes records searchable: name, birth date, insured id, document id, days, insurer. */
export function indexRecords(records: readonly StoredRecord[]): Indexed[] {
  return records.map((record) => {
    const { patient, coverage, certificate } = record.content;
    const words = [
      patientName(record),
      dayWords(patient.birthDate),
      coverage.insuredId ?? '',
      payerName(record),
      coverage.payerIk ?? '',
      dayWords(certificate.issuedOn),
      dayWords(certificate.unfitUntil),
      documentIdOf(record) ?? '',
      certificate.diagnoses.map(({ code }) => code).join(' '),
    ];
    return { record, words: plain(words.join('\n')) };
  });
}

/** The records that have every word that was typed, in the order given. Umlauts and case don't matter. */
export function searchRecords(indexed: readonly Indexed[], typed: string): StoredRecord[] {
  const words = plain(typed)
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  return indexed.filter((entry) => words.every((word) => entry.words.includes(word))).map(({ record }) => record);
}

/** How many records lie on each pile. */
export function countPiles(records: readonly StoredRecord[]): Readonly<Record<Pile, number>> {
  const counts = { all: records.length, owed: 0, act: 0, delivered: 0, paper: 0, drafts: 0, ended: 0 };
  for (const record of records) counts[pileOf(record)] += 1;
  return counts;
}
