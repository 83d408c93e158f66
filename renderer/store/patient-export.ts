import type { Coverage, Patient } from '../domain/certificate';
import type { RecordEvent } from '../domain/event';
import type { StoredRecord } from '../domain/record';
import type { DocumentRow, MailRow, PatientRow } from './database';
import type { Records } from './records';

/** Everything that is kept about one patient, in the open. */
export interface PatientExport {
  readonly patient: Patient;
  readonly coverage: Coverage;
  readonly certificates: readonly {
    readonly record: StoredRecord;
    readonly events: readonly RecordEvent[];
    readonly documents: readonly DocumentRow[];
  }[];
  /** Messages about these certificates. */
  readonly mails: readonly MailRow[];
}

/** Collects what is kept about a patient; `null`: nothing. */
export async function exportPatient(
  store: { readonly records: Records; patients(): Promise<PatientRow[]>; mails(): Promise<MailRow[]> },
  keyId: string,
): Promise<PatientExport | null> {
  const records = await store.records.ofPatient(keyId);
  const [newest] = records;
  if (newest === undefined) return null;
  const ids = new Set(records.map(({ id }) => id));
  const certificates = await Promise.all(
    records.map(async (record) => ({
      record,
      events: await store.records.events(record.id),
      documents: await store.records.documents(record.id),
    })),
  );
  const mails = (await store.mails()).filter(({ recordId }) => recordId !== null && ids.has(recordId));
  return { patient: newest.content.patient, coverage: newest.content.coverage, certificates, mails };
}

/** The export as JSON that can be read: bytes of documents and mails as text where they are text (XML, mail), signatures as base64. */
export function exportJson(exported: PatientExport, toBase64: (bytes: Uint8Array) => string): string {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return JSON.stringify(
    {
      ...exported,
      certificates: exported.certificates.map((one) => ({
        ...one,
        documents: one.documents.map((document) => ({
          ...document,
          xml: text(document.xml),
          signed: toBase64(document.signed),
        })),
      })),
      mails: exported.mails.map((mail) => ({
        ...mail,
        header: text(mail.header),
        raw: mail.raw === null ? null : text(mail.raw),
      })),
    },
    null,
    2,
  );
}
