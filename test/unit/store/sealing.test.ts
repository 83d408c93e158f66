import { createCipheriv, createDecipheriv } from 'node:crypto';
import { gcm } from '@noble/ciphers/aes.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bulkKey, newKey, seal, sealInBulk, unseal, unsealInBulk } from '../../../renderer/store/sealing';

const place = ['records', 'a1', '7'];
const placeBytes = utf8ToBytes('["records","a1","7"]');

describe('sealing', () => {
  it('AES-256-GCM is that of the GCM specification (test case 16)', () => {
    const cipher = gcm(
      hexToBytes('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'),
      hexToBytes('cafebabefacedbaddecaf888'),
      hexToBytes('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
    );
    const plain =
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39';
    expect(bytesToHex(cipher.encrypt(hexToBytes(plain)))).toBe(
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662' +
        '76fc6ece0f4e1768cddf8853bb2d551b',
    );
  });

  it('both ways of opening give the same known answer (made with Node’s OpenSSL), and both refuse another place', async () => {
    const key = hexToBytes('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308');
    const nonce = hexToBytes('cafebabefacedbaddecaf888');
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(placeBytes);
    const sealed = new Uint8Array([...nonce, ...cipher.update('J06.9 G'), ...cipher.final(), ...cipher.getAuthTag()]);
    expect(bytesToHex(sealed)).toBe('cafebabefacedbaddecaf888c12cc5fb58f23c0ead81d6333211f061985c8fad6f91fc');
    expect(unseal(key, place, sealed)).toEqual(utf8ToBytes('J06.9 G'));
    expect(await unsealInBulk(await bulkKey(key), place, sealed)).toEqual(utf8ToBytes('J06.9 G'));
    const inBulk = await sealInBulk(await bulkKey(key), place, new Uint8Array(utf8ToBytes('J06.9 G')));
    expect(unseal(key, place, inBulk)).toEqual(utf8ToBytes('J06.9 G'));
    expect(inBulk.slice(0, 12)).not.toEqual(sealed.slice(0, 12));
    const changed = sealed.map((byte, at) => (at === 14 ? byte ^ 1 : byte));
    for (const [where, bytes] of [
      [['records', 'a1', '8'], sealed],
      [place, changed],
      [place, sealed.slice(0, 20)],
    ] as const) {
      expect(unseal(key, where, bytes)).toBeNull();
      expect(await unsealInBulk(await bulkKey(key), where, bytes)).toBeNull();
    }
  });

  it('what it seals opens by another implementation, and the other way round', () => {
    const key = newKey();
    const plain = utf8ToBytes('Müller, Anna; J06.9 G');
    const sealed = seal(key, place, plain);
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
    decipher.setAAD(placeBytes);
    decipher.setAuthTag(sealed.subarray(-16));
    expect(Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8')).toBe(
      'Müller, Anna; J06.9 G',
    );

    const cipher = createCipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
    cipher.setAAD(placeBytes);
    const other = Buffer.concat([sealed.subarray(0, 12), cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    expect(unseal(key, place, other)).toEqual(plain);
  });

  it('opens in its own place and with its own key only', () => {
    const key = newKey();
    const sealed = seal(key, place, utf8ToBytes('J06.9'));
    expect(unseal(newKey(), place, sealed)).toBeNull();
    for (const other of [['records', 'a2', '7'], ['records', 'a1', '8'], ['events', 'a1', '7'], ['records', 'a1'], []])
      expect(unseal(key, other, sealed)).toBeNull();
    // Parts that would read the same when put together.
    expect(unseal(key, ['recordsa1', '7'], sealed)).toBeNull();
  });

  it('a changed, missing or added byte anywhere is noticed', () => {
    const key = newKey();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, at, change) => {
        const sealed = seal(key, place, plain);
        expect(unseal(key, place, sealed)).toEqual(plain);
        const changed = sealed.slice();
        const index = at % changed.length;
        changed[index] = (changed[index] ?? 0) ^ change;
        expect(unseal(key, place, changed)).toBeNull();
        expect(unseal(key, place, sealed.subarray(0, at % sealed.length))).toBeNull();
        expect(unseal(key, place, new Uint8Array([...sealed, change]))).toBeNull();
      }),
    );
  });

  it('never seals the same bytes alike', () => {
    const key = newKey();
    const seen = new Set(Array.from({ length: 1000 }, () => bytesToHex(seal(key, place, utf8ToBytes('J06.9')))));
    expect(seen.size).toBe(1000);
  });
});
