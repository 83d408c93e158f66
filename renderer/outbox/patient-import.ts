import type { GdtPatient } from '../master/gdt';
import type { PatientRow } from '../store/database';
import { noCoverage } from './issuing';

/** What became of a patient from a file, and the row to keep. */
export interface PatientMerge {
  readonly kind: 'added' | 'updated';
  readonly row: PatientRow;
}

/**
 * Puts a patient from the practice software among those kept. Who is known already (by insured id, else by name and birth date where no
 * insured id says otherwise) keeps what the file doesn't tell: insurer, address, titles.
 */
export function mergePatient(
  known: readonly PatientRow[],
  { patient, insuredId, status }: GdtPatient,
  now: Date,
): PatientMerge {
  const isNamesake = ({ patient: other }: PatientRow) =>
    other.family === patient.family && other.given === patient.given && other.birthDate === patient.birthDate;
  const same =
    known.find(({ coverage }) => insuredId !== null && coverage.insuredId === insuredId) ??
    known.find((row) => isNamesake(row) && (insuredId === null || row.coverage.insuredId === null));
  if (same === undefined) {
    const id = insuredId ?? [patient.family, patient.given, patient.birthDate].join('\n');
    const coverage = { ...noCoverage, insuredId, status: status ?? noCoverage.status };
    return { kind: 'added', row: { id, patient, coverage, usedAt: now.toISOString() } };
  }
  const hasAddress = patient.address.city !== null;
  return {
    kind: 'updated',
    row: {
      ...same,
      patient: {
        ...patient,
        title: patient.title ?? same.patient.title,
        affix: patient.affix ?? same.patient.affix,
        prefix: same.patient.prefix,
        sex: patient.sex ?? same.patient.sex ?? null,
        address: hasAddress ? patient.address : same.patient.address,
      },
      coverage: {
        ...same.coverage,
        insuredId: insuredId ?? same.coverage.insuredId,
        status: status ?? same.coverage.status,
      },
    },
  };
}
