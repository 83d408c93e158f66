import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

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

/**
 * One link of the installation's chain, as it can be checked without any key: what happened is in it only as the hash of its ciphertext, so
 * that the chain still holds when the key of a patient has been erased.
 */
export interface ChainLink {
  /** Position in the chain, from 1. */
  readonly sequence: number;
  readonly id: string;
  /** `null`: an event of the audit trail that belongs to no record. */
  readonly recordId: string | null;
  readonly at: string;
  readonly user: string;
  /** Which patient's key the detail is sealed with; `null`: the practice's. */
  readonly keyId: string | null;
  /** SHA-256 (hex) of the sealed detail. */
  readonly sealedSha256: string;
  /** SHA-256 (hex) of the link before this one; 64 zeros for the first. */
  readonly previousHash: string;
  /** SHA-256 (hex) over this link without this field, in canonical JSON. */
  readonly hash: string;
}

/** The hash of a link over everything in it but the hash itself. */
export function hashOf(link: Omit<ChainLink, 'hash'>): string {
  return sha256Hex(
    utf8ToBytes(
      canonicalJson({
        id: link.id,
        sequence: link.sequence,
        recordId: link.recordId,
        at: link.at,
        user: link.user,
        keyId: link.keyId,
        sealedSha256: link.sealedSha256,
        previousHash: link.previousHash,
      }),
    ),
  );
}

/** The next link of the chain after `previous` (`null`: the first). */
export function linkEvent(
  previous: Pick<ChainLink, 'sequence' | 'hash'> | null,
  event: Omit<ChainLink, 'sequence' | 'previousHash' | 'hash'>,
): ChainLink {
  const link = { ...event, sequence: (previous?.sequence ?? 0) + 1, previousHash: previous?.hash ?? chainStart };
  return { ...link, hash: hashOf(link) };
}

/** Where a chain is broken. */
export type ChainBreak = { readonly sequence: number; readonly what: 'missing' | 'changed' | 'out-of-order' };

/** Checks a run of links, oldest first, that follows `before`. Returns the first break, or `null`. */
export function findChainBreak(
  links: readonly ChainLink[],
  before: Pick<ChainLink, 'sequence' | 'hash'> | null,
): ChainBreak | null {
  let previous = before;
  for (const link of links) {
    const expected = (previous?.sequence ?? 0) + 1;
    if (link.sequence !== expected)
      return { sequence: expected, what: link.sequence > expected ? 'missing' : 'out-of-order' };
    if (link.previousHash !== (previous?.hash ?? chainStart) || link.hash !== hashOf(link))
      return { sequence: link.sequence, what: 'changed' };
    previous = link;
  }
  return null;
}
