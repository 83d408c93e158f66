import { ed25519 } from '@noble/curves/ed25519.js';
import { argon2id as nobleArgon2id } from '@noble/hashes/argon2.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromByteArray } from 'base64-js';
import { describe, expect, it } from 'vitest';
import { deriveKeyHere, usualCost } from '../../../../renderer/store/access/derive-key';
import { checkCode, codeAt } from '../../../../renderer/store/access/second-factor';

describe('known answers', () => {
  it('argon2id: the second implementation gives RFC 9106 section 5.3, and ours gives what that one gives', async () => {
    const rfc = nobleArgon2id(new Uint8Array(32).fill(1), new Uint8Array(16).fill(2), {
      t: 3,
      m: 32,
      p: 4,
      key: new Uint8Array(8).fill(3),
      personalization: new Uint8Array(12).fill(4),
      dkLen: 32,
    });
    expect(bytesToHex(rfc)).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
    const salt = new Uint8Array(16).map((_, index) => index * 7);
    for (const [memory, passes, lanes] of [
      [32, 3, 4],
      [64, 1, 1],
      [1024, 3, 1],
    ] as const) {
      const derivation = { kind: 'argon2id', memory, passes, lanes, salt: fromByteArray(salt) } as const;
      const ours = await deriveKeyHere('Grüße aus dem Wartezimmer', derivation);
      const theirs = nobleArgon2id(utf8ToBytes('Grüße aus dem Wartezimmer'), salt, {
        t: passes,
        m: memory,
        p: lanes,
        dkLen: 32,
      });
      expect(bytesToHex(ours)).toBe(bytesToHex(theirs));
    }
  });

  it('argon2id at 64 MiB: the reference implementation’s own test', async () => {
    const salt = fromByteArray(utf8ToBytes('somesalt'));
    const key = await deriveKeyHere('password', { kind: 'argon2id', memory: 65_536, passes: 2, lanes: 1, salt });
    expect(bytesToHex(key)).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7');
    expect(usualCost).toEqual({ memory: 65_536, passes: 3, lanes: 1 });
  });

  it('a passphrase is the same however the keyboard composes its umlauts (NFKC)', async () => {
    const derivation = {
      kind: 'argon2id',
      memory: 64,
      passes: 1,
      lanes: 1,
      salt: fromByteArray(new Uint8Array(16)),
    } as const;
    expect(await deriveKeyHere('schöne Grüße', derivation)).toEqual(
      await deriveKeyHere('schöne Grüße'.normalize('NFD'), derivation),
    );
  });

  it('TOTP: RFC 6238 appendix B, SHA-1, the last six digits', () => {
    const secret = utf8ToBytes('12345678901234567890');
    for (const [seconds, code] of [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_111_111_111, '050471'],
      [1_234_567_890, '005924'],
      [2_000_000_000, '279037'],
      [20_000_000_000, '353130'],
    ] as const) {
      const now = new Date(seconds * 1000);
      expect(codeAt(secret, now).code).toBe(code);
      expect(checkCode(secret, code, now, 0)).toEqual({ kind: 'right', step: Math.floor(seconds / 30) });
    }
  });

  it('HKDF-SHA-256: RFC 5869 test case 1', () => {
    const key = hkdf(
      sha256,
      hexToBytes('0b'.repeat(22)),
      hexToBytes('000102030405060708090a0b0c'),
      hexToBytes('f0f1f2f3f4f5f6f7f8f9'),
      42,
    );
    expect(bytesToHex(key)).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
  });

  it('HMAC-SHA-256: RFC 4231 test case 2', () => {
    expect(bytesToHex(hmac(sha256, utf8ToBytes('Jefe'), utf8ToBytes('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('Ed25519: RFC 8032 section 7.1, test 2', () => {
    const secret = hexToBytes('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
    expect(bytesToHex(ed25519.getPublicKey(secret))).toBe(
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    );
    expect(bytesToHex(ed25519.sign(hexToBytes('72'), secret))).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
  });
});
