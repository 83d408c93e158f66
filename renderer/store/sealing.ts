import { gcm } from '@noble/ciphers/aes.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** Bytes of a key: AES-256. */
export const keyBytes = 32;
/** Bytes of a nonce (NIST SP 800-38D's 96 bits), which stands before the ciphertext. */
const nonceBytes = 12;
const tagBytes = 16;

/** Keys and nonces come from here: the system's own source, `crypto.getRandomValues`. */
export function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** A fresh random key. */
export function newKey(): Uint8Array<ArrayBuffer> {
  return randomBytes(keyBytes);
}

/**
 * Seals bytes with AES-256-GCM under a fresh random nonce: nonce (12), ciphertext, tag (16). `place` says where the bytes belong (table, id,
 * version): it is authenticated with them, so that nothing opens in another's place. Synchronous, for it is used inside of transactions of the
 * database, which end when they wait for anything else.
 */
export function seal(key: Uint8Array, place: readonly string[], plain: Uint8Array): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes);
  return concatBytes(nonce, gcm(key, nonce, placeBytes(place)).encrypt(plain));
}

/** Opens what `seal` made. `null`: another key, another place, or a byte that changed: nothing of it can be believed. */
export function unseal(key: Uint8Array, place: readonly string[], sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < nonceBytes + tagBytes) return null;
  const cipher = gcm(key, sealed.subarray(0, nonceBytes), placeBytes(place));
  try {
    return cipher.decrypt(sealed.subarray(nonceBytes));
  } catch {
    // The one thing it throws for with a key and nonce of the right length is a tag that doesn't fit.
    return null;
  }
}

/** A key for `sealInBulk` and `unsealInBulk`. */
export async function bulkKey(key: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Seals as `seal` does with the machine's own AES: many times faster on large pieces, but not inside of a transaction. */
export async function sealInBulk(
  key: CryptoKey,
  place: readonly string[],
  plain: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = randomBytes(nonceBytes);
  const additionalData = new Uint8Array(placeBytes(place));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain);
  return concatBytes(iv, new Uint8Array(sealed));
}

const imported = new WeakMap<Uint8Array, Promise<CryptoKey>>();

/** A key held as bytes, for `sealInBulk` and `unsealInBulk`: made ready once, as long as those bytes are held. */
export function heldBulkKey(key: Uint8Array): Promise<CryptoKey> {
  const known = imported.get(key);
  if (known !== undefined) return known;
  const importing = bulkKey(key);
  imported.set(key, importing);
  return importing;
}

/** Opens what `seal` or `sealInBulk` made, with the machine's own AES too. */
export async function unsealInBulk(
  key: CryptoKey,
  place: readonly string[],
  sealed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array | null> {
  if (sealed.length < nonceBytes + tagBytes) return null;
  const iv = sealed.subarray(0, nonceBytes);
  const additionalData = new Uint8Array(placeBytes(place));
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData },
      key,
      sealed.subarray(nonceBytes),
    );
    return new Uint8Array(plain);
  } catch {
    // The one thing it throws for with a key and nonce of the right length is a tag that doesn't fit.
    return null;
  }
}

/** Parts are told apart by their lengths, so that no two places give the same bytes. */
function placeBytes(place: readonly string[]): Uint8Array {
  return utf8ToBytes(JSON.stringify(place));
}
