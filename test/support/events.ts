import { utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256Hex } from '../../renderer/domain/event-chain';
import type { EventDetail, RecordEvent } from '../../renderer/domain/event';

export const documentId = '8f5bb5d2-74d5-5a5a-9a8a-0c7f7a1f5b11';
const hash = 'a'.repeat(64);

/** Details as they come on the way of a certificate, for tests. */
export const happened = {
  recorded: { type: 'recorded' },
  issued: { type: 'issued', byHand: false },
  signed: (id = documentId, number = 1): EventDetail => ({
    type: 'signed',
    documentId: id,
    number,
    xmlSha256: hash,
    signedSha256: `${number}`.padStart(64, '0'),
    signer: { card: 'HBA', commonName: 'Hanna Beispiel', reason: null },
  }),
  attempting: (attemptId: string, id = documentId): EventDetail => ({
    type: 'attempting',
    attemptId,
    documentId: id,
    recipient: { payerIk: '109500969', address: 'eau@kasse.kim.test' },
    messageId: `<${id}.${attemptId}@eau>`,
  }),
  handedOver: (attemptId: string): EventDetail => ({ type: 'handed-over', attemptId, response: '250 ok' }),
  unknown: (attemptId: string): EventDetail => ({ type: 'attempt-unknown', attemptId, text: 'cut' }),
  failed: (attemptId: string, temporary = true): EventDetail => ({
    type: 'attempt-failed',
    attemptId,
    temporary,
    code: '451',
    text: 'later',
  }),
  delivered: (id = documentId): EventDetail => ({ type: 'delivered', documentId: id, messageId: 'uid-1' }),
  bounced: (id = documentId): EventDetail => ({
    type: 'delivery-failed',
    documentId: id,
    messageId: 'uid-2',
    status: '5.1.1',
    text: 'gone',
  }),
  rejected: (code: string, id = documentId): EventDetail => ({
    type: 'rejected',
    documentId: id,
    error: { code, display: 'Fehler', detail: null, messageId: 'uid-3' },
    malware: false,
  }),
  informed: (id = documentId): EventDetail => ({
    type: 'informed',
    documentId: id,
    error: { code: '100', display: 'nicht versichert', detail: null, messageId: 'uid-4' },
  }),
} satisfies Record<string, EventDetail | ((...of: never[]) => EventDetail)>;

/** Makes details events of one record, a minute apart from 2026-11-23 08:00 UTC. */
export function eventsOf(...details: readonly EventDetail[]): RecordEvent[] {
  const events: RecordEvent[] = [];
  details.forEach((detail, index) => {
    const at = new Date(Date.UTC(2026, 10, 23, 8, index)).toISOString();
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    events.push({
      id,
      sequence: index + 1,
      recordId: 'record',
      at,
      user: 'AB',
      detail,
      hash: sha256Hex(utf8ToBytes(id)),
    });
  });
  return events;
}

/** Half an hour after the last of those events. */
export const soon = new Date('2026-11-23T08:30:00Z');
