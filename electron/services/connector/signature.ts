import { constants, createHash, createPublicKey, verify } from 'node:crypto';
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js';
import { contextTag, type DerValue, oidOf, readDer, tags } from './der';

/** A signature that doesn't hold, or is made in a way we don't know. */
export class BadSignature extends Error {}

/** The hash functions that signatures may use; SHA-1 and older are not among them. */
const hashes: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** The name of the hash function an AlgorithmIdentifier stands for. Throws `BadSignature` for one we don't accept. */
export function hashName(algorithm: DerValue | undefined): string {
  const oid = algorithmName(algorithm);
  const name = hashes[oid];
  if (name === undefined) throw new BadSignature(`unknown hash function ${oid}`);
  requireNoParameters(algorithm);
  return name;
}

/** The object identifier of an AlgorithmIdentifier. */
function algorithmName(algorithm: DerValue | undefined): string {
  const oid = algorithm?.tag === tags.sequence ? oidOf(algorithm.children[0]) : null;
  if (oid === null) throw new BadSignature('an algorithm is not named as it should be');
  return oid;
}

/** Absent or NULL: both are in use (RFC 5754). */
function requireNoParameters(algorithm: DerValue | undefined): void {
  const [, parameters, more] = algorithm?.children ?? [];
  const isNull = parameters?.tag === tags.null && parameters.content.length === 0;
  if ((parameters !== undefined && !isNull) || more !== undefined)
    throw new BadSignature('an algorithm has parameters that it should not have');
}

const rsaEncryption = '1.2.840.113549.1.1.1';
const rsaPss = '1.2.840.113549.1.1.10';
const maskGeneration1 = '1.2.840.113549.1.1.8';
const ecPublicKey = '1.2.840.10045.2.1';
const pkcs1WithHash: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
};
const ecdsaWithHash: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};
/** Node verifies the NIST curves; BoringSSL, which Electron has, lacks brainpool, so those are verified in JavaScript. */
const nistCurves = new Set(['1.2.840.10045.3.1.7', '1.3.132.0.34', '1.3.132.0.35']);
const brainpoolCurves: Readonly<Record<string, typeof brainpoolP256r1>> = {
  '1.3.36.3.3.2.8.1.1.7': brainpoolP256r1,
  '1.3.36.3.3.2.8.1.1.11': brainpoolP384r1,
  '1.3.36.3.3.2.8.1.1.13': brainpoolP512r1,
};
const smallestRsaBits = 2048;

/**
 * Verifies a signature: RSA (PKCS #1 v1.5 and PSS) and ECDSA over the NIST and brainpool curves.
 *
 * `keyInfo` is a SubjectPublicKeyInfo and `algorithm` an AlgorithmIdentifier, both DER; `digest` is the hash that CMS names apart, for the plain
 * `rsaEncryption`. Throws `BadSignature` with the reason; returns where the signature holds.
 */
export function verifySignature(
  keyInfo: Buffer,
  algorithm: DerValue,
  digest: string | null,
  data: Buffer,
  signature: Buffer,
): void {
  const name = algorithmName(algorithm);
  if (name !== rsaPss) requireNoParameters(algorithm);
  const ecdsaHash = ecdsaWithHash[name];
  const holds =
    ecdsaHash === undefined
      ? verifyRsa(keyInfo, name, algorithm, digest, data, signature)
      : verifyEcdsa(keyInfo, ecdsaHash, data, signature);
  if (!holds) throw new BadSignature('it does not fit the key and the data');
}

function verifyRsa(
  keyInfo: Buffer,
  name: string,
  algorithm: DerValue,
  digest: string | null,
  data: Buffer,
  signature: Buffer,
): boolean {
  const pss = name === rsaPss ? pssParameters(algorithm.children[1]) : null;
  const hash = pss?.hash ?? pkcs1WithHash[name] ?? (name === rsaEncryption ? digest : null);
  if (hash === null) throw new BadSignature(`unknown signature algorithm ${name}`);
  const keyType = oidOf(readDer(keyInfo).children[0]?.children[0]);
  if (keyType !== rsaEncryption && !(keyType === rsaPss && pss !== null))
    throw new BadSignature('the key is not of the kind that the signature names');
  const key = createPublicKey({ key: keyInfo, format: 'der', type: 'spki' });
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < smallestRsaBits)
    throw new BadSignature('the RSA key is too short');
  return verify(
    hash,
    data,
    pss === null
      ? { key, padding: constants.RSA_PKCS1_PADDING }
      : { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength },
    signature,
  );
}

function verifyEcdsa(keyInfo: Buffer, hash: string, data: Buffer, signature: Buffer): boolean {
  const [algorithm, bits] = readDer(keyInfo).children;
  if (algorithm === undefined || bits === undefined || oidOf(algorithm.children[0]) !== ecPublicKey)
    throw new BadSignature('the key is not of the kind that the signature names');
  const curve = oidOf(algorithm.children[1]) ?? '';
  if (nistCurves.has(curve)) {
    const key = createPublicKey({ key: keyInfo, format: 'der', type: 'spki' });
    return verify(hash, data, { key, dsaEncoding: 'der' }, signature);
  }
  const brainpool = brainpoolCurves[curve];
  if (brainpool === undefined) throw new BadSignature(`unknown curve ${curve}`);
  try {
    // The first byte of a BIT STRING counts its unused bits.
    return brainpool.verify(signature, createHash(hash).update(data).digest(), bits.content.subarray(1), {
      prehash: false,
      lowS: false,
      format: 'der',
    });
  } catch {
    return false;
  }
}

/** RSASSA-PSS-params (RFC 4055), all of them given: the defaults are SHA-1's and so not accepted. */
function pssParameters(parameters: DerValue | undefined): { hash: string; saltLength: number } {
  const [hashPart, maskPart, saltPart, ...more] = parameters?.children ?? [];
  if (
    parameters?.tag !== tags.sequence ||
    hashPart?.tag !== contextTag(0) ||
    maskPart?.tag !== contextTag(1) ||
    saltPart?.tag !== contextTag(2) ||
    more.length > 0
  )
    throw new BadSignature('PSS with parameters that are not accepted');
  const hash = hashName(hashPart.children[0]);
  const mask = maskPart.children[0];
  if (algorithmName(mask) !== maskGeneration1 || hashName(mask?.children[1]) !== hash)
    throw new BadSignature('PSS with another mask than MGF1 over the same hash');
  const salt = saltPart.children[0];
  if (salt?.tag !== tags.integer || salt.content.length > 2) throw new BadSignature('PSS without a salt length');
  return { hash, saltLength: salt.content.readUIntBE(0, salt.content.length) };
}
