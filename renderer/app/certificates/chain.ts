import type { CertificateRecord, StoredRecord } from '../../domain/record';

/** Certificates of one patient that follow each other: a follow-up stands on the first one, and wavers when that one falls. */

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
  return records.filter(isValidFollowUp).filter((candidate) => forerunnerOf(candidate, records)?.id === record.id);
}

/** The certificate of the same patient that was the latest when this one was recorded. */
function forerunnerOf(record: CertificateRecord, records: readonly StoredRecord[]): CertificateRecord | null {
  const person = personOf(record);
  let latest: CertificateRecord | null = null;
  for (const candidate of records) {
    if (candidate.kind !== 'certificate' || candidate.state.issuedAt === null) continue;
    if (candidate.state.stage === 'discarded' || candidate.createdAt >= record.createdAt) continue;
    if (candidate.id === record.corrects || personOf(candidate) !== person) continue;
    if (latest === null || candidate.createdAt > latest.createdAt) latest = candidate;
  }
  return latest;
}

function isValidFollowUp(record: StoredRecord): record is CertificateRecord {
  if (record.kind !== 'certificate' || record.state.issuedAt === null || record.state.stage === 'discarded')
    return false;
  const { kind } = record.content.certificate;
  return (kind === 'FOLGE' || kind === 'FOLGE_END') && withdrawalOf(record) === null;
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
