import type { Failure } from '../../electron/contract/call';
import type { MailAccount } from '../../electron/contract/connections';
import type { CollectedMail } from '../../electron/contract/contract';
import type { Host } from '../../electron/contract/host';
import { groupBy } from '../domain/grouping';
import type { StoredRecord } from '../domain/record';
import type { MailRow } from '../store/database';
import type { Setup, Store } from '../store/store';
import { readAnswer, type Answer } from './answers';
import { fromBase64 } from './bytes';
import { beginGeneration, isSameMailbox, keptUid, mailboxOf, rememberWitnesses, serverUids } from './mailbox-identity';
import { matchAnswer } from './matching';
import { answersNoted, isRepeated } from './repeated-answers';
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
/** So many records' messages are taken in side by side: what is written at the same time is one write of the disk. */
const sideBySide = 20;

/**
 * Fetches new messages (P5-04) and turns what answers ours into events. Each message is kept, whatever it is, and read once: event and
 * message are one write. An older program wrote the event first: what it left so after a crash is read again, and its event is there already.
 */
export async function collectAnswers(means: { store: Store; host: Host }, setup: Setup): Promise<Collection> {
  const { mail } = setup.connections;
  const { store, host } = means;
  const recordIds: string[] = [];
  let unmatched = 0;
  let mailbox = await mailboxOf(store, mail.address);
  for (let more = true; more;) {
    const known = await store.knownUids(mail.address);
    const collected = await host.mail.collect({
      account: mail,
      knownUids: serverUids(mailbox.generation, known),
      limit: sessionLimit,
      witnessUids: mailbox.witnesses.map(({ uid }) => uid),
    });
    if (collected.kind === 'failed') return { kind: 'failed', failure: collected.failure };
    if (!isSameMailbox(mailbox, collected.value.witness)) {
      // What was fetched just now is fetched again, and with it all that stood under a known id.
      mailbox = await beginGeneration(store, mail.address);
      continue;
    }
    const taken = await takeInAll(store, mail, mailbox.generation, collected.value.messages);
    for (const { status, recordId } of taken.kept) {
      if (status === 'matched' && recordId !== null) recordIds.push(recordId);
      if (status === 'unmatched' || status === 'unreadable') unmatched += 1;
    }
    if (taken.isFull) return { kind: 'done', answers: recordIds.length, unmatched, recordIds };
    await rememberWitnesses(store, mail.address, mailbox.generation, collected.value.messages);
    more = collected.value.more && collected.value.messages.length > 0;
  }
  return { kind: 'done', answers: recordIds.length, unmatched, recordIds };
}

type Kept = Omit<MailRow, 'key' | 'fetchedAt'>;

/** A fetched message, read, with the record that it says it is about. */
interface ReadMessage {
  readonly uid: string;
  readonly header: Uint8Array;
  readonly raw: Uint8Array | null;
  readonly answer: Answer | null;
  readonly record: StoredRecord | null;
}

/**
 * Takes in fetched messages: those about one record in the mailbox's order, records side by side. `isFull`: the disk is; what could not be kept
 * stays on the server and is fetched another time.
 */
async function takeInAll(
  store: Store,
  account: MailAccount,
  generation: number,
  messages: readonly CollectedMail[],
): Promise<{ readonly kept: readonly Kept[]; readonly isFull: boolean }> {
  const read: ReadMessage[] = [];
  for (const message of messages) read.push(await readMessage(store, generation, message));
  const groups = [...groupBy(read, ({ uid, record }) => record?.id ?? `${uid}\n`).values()];
  const kept: Kept[] = [];
  let isFull = false;
  const worker = async () => {
    for (let group = groups.shift(); group !== undefined && !isFull; group = groups.shift()) {
      for (const message of group) {
        const one = await takeIn(store, account, message);
        if (one === null) {
          isFull = true;
          break;
        }
        kept.push(one);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(sideBySide, groups.length) }, worker));
  return { kept, isFull };
}

async function readMessage(store: Store, generation: number, message: CollectedMail): Promise<ReadMessage> {
  const raw = message.raw === null ? null : fromBase64(message.raw);
  const answer = raw === null ? null : await readAnswer(raw);
  const documentId = answer !== null && 'documentId' in answer ? answer.documentId : null;
  const record = documentId === null ? null : await store.records.byDocument(documentId);
  return { uid: keptUid(generation, message.uid), header: fromBase64(message.header), raw, answer, record };
}

async function takeIn(store: Store, account: MailAccount, message: ReadMessage): Promise<Kept | null> {
  const { uid, header, raw, answer, record } = message;
  const keep = async (verdict: Pick<MailRow, 'status' | 'what' | 'recordId'>) => {
    const mail = { account: account.address, uid, header, raw, ...verdict };
    await store.saveMail(mail);
    return mail;
  };
  if (answer === null || raw === null)
    return isTrialMessage(header)
      ? keep({ status: 'matched', what: 'trial', recordId: null })
      : keep({ status: 'foreign', what: 'foreign', recordId: null });
  if (answer.kind === 'unreadable') return keep({ status: 'unreadable', what: answer.reason, recordId: null });
  if (answer.kind === 'other') return keep({ status: 'unmatched', what: 'other', recordId: null });
  if (answer.kind === 'receipt' && isTrialEnvelope(answer.envelopeId))
    return keep({ status: 'matched', what: 'trial', recordId: null });
  const match = matchAnswer(answer, record, uid, account);
  if (match.kind === 'unmatched') return keep({ status: 'unmatched', what: answer.kind, recordId: null });
  const noted = await answersNoted(store, match.recordId);
  const { recordId } = match;
  const verdict = { status: 'matched', what: answer.kind, recordId } as const;
  if (noted.includes(uid) || (await isRepeated(store, account.address, noted, answer, raw))) return keep(verdict);
  const mail = { account: account.address, uid, header, raw, ...verdict };
  const change = await store.saveAnswer(match.event, mail);
  return change.kind === 'written' ? mail : null;
}
