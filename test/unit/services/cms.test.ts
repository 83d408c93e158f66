import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCades, verifyCades } from '../../../electron/services/connector/cms';
import { NotDer, readDer } from '../../../electron/services/connector/der';

/** Signatures made by OpenSSL (`fixtures/cms/make.sh`). */
const fixture = (name: string) => readFileSync(new URL(`fixtures/cms/${name}`, import.meta.url));
const content = fixture('document.xml');
const authorities = ['authority-rsa', 'authority-p256', 'authority-brainpool'].map((name) =>
  fixture(`${name}.pem`).toString(),
);
const at = new Date('2027-01-15T12:00:00Z');
const reasonFor = (signature: Buffer, document = content, trusted = authorities, now = at) => {
  const result = verifyCades(signature, document, trusted, now);
  return result.kind === 'ok' ? 'accepted' : `${result.failure.reason}: ${result.failure.text}`;
};

describe('what the connector signed is checked before it is returned (P4-01)', () => {
  it.each([
    'rsa-pkcs1',
    'rsa-pss',
    'rsa-pss-sha512',
    'ecdsa-p256',
    'ecdsa-p384',
    'ecdsa-brainpool',
    'key-identifier',
    'chained',
  ])('accepts OpenSSL’s %s', (name) => {
    const result = verifyCades(fixture(`${name}.p7s`), content, authorities, at);
    if (result.kind === 'failed') throw new Error(result.failure.text);
    expect(result.value.signer.commonName).toContain('Dr. Erika Beispiel');
    expect(result.value.signer.serialNumber).toBe('838382202');
    expect(new Date(result.value.signer.notAfter).getTime()).toBeGreaterThan(at.getTime());
  });

  it.each([
    ['detached', /does not enclose/],
    ['not-cades', /lacks the signed attribute 1\.2\.840\.113549\.1\.9\.16\.2\.47/],
    ['no-attributes', /no signed attributes/],
    ['ber', /not DER/],
    ['two-signers', /exactly one signer/],
    ['card-as-authority', /no trusted authority/],
  ])('refuses %s', (name, why) => {
    expect(reasonFor(fixture(`${name}.p7s`))).toMatch(why);
  });

  it('opens what another program had signed, by the same checks', () => {
    const opened = openCades(fixture('ecdsa-p256.p7s'), authorities, at);
    if (opened.kind === 'failed') throw new Error(opened.failure.text);
    expect(Buffer.from(opened.value.content, 'base64')).toEqual(content);
    expect(opened.value.signer.serialNumber).toBe('838382202');
    expect(openCades(fixture('detached.p7s'), authorities, at)).toMatchObject({ kind: 'failed' });
    expect(openCades(fixture('two-signers.p7s'), authorities, at)).toMatchObject({ kind: 'failed' });
    expect(openCades(fixture('ecdsa-p256.p7s'), [], at)).toMatchObject({ kind: 'failed' });
    expect(openCades(content, authorities, at)).toMatchObject({ failure: { reason: 'not-verified' } });
  });

  it('refuses another document', () => {
    expect(reasonFor(fixture('ecdsa-p256.p7s'), Buffer.concat([content, Buffer.from(' ')]))).toMatch(
      /another document/,
    );
  });

  it('refuses a signer whom no trusted authority issued, and an empty list', () => {
    const other = fixture('authority-other.pem').toString();
    expect(reasonFor(fixture('ecdsa-p256.p7s'), content, [other])).toMatch(/no trusted authority/);
    expect(reasonFor(fixture('ecdsa-p256.p7s'), content, [])).toMatch(/no authority .* is set up/);
    expect(reasonFor(fixture('ecdsa-p256.p7s'), content, ['rubbish'])).toMatch(/not PEM/);
  });

  it('refuses a certificate outside its validity, by the clock handed in', () => {
    const signature = fixture('ecdsa-p256.p7s');
    expect(reasonFor(signature, content, authorities, new Date('2020-01-01T00:00:00Z'))).toMatch(/is valid from/);
    expect(reasonFor(signature, content, authorities, new Date('2200-01-01T00:00:00Z'))).toMatch(/is valid from/);
  });

  it.each(['rsa-pss', 'ecdsa-p256', 'ecdsa-brainpool'])('refuses %s with any one byte of it changed', (name) => {
    const signature = fixture(`${name}.p7s`);
    fc.assert(
      fc.property(fc.nat(signature.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(signature);
        changed.writeUInt8((changed[at] ?? 0) ^ flip, at);
        // The version numbers and OpenSSL's lists of algorithms are not signed; nothing in them can change what was signed.
        return reasonFor(changed) !== 'accepted' || isUnsigned(signature, at);
      }),
      { numRuns: name === 'ecdsa-brainpool' ? 60 : 250 },
    );
  });

  it('refuses an elliptic signature with any byte’s first and last bit changed', () => {
    const signature = fixture('ecdsa-p256.p7s');
    for (let index = 0; index < signature.length; index += 1) {
      const changed = Buffer.from(signature);
      changed.writeUInt8((changed[index] ?? 0) ^ 0x81, index);
      if (!isUnsigned(signature, index)) expect(reasonFor(changed), `byte ${index}`).not.toBe('accepted');
    }
  });

  it('refuses every truncation, and bytes after the end', () => {
    const signature = fixture('ecdsa-p256.p7s');
    for (let length = 0; length < signature.length; length += 1)
      expect(reasonFor(signature.subarray(0, length))).not.toBe('accepted');
    expect(reasonFor(Buffer.concat([signature, Buffer.from([0])]))).toMatch(/not DER/);
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => reasonFor(Buffer.from(bytes)) !== 'accepted'));
  });
});

/** Whether a byte lies in SignedData's version or digestAlgorithms, or in SignerInfo's version: the parts no signature covers. */
function isUnsigned(signature: Buffer, at: number): boolean {
  const signedData = readDer(signature).children[1]?.children[0];
  const [version, algorithms] = signedData?.children ?? [];
  const signerVersion = signedData?.children.at(-1)?.children[0]?.children[0];
  return [version, algorithms, signerVersion].some((part) => {
    if (part === undefined) return false;
    const start = part.raw.byteOffset - signature.byteOffset;
    return at >= start && at < start + part.raw.length;
  });
}

describe('DER', () => {
  it.each([
    ['indefinite length', '30800000'],
    ['padded length', '30810101'],
    ['length in too many bytes', '3082000501010101ff'],
    ['padded integer', '02020001'],
    ['boolean 1', '010101'],
    ['a string in pieces', '2403040161'],
    ['bytes left over', '0500ff'],
    ['nothing', ''],
    ['half a length', '3082'],
  ])('refuses %s', (_what, hex) => {
    expect(() => readDer(Buffer.from(hex, 'hex'))).toThrow(NotDer);
  });
});
