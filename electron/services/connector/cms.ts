import { createHash } from 'node:crypto';
import { CMSVersion, ContentInfo, id_data, id_signedData, SignedData } from '@peculiar/asn1-cms';
import { AsnConvert } from '@peculiar/asn1-schema';
import { failure, ok } from '../failure';
import type { Result } from '../../contract/call';
import { type CardCertificate, readCertificate, readPemCertificates, verifyChain } from './certificates';
import { type DerValue, isSorted, NotDer, oidOf, readDer, tags } from './der';
import { BadSignature, hashName, verifySignature } from './signature';

/** Who signed, by the certificate in the signature. */
export interface Signer {
  readonly commonName: string;
  readonly serialNumber: string | null;
  /** ISO instant. */
  readonly notAfter: string;
}

const contentTypeOid = '1.2.840.113549.1.9.3';
const messageDigestOid = '1.2.840.113549.1.9.4';
const signingCertificateV2Oid = '1.2.840.113549.1.9.16.2.47';
const sha256Oid = '2.16.840.1.101.3.4.2.1';

/**
 * Checks a signature before it is believed (P4-01): CAdES enveloping in DER, its content equal to `content`, exactly one signer whose signed attributes
 * name the content type, the message digest and the signing certificate (signing-certificate-v2), the signature valid, and the certificate valid at
 * `at` and issued by one of `cardAuthorities` (PEM). Anything else is `not-verified` with the reason.
 *
 * Revocation is not checked here: the connector did (`IncludeRevocationInfo`), and its answer is embedded.
 */
export function verifyCades(
  signature: Buffer,
  content: Buffer,
  cardAuthorities: readonly string[],
  at: Date,
): Result<Signer> {
  try {
    return ok(verified(signature, content, cardAuthorities, at));
  } catch (error) {
    // The ASN.1 library throws errors of its own for structures that are well-formed DER but not CMS.
    const text = error instanceof Error ? error.message : String(error);
    const what = error instanceof NotDer ? `it is not DER: ${text}` : text;
    return { kind: 'failed', failure: failure('not-verified', `The signature can't be accepted: ${what}.`) };
  }
}

function verified(signature: Buffer, content: Buffer, cardAuthorities: readonly string[], at: Date): Signer {
  const tree = readDer(signature);
  const info = AsnConvert.parse(signature, ContentInfo);
  if (info.contentType !== id_signedData) throw new BadSignature('it is no SignedData');
  const data = AsnConvert.parse(info.content, SignedData);
  if (data.version < CMSVersion.v1) throw new BadSignature('its version is unknown');
  if (data.encapContentInfo.eContentType !== id_data) throw new BadSignature('its content is not plain data');
  const enclosed = data.encapContentInfo.eContent?.single;
  if (enclosed === undefined) throw new BadSignature('it does not enclose the document');
  if (!Buffer.from(enclosed.buffer).equals(content)) throw new BadSignature('it encloses another document');

  const parts = tree.children[1]?.children[0]?.children ?? [];
  const certificates = (parts.find((part) => part.tag === 0xa0)?.children ?? [])
    .filter((choice) => choice.tag === tags.sequence)
    .map((choice) => readCertificate(Buffer.from(choice.raw)));
  const signerInfos = parts.at(-1);
  const [signerInfo, another] = signerInfos?.children ?? [];
  if (signerInfo === undefined || another !== undefined) throw new BadSignature('it has not exactly one signer');
  const signer = verifiedSigner(signerInfo, certificates, content);
  if (cardAuthorities.length === 0)
    throw new BadSignature('no authority for signing cards is set up to check it against');
  verifyChain(
    signer,
    certificates.filter((certificate) => certificate !== signer),
    readPemCertificates(cardAuthorities),
    at,
  );
  return {
    commonName: signer.commonName,
    serialNumber: signer.subjectSerialNumber,
    notAfter: signer.notAfter.toISOString(),
  };
}

/** SignerInfo (RFC 5652 section 5.3): version, sid, digestAlgorithm, [0] signedAttrs, signatureAlgorithm, signature, [1] unsignedAttrs. */
function verifiedSigner(
  signerInfo: DerValue,
  certificates: readonly CardCertificate[],
  content: Buffer,
): CardCertificate {
  const [, identifier, digestAlgorithm, attributes, algorithm, value] = signerInfo.children;
  if (
    identifier === undefined ||
    digestAlgorithm === undefined ||
    attributes?.tag !== 0xa0 ||
    algorithm === undefined ||
    value?.tag !== tags.octetString
  )
    throw new BadSignature('it has no signed attributes');
  if (!isSorted(attributes.children)) throw new BadSignature('its attributes are not in DER order');
  const signer = certificates.find((certificate) => identifies(identifier, certificate));
  if (signer === undefined) throw new BadSignature("it lacks the signer's certificate");

  const hash = hashName(oidOf(digestAlgorithm.children[0]));
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
  const [issuer, serial] = identifier.children;
  return (
    issuer !== undefined &&
    serial !== undefined &&
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
  const hash = hashName(named === null ? sha256Oid : oidOf(named.children[0]));
  const value = first?.children.find((child) => child.tag === tags.octetString);
  if (value === undefined || !value.content.equals(createHash(hash).update(signer.raw).digest()))
    throw new BadSignature("its signing-certificate attribute is not the signer's");
}
