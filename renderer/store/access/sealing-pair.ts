import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromByteArray, toByteArray } from 'base64-js';
import { keyBytes, seal, unseal } from '../sealing';
import type { SealedKey, SealingPair } from './header';
import { unwrapFor, wrapFor } from './wrapping';

/**
 * A pair of keys for each user who holds the clinical key (X25519), so that a new clinical key can be given to them while they aren't there: anybody who
 * has it wraps it for the public half, and only their passphrase opens the private one.
 */

/** A fresh pair, its private half under the user's own key. `clinical` proves later that whoever made it held it. */
export function newSealingPair(own: Uint8Array, userId: string, clinical: Uint8Array): SealingPair {
  const { secretKey, publicKey } = x25519.keygen();
  const pair = { publicKey: fromByteArray(publicKey), secretKey: wrapFor(own, userId, 'sealing', secretKey) };
  return { ...pair, proof: proofOf(pair.publicKey, userId, clinical) };
}

/** The same pair, proven by another clinical key. */
export function provenBy(pair: SealingPair, userId: string, clinical: Uint8Array): SealingPair {
  return { ...pair, proof: proofOf(pair.publicKey, userId, clinical) };
}

/**
 * Whether somebody with this clinical key vouched for the public half. Without that an administrator, who can write the header, could put a key of
 * their own there and be given the next clinical key.
 */
export function isProven(pair: SealingPair, userId: string, clinical: Uint8Array): boolean {
  return pair.proof === proofOf(pair.publicKey, userId, clinical);
}

/** Wraps a clinical key for the holder of this pair: a key made for this once (ECIES: X25519, HKDF-SHA-256, AES-256-GCM). */
export function sealForUser(pair: SealingPair, userId: string, clinical: Uint8Array): SealedKey {
  const once = x25519.keygen();
  const publicKey = toByteArray(pair.publicKey);
  const key = sharedKey(x25519.getSharedSecret(once.secretKey, publicKey), once.publicKey, publicKey);
  return { once: fromByteArray(once.publicKey), sealed: fromByteArray(seal(key, place(userId), clinical)) };
}

/** Opens it with the user's own key. `null`: another user's, or changed bytes. */
export function openForUser(
  own: Uint8Array,
  userId: string,
  pair: SealingPair,
  { once, sealed }: SealedKey,
): Uint8Array | null {
  const secretKey = unwrapFor(own, userId, 'sealing', pair.secretKey);
  if (secretKey === null) return null;
  const oncePublic = toByteArray(once);
  const key = sharedKey(x25519.getSharedSecret(secretKey, oncePublic), oncePublic, x25519.getPublicKey(secretKey));
  return unseal(key, place(userId), toByteArray(sealed));
}

function place(userId: string): string[] {
  return ['vault', 'users', userId, 'clinical-for-public-key'];
}

function sharedKey(secret: Uint8Array, once: Uint8Array, theirs: Uint8Array): Uint8Array {
  return hkdf(sha256, secret, concatBytes(once, theirs), utf8ToBytes('ersatzschein key for a user'), keyBytes);
}

function proofOf(publicKey: string, userId: string, clinical: Uint8Array): string {
  const key = hkdf(sha256, clinical, undefined, utf8ToBytes('ersatzschein users’ public keys'), keyBytes);
  return fromByteArray(hmac(sha256, key, utf8ToBytes(JSON.stringify([userId, publicKey]))));
}
