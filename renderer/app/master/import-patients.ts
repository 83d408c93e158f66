import { largestGdtFile, readGdt, type GdtFault } from '../../master/gdt';
import type { Office } from '../../outbox/office';
import { mergePatient } from '../../outbox/patient-import';

/** What became of one chosen file. Whatever but `added` and `updated` leaves every patient as it was. */
export type PatientImport = { readonly file: string } & (
  | { readonly kind: 'added' | 'updated'; readonly patient: { readonly family: string; readonly given: string } }
  | { readonly kind: 'unreadable'; readonly fault: GdtFault; readonly line: number; readonly what: string }
  | { readonly kind: 'failed'; readonly text: string }
);

/** Takes over the patients of GDT files, one after the other; one that is wrong keeps none of the others back. */
export async function importPatients(office: Office, files: readonly File[]): Promise<PatientImport[]> {
  const outcomes: PatientImport[] = [];
  for (const file of files) outcomes.push({ file: file.name, ...(await importOne(office, file)) });
  return outcomes;
}

async function importOne({ store, clock }: Office, file: File) {
  try {
    // The first byte too many is enough to refuse it.
    const reading = readGdt(new Uint8Array(await file.slice(0, largestGdtFile + 1).arrayBuffer()));
    if (reading.kind === 'unreadable') return reading;
    const { kind, row } = mergePatient(await store.patients(), reading.patient, clock.now());
    await store.savePatients([row]);
    return { kind, patient: { family: row.patient.family, given: row.patient.given } };
  } catch (error) {
    return { kind: 'failed' as const, text: String(error) };
  }
}
