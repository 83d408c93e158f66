import type { CertificateRecord } from '../domain/record';
import type { SlipCopy } from '../domain/certificate';
import { documentOf } from '../domain/state';
import type { Settings } from '../domain/settings';
import { documentIdOf } from '../fhir/document-identity';
import { drawSlips } from '../form/slip';
import type { DrawingTools, SlipDrawing } from './office';
import { obstacle } from './obstacles';

/** The document id on a certificate's slip: of the document that was signed, else of the first one that will be. */
export function documentIdOnSlip(namespace: string, record: CertificateRecord): string {
  return documentOf(record.state)?.documentId ?? documentIdOf(namespace, record.id, 1);
}

/** Draws the copies of one certificate in one PDF. The same content gives the same bytes, today and at a reprint. */
export async function drawRecord(
  tools: DrawingTools,
  namespace: string,
  settings: Settings,
  record: CertificateRecord,
  copies: readonly SlipCopy[],
): Promise<SlipDrawing> {
  const documentId = documentIdOnSlip(namespace, record);
  const drawn = await drawSlips(
    copies.map((copy) => ({
      content: record.content,
      copy,
      documentId,
      test: settings.mode === 'rehearsal',
      fill: 'full',
    })),
    { paper: settings.paper, ...tools },
  );
  if (drawn.kind === 'drawn') return drawn;
  return obstacle('x');
}
