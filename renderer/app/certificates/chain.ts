import type { CertificateRecord, StoredRecord } from '../../domain/record';

/** Certificates of one patient about one illness: a follow-up stands on those before it, and wavers when they fall. */

/** A follow-up whose forerunner was withdrawn. */
export interface BrokenChain {
  readonly forerunner: CertificateRecord;
  readonly because: 'cancelled' | 'corrected';
}

/** Why a follow-up no longer stands on a valid certificate, or `null` where it does, or is none. */
export function brokenChainOf(record: StoredRecord, records: readonly StoredRecord[]): BrokenChain | null {
  if (!isValidFollowUp(record)) return null;
  const forerunner = forerunnerOf(record, records);
  const because = forerunner === null ? null : withdrawalOf(forerunner);
  return forerunner === null || because === null ? null : { forerunner, because };
}

/** The valid follow-ups that stand on a certificate which was cancelled or corrected; none as long as it is valid. */
export function strandedFollowUps(record: StoredRecord, records: readonly StoredRecord[]): CertificateRecord[] {
  if (record.kind !== 'certificate' || withdrawalOf(record) === null) return [];
  return followUpsOf(record, records);
}

/**
 * The valid follow-ups of the same patient and illness that come after a certificate, in the order of their dates: what stands on it, and is named before
 * it is cancelled. Those issued after it was corrected stand on the correction.
 */
export function followUpsOf(record: StoredRecord, records: readonly StoredRecord[]): CertificateRecord[] {
  if (record.kind !== 'certificate' || record.state.issuedAt === null) return [];
  const { illness, behind } = placeOf(record, records);
  const correction = illness.find(({ id }) => id === record.state.correctedBy);
  return illness
    .slice(behind)
    .filter(isValidFollowUp)
    .filter(({ createdAt }) => correction === undefined || createdAt < correction.createdAt);
}

/** The certificate of the same patient and illness right before this one. A correction counts from when it was made. */
function forerunnerOf(record: CertificateRecord, records: readonly StoredRecord[]): CertificateRecord | null {
  const { illness, behind } = placeOf(record, records);
  const before = illness.slice(0, behind - 1);
  const counts = ({ id, corrects, createdAt }: CertificateRecord) =>
    id !== record.corrects && (corrects === null || createdAt < record.createdAt);
  return before.findLast(counts) ?? null;
}

/** A certificate's illness, in the order of dates, and how many of it come before and with the certificate. */
function placeOf(record: CertificateRecord, records: readonly StoredRecord[]) {
  const illness = illnessesOf(record, records).find((one) => one.some(({ id }) => id === record.id)) ?? [record];
  return { illness, behind: illness.findIndex(({ id }) => id === record.id) + 1 };
}

/**
 * A patient's certificates, illness by illness. A first certificate begins an illness, unless it corrects one; a follow-up belongs to the latest that has
 * one of its diagnoses (by its three characters), else to the latest: diagnoses change in the course of an illness.
 */
function illnessesOf(record: CertificateRecord, records: readonly StoredRecord[]): CertificateRecord[][] {
  const person = personOf(record);
  const ofPerson = [...records.filter(({ id }) => id !== record.id), record]
    .filter((one): one is CertificateRecord => one.kind === 'certificate' && personOf(one) === person)
    .filter(({ state }) => state.issuedAt !== null && state.stage !== 'discarded')
    .toSorted(byDates);
  const illnesses: CertificateRecord[][] = [];
  for (const certificate of ofPerson) {
    const corrected = illnesses.find((illness) => illness.some(({ id }) => id === certificate.corrects));
    const isFollowUp = isOfFollowUpKind(certificate);
    const followed = illnesses.findLast((illness) => illness.some((one) => shareDiagnosis(one, certificate)));
    const illness = corrected ?? (isFollowUp ? (followed ?? illnesses.at(-1)) : undefined);
    if (illness === undefined) illnesses.push([certificate]);
    else illness.push(certificate);
  }
  return illnesses;
}

/** By the day of assessment; of one day, by how long they reach, and at last by when they were recorded. */
function byDates(a: CertificateRecord, b: CertificateRecord): number {
  const keyOf = ({ content: { certificate }, createdAt }: CertificateRecord) =>
    [certificate.assessedOn ?? certificate.issuedOn ?? '', certificate.unfitUntil ?? '', createdAt].join('\n');
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function shareDiagnosis(a: CertificateRecord, b: CertificateRecord): boolean {
  const ofB = new Set(b.content.certificate.diagnoses.map(({ code }) => code.slice(0, 3)));
  return a.content.certificate.diagnoses.some(({ code }) => ofB.has(code.slice(0, 3)));
}

function isValidFollowUp(record: StoredRecord): record is CertificateRecord {
  if (record.kind !== 'certificate' || record.state.issuedAt === null || record.state.stage === 'discarded')
    return false;
  return isOfFollowUpKind(record) && withdrawalOf(record) === null;
}

function isOfFollowUpKind({ content }: CertificateRecord): boolean {
  const { kind } = content.certificate;
  return kind === 'FOLGE' || kind === 'FOLGE_END';
}

function withdrawalOf({ state }: CertificateRecord): BrokenChain['because'] | null {
  if (state.stage === 'cancelled') return 'cancelled';
  return state.correctedBy === null ? null : 'corrected';
}

/** The insured id names a person; without one, name and birth date do. */
function personOf({ content }: StoredRecord): string {
  const { patient, coverage } = content;
  return coverage.insuredId ?? `${patient.family}\n${patient.given}\n${patient.birthDate}`;
}
