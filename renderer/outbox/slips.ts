import type { SlipCopy } from '../domain/certificate';
import type { CertificateRecord } from '../domain/record';
import { documentOf } from '../domain/state';
import type { Settings } from '../domain/settings';
import { documentIdOf } from '../fhir/document-identity';
import { drawSlips } from '../form/slip';
import type { SlipRequest } from '../form/slip-request';
import { obstacle } from './obstacles';
import type { DrawingTools, SlipDrawing } from './office';

/** The document id on a certificate's slip: of the document that was signed, else of the first one that will be. */
export function documentIdOnSlip(namespace: string, record: CertificateRecord): string {
  return documentOf(record.state)?.documentId ?? documentIdOf(namespace, record.id, 1);
}

/** Draws copies of certificates in one PDF, a page each, in this order. The same content gives the same slip, today and at a reprint. */
export async function drawRecords(
  tools: DrawingTools,
  namespace: string,
  settings: Settings,
  records: readonly CertificateRecord[],
  copies: readonly SlipCopy[],
): Promise<SlipDrawing> {
  const slips = records.flatMap((record) =>
    copies.map((copy): SlipRequest => ({
      content: record.content,
      copy,
      documentId: documentIdOnSlip(namespace, record),
      test: settings.mode === 'rehearsal',
      fill: 'full',
    })),
  );
  const drawn = await drawSlips(slips, { paper: settings.paper, ...tools });
  if (drawn.kind === 'drawn') return drawn;
  const patient = slips[drawn.slip]?.content.patient;
  const name = patient === undefined ? '' : `${patient.family}, ${patient.given}`;
  switch (drawn.reason) {
    case 'letter':
      return obstacle('slip-letter', { name, field: drawn.field, letters: drawn.letters.join(' ') });
    case 'space':
      return obstacle('slip-space', { name, field: drawn.field });
    case 'barcode':
      return obstacle('slip-barcode', { name });
  }
}
