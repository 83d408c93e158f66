import type { CertificateContent } from './certificate';
import type { RecordState } from './state';

/** A certificate as this program keeps it. Content is locked when it is issued. */
export interface CertificateRecord {
  readonly kind: 'certificate';
  readonly id: string;
  readonly createdAt: string;
  readonly content: CertificateContent;
  /** The certificate that this one corrects, if it does. */
  readonly corrects: string | null;
  /** The patient's insurance data was typed by hand, not read from a card (P5-02 4b: all IKs of the insurer are looked up). */
  readonly coverageSource: 'typed' | 'card';
  readonly state: RecordState;
}

/** The withdrawal of a certificate that was sent: a record of its own that goes the same way from `signed` on. */
export interface CancellationRecord {
  readonly kind: 'cancellation';
  readonly id: string;
  readonly createdAt: string;
  readonly certificateId: string;
  /** Whose content it takes patient, payer and issuer from. */
  readonly content: CertificateContent;
  readonly cancelledDocumentId: string;
  readonly state: RecordState;
}

export type StoredRecord = CertificateRecord | CancellationRecord;

/** Sorts by when they were made, the newest first. */
export function newestFirst(a: { readonly createdAt: string }, b: { readonly createdAt: string }): number {
  return a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0;
}
