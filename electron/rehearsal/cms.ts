import { createHash, sign, verify, X509Certificate } from 'node:crypto';
import {
  ContentInfo,
  SignedData,
  id_contentType,
  id_data,
  id_messageDigest,
  id_signedData,
  id_signingTime,
} from '@peculiar/asn1-cms';
import type { CertificateChoices, SignerInfo } from '@peculiar/asn1-cms';
import { AsnConvert, AsnObjectIdentifierConverter, AsnSerializer } from '@peculiar/asn1-schema';
import { Certificate, Time } from '@peculiar/asn1-x509';
import { bytes, ecdsaWithSha256, type Authority, type Identity } from './authority';
import { der, tag } from './der';

const sha256 = '2.16.840.1.101.3.4.2.1';
/** id-aa-signingCertificateV2 (RFC 5035). */
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47';

/**
 * Signs as the connector does (P4-01): CAdES-BES, enveloping, DER, with the signer's certificate and signing-certificate-v2.
 * `at` becomes the signing time.
 */
export function signEnveloping(content: Uint8Array, signer: Identity, at: Date): Buffer {
  return signData(content, content, signer, at);
}

/** As `signEnveloping`, but the content stays outside: what a connector makes when it isn't told to include it. */
export function signDetached(content: Uint8Array, signer: Identity, at: Date): Buffer {
  return signData(content, null, signer, at);
}

function signData(content: Uint8Array, included: Uint8Array | null, signer: Identity, at: Date): Buffer {
  const { issuer, serialNumber } = issuerAndSerialNumber(signer.certificate);
  const attributes = [
    attribute(id_contentType, objectIdentifier(id_data)),
    attribute(id_messageDigest, der(tag.octetString, hash(content))),
    attribute(id_signingTime, Buffer.from(AsnConvert.serialize(new Time(at)))),
    attribute(signingCertificateV2, essCertificate(signer.certificate)),
    // DER wants the members of a SET OF in the order of their encodings.
  ].sort((a, b) => Buffer.compare(a, b));
  const digestAlgorithm = der(tag.sequence, objectIdentifier(sha256));
  const version = der(tag.integer, Buffer.from([1]));
  const signerInfo = der(
    tag.sequence,
    version,
    der(tag.sequence, issuer, serialNumber),
    digestAlgorithm,
    der(tag.context0, ...attributes),
    der(tag.sequence, objectIdentifier(ecdsaWithSha256)),
    // The signature is made over the attributes as a SET OF, not under their context tag (RFC 5652 section 5.4).
    der(tag.octetString, sign('sha256', der(tag.set, ...attributes), signer.key)),
  );
  const signedData = der(
    tag.sequence,
    version,
    der(tag.set, digestAlgorithm),
    der(
      tag.sequence,
      objectIdentifier(id_data),
      ...(included === null ? [] : [der(tag.context0, der(tag.octetString, included))]),
    ),
    der(tag.context0, signer.certificate.raw),
    der(tag.set, signerInfo),
  );
  return der(tag.sequence, objectIdentifier(id_signedData), der(tag.context0, signedData));
}

/**
 * What an insurer finds in a signed file. `unreadable`: no CMS with content; `untrusted`: the signer's certificate is missing, expired or
 * not of this world's cards; `mismatch`: content or signature value doesn't fit.
 */
export type Opened =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'untrusted'; readonly content: Buffer }
  | { readonly kind: 'mismatch'; readonly content: Buffer }
  | { readonly kind: 'valid'; readonly content: Buffer };

/** Takes a signed file apart and checks it against the authority of the world's cards. `at`: the instant at which it must be valid. */
export function openSigned(file: Uint8Array, cards: Authority, at: Date): Opened {
  const signedData = parse(file);
  if (signedData === null) return { kind: 'unreadable' };
  const octets = signedData.encapContentInfo.eContent?.single;
  if (octets === undefined) return { kind: 'unreadable' };
  const content = Buffer.from(octets.buffer);
  const [signer] = signedData.signerInfos;
  const certificate = signer === undefined ? null : findCertificate(signedData, signer);
  if (signer === undefined || certificate === null || !isTrusted(certificate, cards, at)) {
    return { kind: 'untrusted', content };
  }
  return isGenuine(signer, certificate, content) ? { kind: 'valid', content } : { kind: 'mismatch', content };
}

function parse(file: Uint8Array): SignedData | null {
  try {
    const info = AsnConvert.parse(bytes(file), ContentInfo);
    return info.contentType === id_signedData ? AsnConvert.parse(info.content, SignedData) : null;
  } catch {
    // The ASN.1 library throws on anything that is not what it was asked for; whoever sent it gets an insurer error.
    return null;
  }
}

function findCertificate(signedData: SignedData, signer: SignerInfo): X509Certificate | null {
  const wanted = signer.sid.issuerAndSerialNumber;
  if (wanted === undefined) return null;
  const choices: Iterable<CertificateChoices> = signedData.certificates ?? [];
  for (const choice of choices) {
    const candidate = choice.certificate;
    if (candidate === undefined) continue;
    if (Buffer.from(candidate.tbsCertificate.serialNumber).equals(Buffer.from(wanted.serialNumber))) {
      return new X509Certificate(Buffer.from(AsnConvert.serialize(candidate)));
    }
  }
  return null;
}

function isTrusted(certificate: X509Certificate, cards: Authority, at: Date): boolean {
  return (
    certificate.checkIssued(cards.certificate) &&
    certificate.verify(cards.certificate.publicKey) &&
    Date.parse(certificate.validFrom) <= at.getTime() &&
    at.getTime() <= Date.parse(certificate.validTo)
  );
}

function isGenuine(signer: SignerInfo, certificate: X509Certificate, content: Buffer): boolean {
  const attributes = signer.signedAttrs ?? [];
  const digest = attributes.find((entry) => entry.attrType === id_messageDigest)?.attrValues[0];
  if (digest === undefined) return false;
  if (!Buffer.from(digest).equals(der(tag.octetString, hash(content)))) return false;
  const signed = der(tag.set, ...attributes.map((entry) => Buffer.from(AsnConvert.serialize(entry))));
  return verify('sha256', signed, certificate.publicKey, Buffer.from(signer.signature.buffer));
}

function attribute(type: string, value: Buffer): Buffer {
  return der(tag.sequence, objectIdentifier(type), der(tag.set, value));
}

/** SigningCertificateV2 with one ESSCertIDv2, whose hash algorithm is the default (SHA-256). */
function essCertificate(certificate: X509Certificate): Buffer {
  const identifier = der(tag.sequence, der(tag.octetString, hash(certificate.raw)));
  return der(tag.sequence, der(tag.sequence, identifier));
}

const issuers = new WeakMap<X509Certificate, { issuer: Buffer; serialNumber: Buffer }>();

/** A certificate's issuer and number, encoded. Kept, because a card signs hundreds of documents in one go. */
function issuerAndSerialNumber(certificate: X509Certificate): { issuer: Buffer; serialNumber: Buffer } {
  const known = issuers.get(certificate);
  if (known !== undefined) return known;
  const { tbsCertificate } = AsnConvert.parse(bytes(certificate.raw), Certificate);
  const read = {
    issuer: Buffer.from(AsnConvert.serialize(tbsCertificate.issuer)),
    serialNumber: der(tag.integer, new Uint8Array(tbsCertificate.serialNumber)),
  };
  issuers.set(certificate, read);
  return read;
}

function objectIdentifier(value: string): Buffer {
  return Buffer.from(AsnSerializer.serialize(AsnObjectIdentifierConverter.toASN(value)));
}

function hash(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}
