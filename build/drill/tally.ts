import type { ReceivedMessage } from '../../electron/contract/rehearsal';
import { sha256Hex } from '../../renderer/domain/event-chain';
import type { RecordEvent } from '../../renderer/domain/event';
import { groupBy } from '../../renderer/domain/grouping';
import type { StoredRecord } from '../../renderer/domain/record';
import { fromBase64 } from '../../renderer/outbox/bytes';
import type { Store } from '../../renderer/store/store';
import PostalMime from 'postal-mime';
import type { Outcome } from './figures';

/** Insurer errors after which a new document for the same certificate is asked for. */
const asksForNewDocument = ['100', '101', '102', '103', '104', '105'];

/**
 * Counts what became of every certificate that was recorded, from the store and from what the insurers' servers got; compares the bytes
 * that arrived with those that were signed. Nothing is taken from what the program says of itself in between.
 */
export async function tally(input: {
  store: Store;
  recordedIds: readonly string[];
  received: readonly ReceivedMessage[];
}): Promise<Outcome> {
  const { store, recordedIds, received } = input;
  const complaints: string[] = [];
  const records = new Map((await store.records.list()).map((record) => [record.id, record]));
  const events = groupBy(await store.records.chain(), ({ recordId }) => recordId);
  const documentsOfRecords = new Map<string, string>();
  let lost = 0;
  let doubled = 0;
  const reached = (recordId: string, type: RecordEvent['detail']['type']) =>
    events.get(recordId)?.some(({ detail }) => detail.type === type) === true;

  for (const id of recordedIds) {
    const record = records.get(id);
    const documents = await store.records.documents(id);
    documents.forEach((document) => documentsOfRecords.set(document.documentId, id));
    const signed = reached(id, 'signed');
    if (record === undefined || !reached(id, 'issued') || (signed && documents.length === 0)) {
      lost += 1;
      complaints.push(`${id}: recorded, but without its ${record === undefined ? 'state' : 'bytes'}.`);
    }
    const numbers = new Set(documents.map(({ documentId }) => documentId)).size;
    const asked =
      events.get(id)?.filter(({ detail }) => 'error' in detail && asksForNewDocument.includes(detail.error.code))
        .length ?? 0;
    if (numbers > 1 + asked) {
      doubled += 1;
      complaints.push(`${id}: ${String(numbers)} documents, ${String(asked)} errors that ask for one.`);
    }
  }

  const xmlByDocument = new Map<string, string>();
  for (const message of received) {
    const { documentId, xmlSha256 } = message;
    if (message.verdict === 'lost') {
      // No insurer saw it; what left here must still be what was signed.
      const left = await signedBytesIn(message);
      if (left === null || (await store.records.document(sha256Hex(left))) === null) {
        lost += 1;
        complaints.push(`${message.envelopeId}: what left is not what was signed.`);
      }
      continue;
    }
    if (documentId === null || xmlSha256 === null) {
      complaints.push(`${message.envelopeId}: the insurer could not take it apart.`);
      continue;
    }
    const before = xmlByDocument.get(documentId);
    if (before !== undefined && before !== xmlSha256) {
      doubled += 1;
      complaints.push(`${documentId}: arrived with differing XML.`);
    }
    xmlByDocument.set(documentId, xmlSha256);
    const arrived = await signedBytesIn(message);
    const signed = arrived === null ? null : await store.records.document(sha256Hex(arrived));
    if (signed?.documentId !== documentId) {
      lost += 1;
      complaints.push(`${documentId}: what arrived is not what was signed.`);
    }
  }

  const counted = recordedIds
    .map((id) => records.get(id))
    .filter((record): record is StoredRecord => record !== undefined);
  const stage = (...stages: readonly StoredRecord['state']['stage'][]) =>
    counted.filter(({ state }) => stages.includes(state.stage)).length;
  const delivered = stage('delivered', 'closed');
  const paperOnly = stage('paper-only');
  const posted = counted.filter(
    ({ state }) => state.paper === 'posted' && !['delivered', 'closed', 'paper-only'].includes(state.stage),
  ).length;
  return {
    figures: {
      recorded: recordedIds.length,
      printed: recordedIds.filter((id) => reached(id, 'printed')).length,
      signed: recordedIds.filter((id) => reached(id, 'signed')).length,
      // A receipt proves it where the mail server's own answer was lost.
      sent: recordedIds.filter((id) => reached(id, 'handed-over') || reached(id, 'delivered')).length,
      delivered,
      paperOnly,
      posted,
      owed: recordedIds.length - delivered - paperOnly - posted,
      lost,
      doubled,
    },
    complaints,
  };
}

async function signedBytesIn(message: ReceivedMessage): Promise<Uint8Array | null> {
  const mail = await PostalMime.parse(fromBase64(message.raw), { attachmentEncoding: 'arraybuffer' });
  const [only] = mail.attachments;
  if (only === undefined || mail.attachments.length > 1 || typeof only.content === 'string') return null;
  return only.content instanceof Uint8Array ? only.content : new Uint8Array(only.content);
}
