import type { Store } from '../store/store';
import { readAnswer, type Answer } from './answers';

/**
 * The messages whose events a record has, by uid. A message can be among them though it isn't kept: an older program was killed between event and
 * message.
 */
export async function answersNoted(store: Store, recordId: string): Promise<string[]> {
  const events = await store.records.events(recordId);
  return events.flatMap(({ detail }) => {
    if ('messageId' in detail && detail.type !== 'attempting') return [detail.messageId];
    return 'error' in detail ? [detail.error.messageId] : [];
  });
}

/**
 * Whether the same message came before under another uid: a mailbox that was made anew, or moved to another server, brings all of them once more, and
 * an old rejection must not reject what was signed again since. The same: the same Message-ID and the same answer, or the very same bytes.
 */
export async function isRepeated(
  store: Store,
  account: string,
  noted: readonly string[],
  answer: Answer,
  raw: Uint8Array,
): Promise<boolean> {
  for (const uid of noted) {
    const before = (await store.mail(`${account}\n${uid}`))?.raw ?? null;
    if (before === null) continue;
    if (isSame(before, raw)) return true;
    const id = messageIdIn(raw);
    if (id === null || id !== messageIdIn(before)) continue;
    if (JSON.stringify(await readAnswer(before)) === JSON.stringify(answer)) return true;
  }
  return false;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** A message's own Message-ID, from its header block. */
function messageIdIn(raw: Uint8Array): string | null {
  const header = /^[\s\S]*?\r?\n\r?\n/.exec(new TextDecoder('latin1').decode(raw.subarray(0, 65_536)))?.[0] ?? '';
  return /^message-id:\s*(<[^>\s]+>)/im.exec(header)?.[1] ?? null;
}
