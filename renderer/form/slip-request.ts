import type { CertificateContent, SlipCopy } from '../domain/certificate';

/** How much of the content a slip shows: all, only patient, practice and practitioner (the rest by hand), or nothing. */
export type SlipFill = 'full' | 'patient-and-practice' | 'blank';

/** One slip to be printed. A reprint is the same request again: the same input gives the same bytes. */
export interface SlipRequest {
  readonly content: CertificateContent;
  readonly copy: SlipCopy;
  /** The document's UUID, printed at the foot of a full slip. */
  readonly documentId: string;
  /** Marks the slip as a test document. */
  readonly test: boolean;
  readonly fill: SlipFill;
}
