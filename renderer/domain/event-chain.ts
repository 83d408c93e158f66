import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EventDetail, RecordEvent } from './event';

/** What the first event of an installation points back to. */
export const chainStart = '0'.repeat(64);

/** SHA-256 of bytes, in lower-case hex. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** JSON with sorted keys and no white space: the same value always gives the same text. `undefined` members are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** The hash of an event over everything in it but the hash itself. */
export function hashOf(event: Omit<RecordEvent, 'hash'>): string {
  return sha256Hex(
    utf8ToBytes(
      canonicalJson({
        id: event.id,
        sequence: event.sequence,
        recordId: event.recordId,
        at: event.at,
        user: event.user,
        detail: event.detail,
        previousHash: event.previousHash,
      }),
    ),
  );
}

/** The next link of the chain after `previous` (`null`: the first). */
export function linkEvent(
  previous: Pick<RecordEvent, 'sequence' | 'hash'> | null,
  event: { id: string; recordId: string; at: string; user: string; detail: EventDetail },
): RecordEvent {
  const link = { ...event, sequence: (previous?.sequence ?? 0) + 1, previousHash: previous?.hash ?? chainStart };
  return { ...link, hash: hashOf(link) };
}

/** Where a chain is broken. */
export type ChainBreak = { readonly sequence: number; readonly what: 'missing' | 'changed' | 'out-of-order' };

/** Checks a run of events, oldest first, that follows `before`. Returns the first break, or `null`. */
export function findChainBreak(
  events: readonly RecordEvent[],
  before: Pick<RecordEvent, 'sequence' | 'hash'> | null,
): ChainBreak | null {
  let previous = before;
  for (const event of events) {
    const expected = (previous?.sequence ?? 0) + 1;
    if (event.sequence !== expected)
      return { sequence: expected, what: event.sequence > expected ? 'missing' : 'out-of-order' };
    if (event.previousHash !== (previous?.hash ?? chainStart) || event.hash !== hashOf(event))
      return { sequence: event.sequence, what: 'changed' };
    previous = event;
  }
  return null;
}
