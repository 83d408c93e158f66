import type { CertificateContent } from '../../../renderer/domain/certificate';
import type { CancellationRecord, CertificateRecord } from '../../../renderer/domain/record';
import {
  initialState,
  type CancellationProgress,
  type RecordState,
  type SignedDocument,
  type Stage,
} from '../../../renderer/domain/state';
import { sampleContent } from './sample-content';

/** Made-up records at any stage. */

export const sampleDocument: SignedDocument = {
  documentId: '3f0c8a52-9d11-5b7e-8a44-0c1d2e3f4a5b',
  number: 1,
  xmlSha256: 'aa',
  signedSha256: 'bb',
  signedAt: '2026-11-23T09:00:00.000Z',
};

/** An insurer's error as a state's stage. */
export function answered(stage: 'rejected' | 'informed', code: string, malware = false): Stage {
  const error = { code, display: 'Titel', detail: null, messageId: 'm' };
  return stage === 'rejected'
    ? { stage, document: sampleDocument, error, malware }
    : { stage, document: sampleDocument, error };
}

export function sampleState(stage: Stage, facts: Partial<Omit<RecordState, 'stage'>> = {}): RecordState {
  const { paper, byHand, printed, imported, attempts, setback, correctedBy, refusedCancellation } = initialState;
  const since = '2026-11-23T09:00:00.000Z';
  return {
    paper,
    byHand,
    printed,
    imported,
    attempts,
    setback,
    correctedBy,
    refusedCancellation,
    issuedAt: since,
    since,
    ...facts,
    ...stage,
  };
}

/** Cancelled at the insurer, after it was delivered. */
export function sampleCancelled(cancellationId: string, progress: CancellationProgress = 'effective'): RecordState {
  const since = '2026-11-23T09:00:00.000Z';
  const before = { stage: 'delivered', document: sampleDocument, deliveredAt: since, since } as const;
  return sampleState({ stage: 'cancelled', cancellationId, progress, before });
}

export function sampleCertificate(
  id: string,
  state: RecordState,
  with_: Partial<CertificateRecord> = {},
): CertificateRecord {
  return {
    kind: 'certificate',
    id,
    createdAt: state.since,
    content: sampleContent,
    corrects: null,
    coverageSource: 'typed',
    state,
    ...with_,
  };
}

export function sampleCancellation(id: string, state: RecordState): CancellationRecord {
  return {
    kind: 'cancellation',
    id,
    createdAt: state.since,
    certificateId: 'cancelled-certificate',
    content: sampleContent,
    cancelledDocumentId: sampleDocument.documentId,
    state,
  };
}

/** The sample's content with these parts of patient, coverage or certificate changed. */
export function contentWith(change: {
  patient?: Partial<CertificateContent['patient']>;
  coverage?: Partial<CertificateContent['coverage']>;
  certificate?: Partial<CertificateContent['certificate']>;
}): CertificateContent {
  return {
    ...sampleContent,
    patient: { ...sampleContent.patient, ...change.patient },
    coverage: { ...sampleContent.coverage, ...change.coverage },
    certificate: { ...sampleContent.certificate, ...change.certificate },
  };
}
