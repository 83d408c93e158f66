import { describe, expect, it } from 'vitest';
import { actionsFor } from '../../../../renderer/app/certificates/record-actions';
import {
  answered,
  sampleCancellation,
  sampleCancelled,
  sampleCertificate,
  sampleDocument,
  sampleState,
} from '../sample-records';

const signed = { stage: 'signed', document: sampleDocument } as const;
const delivered = { stage: 'delivered', document: sampleDocument, deliveredAt: '2026-11-23T09:00:00Z' } as const;

describe('what may be done with a record', () => {
  it('offers a draft to go on with or to discard, nothing else', () => {
    const draft = sampleCertificate('c', sampleState({ stage: 'recorded' }));
    expect(actionsFor(draft, false)).toEqual(['open-draft', 'discard']);
  });
  it('discards what is issued, but nothing that was signed', () => {
    expect(actionsFor(sampleCertificate('c', sampleState({ stage: 'issued' })), false)).toContain('discard');
    expect(actionsFor(sampleCertificate('c', sampleState(signed)), false)).not.toContain('discard');
    const imported = { fileName: 'x.p7s', kind: 'signed', documentId: 'd', xmlSha256: '' } as const;
    expect(actionsFor(sampleCertificate('c', { ...sampleState(signed), imported }), false)).toContain('discard');
  });
  it('cancels only where the rules allow it (P310-10)', () => {
    expect(actionsFor(sampleCertificate('c', sampleState(delivered)), true)).toContain('cancel');
    expect(actionsFor(sampleCertificate('c', sampleState(delivered)), false)).not.toContain('cancel');
  });
  it('re-sends deliberately what was sent, once at a time', () => {
    expect(actionsFor(sampleCertificate('c', sampleState(delivered)), true)).toContain('resend');
    expect(actionsFor(sampleCertificate('c', sampleState(answered('rejected', '307'))), false)).toContain('resend');
    expect(actionsFor(sampleCertificate('c', sampleState(signed)), false)).not.toContain('resend');
  });
  it('prints any certificate again, and a cancellation never', () => {
    const cancelled = sampleCertificate('c', sampleCancelled('s'));
    expect(actionsFor(cancelled, false)).toEqual(['print']);
    expect(actionsFor(sampleCancellation('s', sampleState(signed)), false)).toEqual(['send']);
  });
  it('corrects once', () => {
    const corrected = sampleCertificate('c', sampleState(delivered, { correctedBy: 'other' }));
    expect(actionsFor(corrected, false)).not.toContain('correct');
  });
});
