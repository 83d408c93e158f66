import { argon2id } from 'hash-wasm';
import { toByteArray } from 'base64-js';
import { keyBytes } from '../sealing';
import type { Derivation } from './header';

/** Turns a passphrase into the key that wraps its user's keys. */
export type DeriveKey = (passphrase: string, derivation: Derivation) => Promise<Uint8Array>;

/** What a new passphrase is stretched with: 64 MiB, three passes, one lane (RFC 9106, second recommended option). */
export const usualCost = { memory: 65_536, passes: 3, lanes: 1 } as const;
/** Bytes of a salt. */
export const saltBytes = 16;

/** argon2id in this very thread: half a second of work. In a page use `deriveKeyBeside`. The passphrase is taken in Unicode's NFKC form. */
export const deriveKeyHere: DeriveKey = (passphrase, { memory, passes, lanes, salt }) =>
  argon2id({
    password: passphrase.normalize('NFKC'),
    salt: toByteArray(salt),
    memorySize: memory,
    iterations: passes,
    parallelism: lanes,
    hashLength: keyBytes,
    outputType: 'binary',
  });
