import { generateKeyPairSync, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  BasicConstraints,
  Certificate,
  Extension,
  Extensions,
  GeneralName,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_subjectAltName,
} from '@peculiar/asn1-x509';

import { der, tag } from './der';

/** ecdsa-with-SHA256 (RFC 5758): what every certificate and signature of this world is made with. */
export const ecdsaWithSha256 = '1.2.840.10045.4.3.2';

/** The subject attributes that the world's certificates use. */
const attributeTypes = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  organization: '2.5.4.10',
  title: '2.5.4.12',
  givenName: '2.5.4.42',
} as const;

/** A subject, most general attribute first; attributes that are `null` are left out. */
export type Subject = Partial<Record<keyof typeof attributeTypes, string | null>>;

/** A key with its certificate. */
export interface Identity {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
}

/** What a certificate is for: a server on loopback, or a card that signs. */
export type Purpose = 'server' | 'card';

/** A test authority: made anew for every world, kept in memory only. */
export interface Authority {
  readonly certificate: X509Certificate;
  /** PEM, as `connections` hands it out to be trusted. */
  readonly pem: string;
  /** `telematikId`: the registration number in the admission extension, as health cards have it. */
  issue(subject: Subject, purpose: Purpose, telematikId?: string | null): Identity;
}

const year = 365 * 24 * 3600 * 1000;

/**
 * Makes a test authority (ECDSA P-256). Its certificates are valid from five years before to five years after both the world's clock
 * and the machine's: TLS looks at the one, a simulated rehearsal at the other.
 */
export function createAuthority(name: string, now: Date): Authority {
  const notBefore = new Date(Math.min(now.getTime(), Date.now()) - 5 * year);
  const notAfter = new Date(Math.max(now.getTime(), Date.now()) + 5 * year);
  const authorityName = distinguishedName({ country: 'DE', organization: 'Übungswelt TEST-ONLY', commonName: name });
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let issued = 0;

  const certify = (subject: Name, publicKey: KeyObject, extensions: Extension[]): X509Certificate => {
    issued += 1;
    const serial = Buffer.alloc(5);
    // A leading 1 keeps the integer positive and its DER minimal.
    serial.writeUInt8(1, 0);
    serial.writeUInt32BE(issued, 1);
    const tbsCertificate = new TBSCertificate({
      version: Version.v3,
      serialNumber: bytes(serial),
      signature: new AlgorithmIdentifier({ algorithm: ecdsaWithSha256 }),
      issuer: authorityName,
      validity: new Validity({ notBefore, notAfter }),
      subject,
      subjectPublicKeyInfo: AsnConvert.parse(publicKey.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo),
      extensions: new Extensions(extensions),
    });
    const certificate = new Certificate({
      tbsCertificate,
      signatureAlgorithm: new AlgorithmIdentifier({ algorithm: ecdsaWithSha256 }),
      signatureValue: bytes(sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), pair.privateKey)),
    });
    return new X509Certificate(Buffer.from(AsnConvert.serialize(certificate)));
  };

  const certificate = certify(authorityName, pair.publicKey, [
    extension(id_ce_basicConstraints, true, new BasicConstraints({ cA: true })),
    extension(id_ce_keyUsage, true, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign)),
  ]);
  return {
    certificate,
    pem: certificate.toString(),
    issue: (subject, purpose, telematikId = null) => {
      const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return {
        key: keys.privateKey,
        certificate: certify(distinguishedName(subject), keys.publicKey, [
          ...extensionsFor(purpose),
          ...(telematikId === null ? [] : [admission(telematikId)]),
        ]),
      };
    },
  };
}

function extensionsFor(purpose: Purpose): Extension[] {
  const basic = extension(id_ce_basicConstraints, true, new BasicConstraints({}));
  switch (purpose) {
    case 'server':
      return [
        basic,
        extension(
          id_ce_subjectAltName,
          false,
          new SubjectAlternativeName([
            new GeneralName({ dNSName: 'localhost' }),
            new GeneralName({ iPAddress: '127.0.0.1' }),
          ]),
        ),
      ];
    case 'card':
      return [
        basic,
        extension(id_ce_keyUsage, true, new KeyUsage(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation)),
      ];
  }
}

/** Admission (Common PKI): admissions → profession info → registration number; the profession's words are one level further down. */
function admission(telematikId: string): Extension {
  const profession = der(
    tag.sequence,
    der(tag.sequence, der(0x0c, Buffer.from('Übungswelt', 'utf8'))),
    der(0x13, Buffer.from(telematikId, 'latin1')),
  );
  const syntax = der(tag.sequence, der(tag.sequence, der(tag.sequence, der(tag.sequence, profession))));
  return new Extension({ extnID: '1.3.36.8.3.3', critical: false, extnValue: new OctetString(bytes(syntax)) });
}

function extension(extnID: string, critical: boolean, value: unknown): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

function distinguishedName(subject: Subject): Name {
  const given = new Map(Object.entries(subject));
  return new Name(
    Object.entries(attributeTypes)
      .sort(([a], [b]) => rank(a) - rank(b))
      .flatMap(([key, type]) => {
        const text = given.get(key);
        if (text === undefined || text === null) return [];
        // Country and serial number are PrintableString by definition (RFC 5280); names need UTF-8.
        const value = key === 'country' || key === 'serialNumber' ? { printableString: text } : { utf8String: text };
        return [new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value: new AttributeValue(value) })])];
      }),
  );
}

const order = ['country', 'organization', 'title', 'surname', 'givenName', 'serialNumber', 'commonName'];
const rank = (key: string): number => order.indexOf(key);

/** The bytes as an `ArrayBuffer` of their own, as the ASN.1 library wants them. */
export function bytes(data: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(data.byteLength);
  new Uint8Array(copy).set(data);
  return copy;
}
