import type { Failure } from '../../electron/contract/call';
import type { CollectedMail } from '../../electron/contract/contract';
import type { Host } from '../../electron/contract/host';
import type { MailRow } from '../store/database';
import type { Setup, Store } from '../store/store';
import { readAnswer } from './answers';
import { fromBase64 } from './bytes';
import { matchAnswer } from './matching';
import { isTrialEnvelope, isTrialMessage } from './trial-run';

/** What one look into the mailbox brought. */
export type Collection =
  | {
      readonly kind: 'done';
      readonly answers: number;
      readonly unmatched: number;
      readonly recordIds: readonly string[];
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** So many messages are fetched in one session with the mailbox. */
const sessionLimit = 200;

/**
 * Fetches new messages (P5-04) and turns what answers ours into events. Each message is kept, whatever it is, and read once: the event is
 * written first, then the message is noted as known; after a crash in between it is read again, and its event is there already.
 */
export async function collectAnswers(means: { store: Store; host: Host }, setup: Setup): Promise<Collection> {
  const account = setup.connections.mail.address;
  const recordIds: string[] = [];
  let unmatched = 0;
  for (let more = true; more;) {
    const knownUids = await means.store.knownUids(account);
    const collected = await means.host.mail.collect({
      account: setup.connections.mail,
      knownUids,
      limit: sessionLimit,
    });
    if (collected.kind === 'failed') return { kind: 'failed', failure: collected.failure };
    for (const message of collected.value.messages) {
      const kept = await takeIn(means.store, account, message);
      // The disk is full: what could not be kept stays on the server and is fetched another time.
      if (kept === null) return { kind: 'done', answers: recordIds.length, unmatched, recordIds };
      if (kept.status === 'matched' && kept.recordId !== null) recordIds.push(kept.recordId);
      if (kept.status === 'unmatched' || kept.status === 'unreadable') unmatched += 1;
    }
    more = collected.value.more && collected.value.messages.length > 0;
  }
  return { kind: 'done', answers: recordIds.length, unmatched, recordIds };
}

async function takeIn(
  store: Store,
  account: string,
  message: CollectedMail,
): Promise<Omit<MailRow, 'key' | 'fetchedAt'> | null> {
  const header = fromBase64(message.header);
  const raw = message.raw === null ? null : fromBase64(message.raw);
  const { uid } = message;
  const keep = async (verdict: Pick<MailRow, 'status' | 'what' | 'recordId'>) => {
    const mail = { account, uid, header, raw, ...verdict };
    await store.saveMail(mail);
    return mail;
  };
  if (raw === null && isTrialMessage(header)) return keep({ status: 'matched', what: 'trial', recordId: null });
  if (raw === null) return keep({ status: 'foreign', what: 'foreign', recordId: null });
  const answer = await readAnswer(raw);
  if (answer.kind === 'unreadable') return keep({ status: 'unreadable', what: answer.reason, recordId: null });
  if (answer.kind === 'other') return keep({ status: 'unmatched', what: 'other', recordId: null });
  if (answer.kind === 'receipt' && isTrialEnvelope(answer.envelopeId))
    return keep({ status: 'matched', what: 'trial', recordId: null });
  const record = answer.documentId === null ? null : await store.records.byDocument(answer.documentId);
  const match = matchAnswer(answer, record, uid);
  if (match.kind === 'unmatched') return keep({ status: 'unmatched', what: answer.kind, recordId: null });
  if (!(await alreadyNoted(store, match.recordId, uid))) {
    const change = await store.records.append(match.recordId, [match.event]);
    if (change.kind !== 'written') return null;
  }
  return keep({ status: 'matched', what: answer.kind, recordId: match.recordId });
}

/** Whether a message's event was written before: the program was killed between event and message. */
async function alreadyNoted(store: Store, recordId: string, uid: string): Promise<boolean> {
  const events = await store.records.events(recordId);
  return events.some(({ detail }) => {
    if ('messageId' in detail && detail.type !== 'attempting') return detail.messageId === uid;
    return 'error' in detail && detail.error.messageId === uid;
  });
}
