import { X509Certificate } from 'node:crypto';
import type { Faults } from '../contract/rehearsal';
import type { Identity } from './authority';
import type { Card } from './cards';
import {
  answer,
  certificateAnswer,
  dayOf,
  errorElement,
  fault as faultOutcome,
  statusOk,
  statusWarning,
  type FaultCode,
  type Outcome,
} from './connector-answers';
import { namespaces } from './connector-requests';
import { child, children, escapeXml, type XmlElement } from './xml';

/** What the certificate service needs to know of its surroundings. */
export interface CertificateSurroundings {
  /** The connector's own. */
  readonly identity: Identity;
  readonly cards: () => readonly Card[];
  readonly now: () => Date;
  readonly fault: () => Faults['connector'];
}

const day = 86_400_000;
/** So long the cards' certificates last while they are said to end. */
const daysLeft = 30;

/** The connector's CertificateService: which certificates the cards hold, how long they last, and whether they count. */
export class CertificateService {
  constructor(private readonly surroundings: CertificateSurroundings) {}

  /** Until when a card's certificate is valid, as everything in this world says it. */
  endOf({ identity }: Card): Date {
    const end = new Date(identity.certificate.validTo);
    return this.surroundings.fault() === 'certificate-ends'
      ? new Date(this.surroundings.now().getTime() + daysLeft * day)
      : end;
  }

  /** `CERT:ReadCardCertificate`. */
  read(card: Card, request: XmlElement): Outcome {
    const list = child(request, 'CertRefList');
    const references = list === undefined ? [] : children(list, 'CertRef').map((element) => element.text.trim());
    const onCard = [card.signing.reference, 'C.AUT', 'C.ENC'];
    const unknown = references.find((reference) => !onCard.includes(reference));
    return unknown === undefined ? certificateAnswer(card, references) : faultOutcome(4149, unknown);
  }

  /** `CERT:CheckCertificateExpiration`: of one card, or of the connector and all cards. */
  expirations(request: XmlElement): Outcome {
    const handle = child(request, 'CardHandle')?.text;
    const cards = this.surroundings.cards().filter((card) => handle === undefined || card.handle === handle);
    if (handle !== undefined && cards.length === 0) return faultOutcome(4047, handle);
    const { certificate } = this.surroundings.identity;
    const own = expiration('', 'gSMC-K', '80276999990000000000', certificate, new Date(certificate.validTo));
    const entries = cards.map((card) =>
      expiration('Uebungsterminal', card.handle, card.iccsn, card.identity.certificate, this.endOf(card)),
    );
    return answer(
      `<CERT:CheckCertificateExpirationResponse xmlns:CERT="${namespaces.certificate}" xmlns:CONN="${namespaces.common}">` +
        `${statusOk}${handle === undefined ? own : ''}${entries.join('')}</CERT:CheckCertificateExpirationResponse>`,
    );
  }

  /** `CERT:VerifyCertificate`: of the world's cards all count, unless the fault in force says otherwise. */
  verify(request: XmlElement): Outcome {
    const certificate = readCertificate(child(request, 'X509Certificate')?.text ?? '');
    if (certificate === null) return faultOutcome(1027, 'X509Certificate');
    const known = this.surroundings
      .cards()
      .some(({ identity }) => identity.certificate.fingerprint256 === certificate.fingerprint256);
    const { fault, now } = this.surroundings;
    switch (fault()) {
      case 'certificate-revoked':
        return verdict('INVALID', 1047, certificate, now());
      case 'no-revocation-check':
        return verdict('INCONCLUSIVE', 1032, certificate, now());
      default:
        return known ? verdict('VALID', null, certificate, now()) : verdict('INVALID', 1027, certificate, now());
    }
  }
}

function expiration(ctId: string, handle: string, iccsn: string, certificate: X509Certificate, end: Date): string {
  const name = /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '';
  return (
    `<CERT:CertificateExpiration><CERT:CtID>${ctId}</CERT:CtID><CONN:CardHandle>${escapeXml(handle)}</CONN:CardHandle>` +
    `<CERT:ICCSN>${iccsn}</CERT:ICCSN><CERT:subject_commonName>${escapeXml(name)}</CERT:subject_commonName>` +
    `<CERT:serialNumber>${BigInt(`0x${certificate.serialNumber}`)}</CERT:serialNumber>` +
    `<CERT:validity>${dayOf(end)}</CERT:validity></CERT:CertificateExpiration>`
  );
}

function verdict(
  result: 'VALID' | 'INVALID' | 'INCONCLUSIVE',
  code: FaultCode | null,
  certificate: X509Certificate,
  at: Date,
): Outcome {
  const detail = certificate.serialNumber;
  return answer(
    `<CERT:VerifyCertificateResponse xmlns:CERT="${namespaces.certificate}">` +
      (code === null ? statusOk : statusWarning(code, detail, at)) +
      `<CERT:VerificationStatus><CERT:VerificationResult>${result}</CERT:VerificationResult>` +
      (code === null ? '' : errorElement(code, detail, at)) +
      // Arzt, the role of everybody in this world (gemSpec_OID).
      '</CERT:VerificationStatus><CERT:RoleList><CERT:Role>1.2.276.0.76.4.30</CERT:Role></CERT:RoleList>' +
      '</CERT:VerifyCertificateResponse>',
  );
}

function readCertificate(base64: string): X509Certificate | null {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'));
  } catch {
    return null;
  }
}
