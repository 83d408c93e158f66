import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { fromByteArray, toByteArray } from 'base64-js';
import { canonicalJson } from '../../domain/event-chain';
import { keyBytes, seal, unseal } from '../sealing';
import type { Header, User } from './header';

/** Wrapping of the practice's keys, and the seal over the whole header. */

type Wrapped = 'practice' | 'clinical' | 'second-factor' | 'sealing';

function place(userId: string, which: Wrapped): string[] {
  return ['vault', 'users', userId, which];
}

/** Wraps something for a user under their own key. Base64. */
export function wrapFor(own: Uint8Array, userId: string, which: Wrapped, secret: Uint8Array): string {
  return fromByteArray(seal(own, place(userId, which), secret));
}

/** Opens what was wrapped for a user. `null`: another passphrase, another user's, or changed bytes. */
export function unwrapFor(own: Uint8Array, userId: string, which: Wrapped, wrapped: string): Uint8Array | null {
  return unseal(own, place(userId, which), toByteArray(wrapped));
}

/** Both keys under the recovery key. */
export function wrapForRecovery(
  recoveryKey: Uint8Array,
  keys: { readonly practice: Uint8Array; readonly clinical: Uint8Array },
): { practiceKey: string; clinicalKey: string } {
  return {
    practiceKey: fromByteArray(seal(recoveryKey, ['vault', 'recovery', 'practice'], keys.practice)),
    clinicalKey: fromByteArray(seal(recoveryKey, ['vault', 'recovery', 'clinical'], keys.clinical)),
  };
}

/** `null`: it is not this vault's recovery key. */
export function unwrapByRecovery(
  recoveryKey: Uint8Array,
  recovery: { readonly practiceKey: string; readonly clinicalKey: string },
): { practice: Uint8Array; clinical: Uint8Array } | null {
  const practice = unseal(recoveryKey, ['vault', 'recovery', 'practice'], toByteArray(recovery.practiceKey));
  const clinical = unseal(recoveryKey, ['vault', 'recovery', 'clinical'], toByteArray(recovery.clinicalKey));
  return practice === null || clinical === null ? null : { practice, clinical };
}

/** The key that signs exported files, sealed under the practice key. */
export function wrapSigningKey(practiceKey: Uint8Array, secret: Uint8Array): string {
  return fromByteArray(seal(practiceKey, ['vault', 'signing'], secret));
}
export function unwrapSigningKey(practiceKey: Uint8Array, wrapped: string): Uint8Array | null {
  return unseal(practiceKey, ['vault', 'signing'], toByteArray(wrapped));
}

/** A user's own key: what the passphrase gives, with the machine's secret mixed in where a keyring keeps one (HKDF, RFC 5869). */
export function ownKey(derived: Uint8Array, machineSecret: Uint8Array | null): Uint8Array {
  if (machineSecret === null) return derived;
  return hkdf(sha256, derived, machineSecret, utf8ToBytes('ersatzschein user key on this machine'), keyBytes);
}

/** The header with its seal: HMAC-SHA-256 over everything else in it, in canonical JSON. */
export function sealHeader(practiceKey: Uint8Array, header: Omit<Header, 'mac'>): Header {
  const bare = { ...header, mac: undefined };
  return { ...header, mac: fromByteArray(hmac(sha256, macKey(practiceKey), utf8ToBytes(canonicalJson(bare)))) };
}

/** Whether the header is as this program left it: no user, role or parameter was changed from outside. */
export function isHeaderIntact(practiceKey: Uint8Array, header: Header): boolean {
  return sameText(sealHeader(practiceKey, header).mac, header.mac);
}

function macKey(practiceKey: Uint8Array): Uint8Array {
  return hkdf(sha256, practiceKey, undefined, utf8ToBytes('ersatzschein header'), keyBytes);
}

/** Without telling by the time taken how much was right. */
function sameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}

/** The user in the header, or `null`. */
export function userIn(header: Pick<Header, 'users'>, id: string): User | null {
  return header.users.find((user) => user.id === id) ?? null;
}
