import { createHash } from 'node:crypto';
import { id_data, id_signedData } from '@peculiar/asn1-cms';
import { failure, ok } from '../failure';
import type { Result } from '../../contract/call';
import { type CardCertificate, readCertificate, readPemCertificates, verifyChain } from './certificates';
import { contextTag, type DerValue, isSorted, NotDer, oidOf, readDer, tags } from './der';
import { BadSignature, hashName, verifySignature } from './signature';

/** Who signed, by the certificate in the signature. */
export interface Signer {
  readonly commonName: string;
  readonly serialNumber: string | null;
  readonly telematikId: string | null;
  /** ISO instant. */
  readonly notAfter: string;
}

/** A signature that passed: who signed, and the certificate that says so (DER). */
export interface Verified {
  readonly signer: Signer;
  readonly certificate: Buffer;
}

const contentTypeOid = '1.2.840.113549.1.9.3';
const messageDigestOid = '1.2.840.113549.1.9.4';
const signingCertificateV2Oid = '1.2.840.113549.1.9.16.2.47';

/**
 * Checks a signature before it is believed (P4-01): CAdES enveloping in DER, its content equal to `content`, exactly one signer whose signed attributes
 * name the content type, the message digest and the signing certificate (signing-certificate-v2), the signature valid, and the certificate valid at
 * `at` and issued by one of `cardAuthorities` (PEM). Anything else is `not-verified` with the reason.
 *
 * Revocation is not checked here: the connector is asked about the certificate (`sign.ts`), and its answer is embedded (`IncludeRevocationInfo`).
 */
export function verifyCades(
  signature: Buffer,
  content: Buffer,
  cardAuthorities: readonly string[],
  at: Date,
): Result<Verified> {
  return judged(() => verified(signature, content, cardAuthorities, at));
}

/**
 * Opens a signature that another program had made: the document in it, and who signed, by the same checks as `verifyCades`. `not-verified` with the reason
 * for anything else.
 */
export function openCades(
  signature: Buffer,
  cardAuthorities: readonly string[],
  at: Date,
): Result<{ content: string; signer: Signer }> {
  return judged(() => {
    const content = signedDataIn(readDer(signature)).enclosed;
    return { content: content.toString('base64'), signer: verified(signature, content, cardAuthorities, at).signer };
  });
}

function judged<T>(judge: () => T): Result<T> {
  try {
    return ok(judge());
  } catch (error) {
    // The ASN.1 library throws errors of its own for certificates that are well-formed DER but no certificates.
    const text = error instanceof Error ? error.message : String(error);
    const what = error instanceof NotDer ? `it is not DER: ${text}` : text;
    return { kind: 'failed', failure: failure('not-verified', `The signature can't be accepted: ${what}.`) };
  }
}

function verified(signature: Buffer, content: Buffer, cardAuthorities: readonly string[], at: Date): Verified {
  const { enclosed, certificates, signerInfos } = signedDataIn(readDer(signature));
  if (!enclosed.equals(content)) throw new BadSignature('it encloses another document');
  const [signerInfo, another] = signerInfos;
  if (signerInfo === undefined || another !== undefined) throw new BadSignature('it has not exactly one signer');
  const signer = verifiedSigner(signerInfo, certificates, content);
  if (cardAuthorities.length === 0)
    throw new BadSignature('no authority for signing cards is set up to check it against');
  const intermediates = certificates.filter((certificate) => certificate !== signer);
  verifyChain(signer, intermediates, readPemCertificates(cardAuthorities), at);
  const { commonName, subjectSerialNumber: serialNumber, telematikId, notAfter } = signer;
  return {
    signer: { commonName, serialNumber, telematikId, notAfter: notAfter.toISOString() },
    certificate: signer.raw,
  };
}

/**
 * Takes ContentInfo and SignedData (RFC 5652 sections 3 and 5.1) apart, each part with the tag it must have. The ASN.1 library would let wrong tags
 * pass, which is one way more to say the same: not for bytes that are to be the proof.
 */
