import type { Result } from '../../contract/call';
import type { MailAccount } from '../../contract/connections';
import type { CollectedMail, ComponentCheck } from '../../contract/contract';
import { caught, Failed, ok } from '../failure';
import { isOurs } from './ours';
import { Pop3Connection, Pop3Refusal, type Pop3Timeouts } from './pop3';

/**
 * Once an answer has so many bytes of messages, the rest waits for the next one, whatever the caller asks for: 200 receipts, or one larger message by itself. Reading
 * more in one go would keep the page's screen from answering.
 */
const bytesPerAnswer = 1024 * 1024;
/** So often a connection that broke off in the middle of a message is replaced within one call. */
const reconnections = 3;
/** So much of a header is kept of other services' mail: enough to say what it is. */
const keptOfOthers = 64 * 1024;

type Witness = { uid: string; header: string } | null;
type Collected = Result<{ messages: CollectedMail[]; more: boolean; witness: Witness }>;

/**
 * Fetches what is new: UIDL, then for each message whose id isn't in `knownUids` its header (TOP n 0), and the message itself only if it answers one
 * of ours (P5-04). Nothing is deleted. Mail of other services comes with its header and `raw: null`.
 *
 * `limit` bounds the messages in one answer, `more` says that there are others. A message that the server refuses or breaks off at is passed over,
 * stays unknown and so comes again with the next call; what was fetched before and after it is returned. `stumbled` remembers such messages from call to
 * call: they are asked for last, so that however many there are, none keeps another from being read.
 *
 * `witness` is the header of the first of `witnessUids` that is there, as TOP gives it; `null` where none is, or the server has no TOP.
 */
export async function collect(
  account: MailAccount,
  knownUids: readonly string[],
  limit: number,
  timeouts: Pop3Timeouts,
  log: (line: string) => void,
  stumbled: Set<string> = new Set(),
  witnessUids: readonly string[] = [],
): Promise<Collected> {
  const keyOf = (uid: string) => `${account.address}\n${uid}`;
  const messages: CollectedMail[] = [];
  const done = new Set(knownUids);
  let bytes = 0;
  let witness: Witness = null;
  for (let attempt = 0; ; attempt += 1) {
    const opened = await caught(() => Pop3Connection.open(account, timeouts));
    if (opened.kind === 'failed') return messages.length > 0 ? ok({ messages, more: true, witness }) : opened;
    const connection = opened.value;
    let current: string | null = null;
    let listed: readonly { number: number; uid: string }[] = [];
    try {
      const all = await connection.uniqueIds();
      listed = all.filter(({ uid }) => !done.has(uid));
      witness ??= await headerOfFirst(connection, all, witnessUids);
      const troublesome = ({ uid }: { uid: string }) => Number(stumbled.has(keyOf(uid)));
      for (const { number, uid } of listed.toSorted((a, b) => troublesome(a) - troublesome(b))) {
        if (messages.length >= limit || bytes >= bytesPerAnswer) {
          connection.quit();
          return ok({ messages, more: true, witness });
        }
        current = uid;
        // Asked for once in a call, whatever becomes of it.
        done.add(uid);
        const fetched = await fetchOne(connection, number, uid, log);
        if (fetched === null) stumbled.add(keyOf(uid));
        else {
          stumbled.delete(keyOf(uid));
          messages.push(fetched.mail);
          bytes += fetched.bytes;
        }
        current = null;
      }
      connection.quit();
      return ok({ messages, more: false, witness });
    } catch (error) {
      connection.close();
      if (!(error instanceof Failed)) throw error;
      log(`POP3: ${error.failure.text}${current === null ? '' : ` (at the message with UIDL ${current})`}`);
      if (current !== null) stumbled.add(keyOf(current));
      const stuck = current === null || attempt >= reconnections;
      // Nothing is left but what it stumbles over: that comes again, everything else is here.
      const onlyStumbled = listed.every(({ uid }) => done.has(uid) || stumbled.has(keyOf(uid)));
      if (stuck && current !== null && onlyStumbled) return ok({ messages, more: false, witness });
      if (stuck)
        return messages.length > 0 ? ok({ messages, more: true, witness }) : { kind: 'failed', failure: error.failure };
    }
  }
}

/** Connects and logs in, counts the messages, fetches nothing. */
export async function checkMailbox(account: MailAccount, timeouts: Pop3Timeouts): Promise<ComponentCheck> {
  return caught(async () => {
    const connection = await Pop3Connection.open(account, timeouts);
    try {
      const count = (await connection.uniqueIds()).length;
      const { host, port, security } = account.pop3;
      return {
        description: `POP3 at ${host}:${port} (${security === 'tls' ? 'TLS' : 'STLS'}): login accepted, ${count} messages in the mailbox.`,
        certificateNotAfter: connection.notAfter,
      };
    } finally {
      connection.quit();
    }
  });
}

async function headerOfFirst(
  connection: Pop3Connection,
  listed: readonly { number: number; uid: string }[],
  uids: readonly string[],
): Promise<Witness> {
  const there = connection.hasTop ? listed.find(({ uid }) => uids.includes(uid)) : undefined;
  if (there === undefined) return null;
  try {
    return { uid: there.uid, header: (await connection.header(there.number)).toString('base64') };
  } catch (error) {
    if (error instanceof Pop3Refusal) return null;
    throw error;
  }
}

async function fetchOne(
  connection: Pop3Connection,
  number: number,
  uid: string,
  log: (line: string) => void,
): Promise<{ mail: CollectedMail; bytes: number } | null> {
  try {
    // Without TOP the whole message has to be fetched to see whose it is; what isn't ours is forgotten but for its header.
    const whole = connection.hasTop ? null : await connection.message(number);
    const header = whole === null ? await connection.header(number) : headerBlock(whole);
    const raw = !isOurs(header) ? null : (whole ?? (await connection.message(number)));
    const kept = raw === null ? header.subarray(0, keptOfOthers) : header;
    return {
      mail: { uid, header: kept.toString('base64'), raw: raw?.toString('base64') ?? null },
      bytes: kept.length + (raw?.length ?? 0),
    };
  } catch (error) {
    if (!(error instanceof Pop3Refusal)) throw error;
    log(`POP3: the server refuses the message with UIDL ${uid}: ${error.failure.text}`);
    return null;
  }
}

function headerBlock(message: Buffer): Buffer {
  const end = message.indexOf('\r\n\r\n');
  return end === -1 ? message : message.subarray(0, end + 4);
}
