import { sha256 } from '@noble/hashes/sha2.js';
import { keyBytes } from '../sealing';

/**
 * The recovery key as people read and type it: 32 bytes in Crockford's base32 (no I, L, O, U), thirteen groups of four, the last one a check.
 * 256 bits fill 52 letters less four bits, which are zero.
 */

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const keyLetters = Math.ceil((keyBytes * 8) / 5);
const groupLength = 4;
const checkLetters = groupLength;

/** `7K3M-…-Q2XD`: thirteen groups of the key and one that checks them. */
export function recoveryKeyText(key: Uint8Array): string {
  const text = encode(key) + checkOf(key);
  return groupsOf(text).join('-');
}

/** The last group, which also tells one printed sheet from another. It gives nothing of the key away that could be used. */
export function recoveryKeyCheck(key: Uint8Array): string {
  return checkOf(key);
}

export type RecoveryKeyReading =
  | { readonly kind: 'key'; readonly key: Uint8Array }
  /** `length`: letters are missing or too many. `letter`: one that no key has. `check`: a letter is wrong. */
  | { readonly kind: 'not-a-key'; readonly reason: 'length' | 'letter' | 'check'; readonly group: number | null };

/** Reads a key as typed: in any case, with or without hyphens, I and L for 1, O for 0. */
export function readRecoveryKey(typed: string): RecoveryKeyReading {
  const text = typed
    .toUpperCase()
    .replace(/[\s\-–—.]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
  const wrong = text.search(/[^0-9A-HJKMNP-TV-Z]/);
  if (wrong >= 0) return { kind: 'not-a-key', reason: 'letter', group: Math.floor(wrong / groupLength) + 1 };
  if (text.length !== keyLetters + checkLetters) return { kind: 'not-a-key', reason: 'length', group: null };
  const key = decode(text.slice(0, keyLetters));
  if (key === null || checkOf(key) !== text.slice(keyLetters))
    return { kind: 'not-a-key', reason: 'check', group: null };
  return { kind: 'key', key };
}

/** The groups of a key's text. */
export function groupsOf(text: string): string[] {
  return text.replaceAll('-', '').match(/.{1,4}/g) ?? [];
}

function encode(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += letters[(buffer >> bits) & 31] ?? '';
      buffer &= (1 << bits) - 1;
    }
  }
  return bits === 0 ? text : text + (letters[(buffer << (5 - bits)) & 31] ?? '');
}

function decode(text: string): Uint8Array | null {
  const bytes = new Uint8Array(keyBytes);
  let buffer = 0;
  let bits = 0;
  let count = 0;
  for (const letter of text) {
    buffer = (buffer << 5) | letters.indexOf(letter);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[count] = buffer >> bits;
    count += 1;
    buffer &= (1 << bits) - 1;
  }
  // What is left over is the padding: anything but zero is another spelling, and not ours.
  return count === keyBytes && buffer === 0 ? bytes : null;
}

/** Twenty bits of the key's hash. */
function checkOf(key: Uint8Array): string {
  return encode(sha256(key).subarray(0, 3)).slice(0, checkLetters);
}