function signedDataIn(info: DerValue): {
  enclosed: Buffer;
  certificates: CardCertificate[];
  signerInfos: readonly DerValue[];
} {
  const [type, wrapper, moreInfo] = childrenOf(info, tags.sequence);
  if (oidOf(type) !== id_signedData || moreInfo !== undefined) throw new BadSignature('it is no SignedData');
  const [data, moreData] = childrenOf(wrapper, contextTag(0));
  if (moreData !== undefined) throw new BadSignature('it is no SignedData');
  const [version, digestAlgorithms, encapsulated, ...rest] = childrenOf(data, tags.sequence);
  if (version?.tag !== tags.integer || digestAlgorithms?.tag !== tags.set)
    throw new BadSignature('it is no SignedData');
  digestAlgorithms.children.forEach(hashName);
  const [contentType, contentWrapper] = childrenOf(encapsulated, tags.sequence);
  if (oidOf(contentType) !== id_data) throw new BadSignature('its content is not plain data');
  if (contentWrapper === undefined) throw new BadSignature('it does not enclose the document');
  const [enclosed, moreContent] = childrenOf(contentWrapper, contextTag(0));
  if (enclosed?.tag !== tags.octetString || moreContent !== undefined)
    throw new BadSignature('it does not enclose the document');
  // Certificates [0] and revocation information [1] are optional; the signers come last.
  const signerInfos = childrenOf(rest.at(-1), tags.set);
  const optional = rest.slice(0, -1);
  if (optional.some(({ tag }) => tag !== contextTag(0) && tag !== contextTag(1)))
    throw new BadSignature('it is no SignedData');
  const certificates = optional
    .filter(({ tag }) => tag === contextTag(0))
    .flatMap(({ children }) => children)
    .filter(({ tag }) => tag === tags.sequence)
    .map(({ raw }) => readCertificate(raw));
  return { enclosed: enclosed.content, certificates, signerInfos };
}

/** The members of a structure that must be there with this tag. */
function childrenOf(value: DerValue | undefined, tag: number): readonly DerValue[] {
  if (value?.tag !== tag) throw new BadSignature('it is no SignedData');
  return value.children;
}

/** SignerInfo (RFC 5652 section 5.3): version, sid, digestAlgorithm, [0] signedAttrs, signatureAlgorithm, signature, [1] unsignedAttrs. */
function verifiedSigner(
  signerInfo: DerValue,
  certificates: readonly CardCertificate[],
  content: Buffer,
): CardCertificate {
  const [version, identifier, digestAlgorithm, attributes, algorithm, value, unsigned, more] = childrenOf(
    signerInfo,
    tags.sequence,
  );
  if (attributes?.tag !== contextTag(0)) throw new BadSignature('it has no signed attributes');
  if (
    version?.tag !== tags.integer ||
    identifier === undefined ||
    algorithm === undefined ||
    value?.tag !== tags.octetString ||
    (unsigned !== undefined && unsigned.tag !== contextTag(1)) ||
    more !== undefined
  )
    throw new BadSignature('its signer is not as it should be');
  if (!isSorted(attributes.children)) throw new BadSignature('its attributes are not in DER order');
  const signer = certificates.find((certificate) => identifies(identifier, certificate));
  if (signer === undefined) throw new BadSignature("it lacks the signer's certificate");

  const hash = hashName(digestAlgorithm);
  const contentType = attributeValue(attributes, contentTypeOid);
  if (oidOf(contentType) !== id_data) throw new BadSignature('its content-type attribute does not fit');
  const digest = attributeValue(attributes, messageDigestOid);
  if (digest.tag !== tags.octetString || !digest.content.equals(createHash(hash).update(content).digest()))
    throw new BadSignature('its message digest is not that of the document');
  checkSigningCertificate(attributeValue(attributes, signingCertificateV2Oid), signer);

  // What is signed is the SET OF itself, not its implicit tag (RFC 5652 section 5.4).
  const signed = Buffer.from(attributes.raw);
  signed[0] = tags.set;
  verifySignature(signer.keyInfo, algorithm, hash, signed, value.content);
  return signer;
}

function identifies(identifier: DerValue, certificate: CardCertificate): boolean {
  if (identifier.tag === 0x80) return certificate.keyIdentifier?.equals(identifier.content) ?? false;
  if (identifier.tag !== tags.sequence) return false;
  const [issuer, serial] = identifier.children;
  return (
    issuer !== undefined &&
    serial?.tag === tags.integer &&
    certificate.issuer.equals(issuer.raw) &&
    certificate.serial.equals(serial.content)
  );
}

/** The one value of a signed attribute that must be there exactly once. */
function attributeValue(attributes: DerValue, oid: string): DerValue {
  const found = attributes.children.filter((attribute) => oidOf(attribute.children[0]) === oid);
  const values = found[0]?.children[1]?.children ?? [];
  const [value, another] = values;
  if (found.length !== 1 || value === undefined || another !== undefined)
    throw new BadSignature(`it lacks the signed attribute ${oid}`);
  return value;
}

/** ESSCertIDv2 (RFC 5035): hash algorithm (default SHA-256), hash of the certificate, and more that isn't needed. The first is the signer's. */
function checkSigningCertificate(attribute: DerValue, signer: CardCertificate): void {
  const first = attribute.children[0]?.children[0];
  const named = first?.children[0]?.tag === tags.sequence ? first.children[0] : null;
  const hash = named === null ? 'sha256' : hashName(named);
  const value = first?.children.find((child) => child.tag === tags.octetString);
  if (value === undefined || !value.content.equals(createHash(hash).update(signer.raw).digest()))
    throw new BadSignature("its signing-certificate attribute is not the signer's");
}
