import { z } from 'zod';
import type { CollectedMail } from '../../electron/contract/contract';
import { sha256Hex } from '../domain/event-chain';
import type { Store } from '../store/store';
import { fromBase64 } from './bytes';

/**
 * POP3's unique ids mean something only within one mailbox. A mailbox that the provider made anew may use the same ids for other messages, and
 * whoever trusts the ids would never read those. So a few known messages are remembered as witnesses, by a digest of who, when and Message-ID: if one of
 * them says something else now, it is another mailbox, and everything in it is unread.
 */
const mailboxSchema = z.object({
  /** 1 for the first mailbox that was seen under this address; one more for each that took its place. */
  generation: z.number().int().positive(),
  witnesses: z.array(z.object({ uid: z.string(), digest: z.string() })),
});
const mailboxesSchema = z.record(z.string(), mailboxSchema);
export type MailboxIdentity = z.output<typeof mailboxSchema>;

const key = 'mailboxes';
/** The first ones seen, and the last ones: messages go from a mailbox at either end. */
const witnessesAtEachEnd = 4;

/** What is remembered of the mailbox of this address. */
export async function mailboxOf(store: Store, address: string): Promise<MailboxIdentity> {
  const known = await store.noticing.recall(key, mailboxesSchema);
  return known?.[address] ?? { generation: 1, witnesses: [] };
}

/** Remembers messages of the mailbox as witnesses. */
export async function rememberWitnesses(
  store: Store,
  address: string,
  generation: number,
  messages: readonly CollectedMail[],
): Promise<void> {
  const fresh = messages.flatMap(({ uid, header }) => {
    const digest = digestOf(fromBase64(header));
    return digest === null ? [] : [{ uid, digest }];
  });
  if (fresh.length === 0) return;
  await change(store, address, (known) => {
    const witnesses = [...(known.generation === generation ? known.witnesses : []), ...fresh];
    const kept =
      witnesses.length <= 2 * witnessesAtEachEnd
        ? witnesses
        : [...witnesses.slice(0, witnessesAtEachEnd), ...witnesses.slice(-witnessesAtEachEnd)];
    return { generation, witnesses: kept };
  });
}

/** Another mailbox stands in the place of the one before: begins its generation. */
export async function beginGeneration(store: Store, address: string): Promise<MailboxIdentity> {
  return change(store, address, ({ generation }) => ({ generation: generation + 1, witnesses: [] }));
}

/** Whether a message under a known id is still the one that it was. */
export function isSameMailbox(
  { witnesses }: MailboxIdentity,
  witness: { readonly uid: string; readonly header: string } | null,
): boolean {
  const known = witness === null ? undefined : witnesses.find(({ uid }) => uid === witness.uid);
  return witness === null || known === undefined || digestOf(fromBase64(witness.header)) === known.digest;
}

/** A message's id as it is kept: unique over all generations. Unique ids hold no space (RFC 1939). */
export function keptUid(generation: number, uid: string): string {
  return generation === 1 ? uid : `${generation} ${uid}`;
}

/** The server's ids among those kept of this generation. */
export function serverUids(generation: number, kept: readonly string[]): string[] {
  if (generation === 1) return kept.filter((uid) => !uid.includes(' '));
  const mark = `${generation} `;
  return kept.filter((uid) => uid.startsWith(mark)).map((uid) => uid.slice(mark.length));
}

async function change(
  store: Store,
  address: string,
  next: (known: MailboxIdentity) => MailboxIdentity,
): Promise<MailboxIdentity> {
  return store.noticing.change(key, mailboxesSchema, (all) => {
    const changed = next(all?.[address] ?? { generation: 1, witnesses: [] });
    return { value: { ...all, [address]: changed }, result: changed };
  });
}

/** Says nothing about anybody and stays the same, whatever else a server puts into the header; `null` where there is nothing to go by. */
function digestOf(header: Uint8Array): string | null {
  const text = new TextDecoder('latin1').decode(header.subarray(0, 65_536)).replace(/\r?\n[ \t]+/g, ' ');
  const fields = ['message-id', 'date', 'from'].map(
    (name) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(text)?.[1]?.trim() ?? '',
  );
  return fields.every((field) => field === '') ? null : sha256Hex(new TextEncoder().encode(fields.join('\n')));
}
