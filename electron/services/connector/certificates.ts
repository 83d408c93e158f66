import { AsnConvert } from '@peculiar/asn1-schema';
import { BasicConstraints, Certificate, KeyUsage, KeyUsageFlags } from '@peculiar/asn1-x509';
import { readDer, type DerValue } from './der';
import { BadSignature, verifySignature } from './signature';

/** What is needed of an X.509 certificate. Parsed in JavaScript: Electron's BoringSSL doesn't know brainpool keys. */
export interface CardCertificate {
  readonly raw: Buffer;
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly serial: Buffer;
  readonly keyInfo: Buffer;
  readonly keyIdentifier: Buffer | null;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly commonName: string;
  /** The subject's serialNumber attribute: on an HBA the holder's number. */
  readonly subjectSerialNumber: string | null;
  /** The registration number in the admission extension: the holder's Telematik-ID. */
  readonly telematikId: string | null;
  readonly isAuthority: boolean;
  /** Allowed to sign documents: digitalSignature or nonRepudiation, or no restriction. */
  readonly maySign: boolean;
  readonly maySignCertificates: boolean;
  readonly signed: Buffer;
  readonly algorithm: DerValue;
  readonly signature: Buffer;
}

const commonNameOid = '2.5.4.3';
const serialNumberOid = '2.5.4.5';
const keyUsageOid = '2.5.29.15';
const basicConstraintsOid = '2.5.29.19';
const admissionOid = '1.3.36.8.3.3';
const printableString = 0x13;
const subjectKeyIdentifierOid = '2.5.29.14';

/** Reads a DER certificate. Throws `BadSignature` where it is none. */
export function readCertificate(der: Buffer): CardCertificate {
  const tree = readDer(der);
  const [tbs, algorithm, signature] = tree.children;
  if (tbs === undefined || algorithm === undefined || signature === undefined)
    throw new BadSignature('a certificate is incomplete');
  // The version is optional and tagged [0]; the rest stands in fixed order.
  const [serial, , issuer, , subject, keyInfo] = tbs.children.filter((child) => child.tag !== 0xa0);
  if (serial === undefined || issuer === undefined || subject === undefined || keyInfo === undefined)
    throw new BadSignature('a certificate is incomplete');
  const parsed = AsnConvert.parse(der, Certificate).tbsCertificate;
  const extension = (oid: string) =>
    parsed.extensions?.find((candidate) => candidate.extnID === oid)?.extnValue.buffer ?? null;
  const usageBytes = extension(keyUsageOid);
  const usage = usageBytes === null ? null : AsnConvert.parse(usageBytes, KeyUsage).toNumber();
  const constraints = extension(basicConstraintsOid);
  const identifier = extension(subjectKeyIdentifierOid);
  const admission = extension(admissionOid);
  const attribute = (oid: string) =>
    parsed.subject
      .flat()
      .find((candidate) => candidate.type === oid)
      ?.value.toString() ?? null;
  return {
    raw: der,
    subject: subject.raw,
    issuer: issuer.raw,
    serial: serial.content,
    keyInfo: keyInfo.raw,
    keyIdentifier: identifier === null ? null : readDer(Buffer.from(identifier)).content,
    notBefore: parsed.validity.notBefore.getTime(),
    notAfter: parsed.validity.notAfter.getTime(),
    commonName: attribute(commonNameOid) ?? '',
    subjectSerialNumber: attribute(serialNumberOid),
    telematikId: admission === null ? null : registrationNumberIn(readDer(Buffer.from(admission))),
    isAuthority: constraints !== null && AsnConvert.parse(constraints, BasicConstraints).cA,
    maySign: usage === null || (usage & (KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation)) !== 0,
    maySignCertificates: usage === null || (usage & KeyUsageFlags.keyCertSign) !== 0,
    signed: tbs.raw,
    algorithm,
    signature: signature.content.subarray(1),
  };
}

/**
 * The registration number in an AdmissionSyntax (Common PKI; in German health cards the Telematik-ID): the first ProfessionInfo that has one. Names are
 * UTF8Strings one level further down, so the only PrintableString of a ProfessionInfo is this number.
 */
function registrationNumberIn(syntax: DerValue): string | null {
  const professions = (syntax.children.at(-1)?.children ?? []).flatMap(
    (admissions) => admissions.children.at(-1)?.children ?? [],
  );
  const number = professions.flatMap(({ children }) => children).find(({ tag }) => tag === printableString);
  return number === undefined ? null : number.content.toString('latin1');
}

/** The certificates in PEM texts, each of which may hold several. Throws `BadSignature` where one is unreadable. */
export function readPemCertificates(pems: readonly string[]): CardCertificate[] {
  return pems.flatMap((pem) => {
    const blocks = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)];
    if (blocks.length === 0) throw new BadSignature('an authority in the settings is not PEM');
    return blocks.map((block) => readCertificate(Buffer.from(block[1] ?? '', 'base64')));
  });
}

const longestChain = 5;

/**
 * Checks that a signer's certificate goes back to one of the trusted authorities, over the intermediate ones that came with the signature, all valid
 * at `at`. A trusted authority is an anchor by itself: its own issuer isn't looked for. Throws `BadSignature` with the reason.
 */
export function verifyChain(
  signer: CardCertificate,
  intermediates: readonly CardCertificate[],
  authorities: readonly CardCertificate[],
  at: Date,
): void {
  if (!signer.maySign) throw new BadSignature("the signer's certificate is not for signing");
  let current = signer;
  for (let length = 0; length < longestChain; length += 1) {
    checkValidity(current, at);
    const subject = current;
    const anchor = authorities.find((authority) => issued(authority, subject, false));
    if (anchor !== undefined) {
      checkValidity(anchor, at);
      return;
    }
    const issuer = intermediates.find((candidate) => issued(candidate, subject, true));
    if (issuer === undefined || issuer === current) break;
    current = issuer;
  }
  throw new BadSignature(`no trusted authority issued the certificate of ${JSON.stringify(signer.commonName)}`);
}

function checkValidity(certificate: CardCertificate, at: Date): void {
  if (at < certificate.notBefore || at > certificate.notAfter)
    throw new BadSignature(
      `the certificate of ${JSON.stringify(certificate.commonName)} is valid from ${certificate.notBefore.toISOString()} to ${certificate.notAfter.toISOString()}`,
    );
}

/** Whether `issuer` is an authority and signed `subject`. An anchor from the settings needs no CA mark, an intermediate one does. */
function issued(issuer: CardCertificate, subject: CardCertificate, needsMark: boolean): boolean {
  if (!issuer.subject.equals(subject.issuer) || !issuer.maySignCertificates) return false;
  if (needsMark && !issuer.isAuthority) return false;
  try {
    verifySignature(issuer.keyInfo, subject.algorithm, null, subject.signed, subject.signature);
    return true;
  } catch (error) {
    if (error instanceof BadSignature) return false;
    throw error;
  }
}
