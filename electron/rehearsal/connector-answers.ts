import type { Card } from './cards';
import { namespaces } from './connector-requests';
import { escapeXml } from './xml';

/** The connector's own faults, by code (gemSpec_Kon; 1032 and 1047 are gemSpec_PKI's). */
export const connectorFaults = {
  1027: 'CERT_READ_ERROR: Das Zertifikat kann nicht gelesen werden',
  1032: 'OCSP_NOT_AVAILABLE: Der OCSP-Responder ist nicht erreichbar',
  1047: 'CERT_REVOKED: Das Zertifikat ist gesperrt',
  4000: 'Syntaxfehler',
  4003: 'Keine User-ID angegeben',
  4004: 'Ungültige Mandanten-ID',
  4005: 'Ungültige Clientsystem-ID',
  4006: 'Ungültige Arbeitsplatz-ID',
  4047: 'Karten-Handle ungültig',
  4063: 'PIN bereits gesperrt (BLOCKED)',
  4072: 'Ungültige PIN-Referenz PinRef',
  4085: 'Zugriffsbedingungen nicht erfüllt',
  4110: 'ungültiges Dokumentformat',
  4111: 'ungültiger Signaturtyp oder Signaturvariante',
  4149: 'Ungültige Zertifikatsreferenz',
  4243: 'Signaturvorgang zur Jobnummer nicht gefunden',
  4252: 'Jobnummer wurde in den letzten 1.000 Aufrufen bereits verwendet und ist nicht zulässig',
} as const;
export type FaultCode = keyof typeof connectorFaults;

/** What an operation comes to: the body's content, a fault, or (`cut`) the connection breaks off without an answer. */
export type Outcome =
  | { readonly kind: 'answer'; readonly body: string }
  | { readonly kind: 'fault'; readonly code: FaultCode; readonly detail: string }
  | { readonly kind: 'cut' };

export const answer = (body: string): Outcome => ({ kind: 'answer', body });
export const fault = (code: FaultCode, detail: string): Outcome => ({ kind: 'fault', code, detail });

/** `CONN:Status`, all well. */
export const statusOk = `<CONN:Status xmlns:CONN="${namespaces.common}"><CONN:Result>OK</CONN:Result></CONN:Status>`;

/** `CONN:Status` with a warning: how the XSD lets an operation say that it ran but came to nothing. */
export function statusWarning(code: FaultCode, detail: string, at: Date): string {
  return (
    `<CONN:Status xmlns:CONN="${namespaces.common}"><CONN:Result>Warning</CONN:Result>` +
    `${errorElement(code, detail, at)}</CONN:Status>`
  );
}

/** A SOAP 1.1 envelope around a body. */
export function envelope(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<SOAP-ENV:Envelope xmlns:SOAP-ENV="${namespaces.soap}"><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`
  );
}

/** A SOAP fault with gematik's `Error` in its detail. A request that is no good is the client's fault, all else the server's. */
export function faultBody(code: FaultCode, detail: string, at: Date): string {
  const side = code === 4000 ? 'Client' : 'Server';
  return (
    `<SOAP-ENV:Fault><faultcode>SOAP-ENV:${side}</faultcode>` +
    `<faultstring>${escapeXml(connectorFaults[code])}</faultstring>` +
    `<detail>${errorElement(code, detail, at)}</detail></SOAP-ENV:Fault>`
  );
}

export function errorElement(code: FaultCode, detail: string, at: Date): string {
  return (
    `<GERROR:Error xmlns:GERROR="${namespaces.error}"><GERROR:MessageID>uebungswelt</GERROR:MessageID>` +
    `<GERROR:Timestamp>${at.toISOString()}</GERROR:Timestamp><GERROR:Trace>` +
    '<GERROR:EventID>1</GERROR:EventID><GERROR:Instance>Übungswelt</GERROR:Instance>' +
    '<GERROR:LogReference>1</GERROR:LogReference><GERROR:CompType>Konnektor</GERROR:CompType>' +
    `<GERROR:Code>${code}</GERROR:Code><GERROR:Severity>Error</GERROR:Severity>` +
    `<GERROR:ErrorType>Technical</GERROR:ErrorType>` +
    `<GERROR:ErrorText>${escapeXml(connectorFaults[code])}</GERROR:ErrorText>` +
    `<GERROR:Detail>${escapeXml(detail)}</GERROR:Detail></GERROR:Trace></GERROR:Error>`
  );
}

/** `EVT:GetCardsResponse`; `endOf` says until when a card's certificate is valid. */
export function cardsAnswer(cards: readonly Card[], endOf: (card: Card) => Date): Outcome {
  const list = cards.map(
    (card) =>
      `<CARD:Card><CONN:CardHandle>${escapeXml(card.handle)}</CONN:CardHandle>` +
      `<CARDCMN:CardType>${card.type}</CARDCMN:CardType><CARDCMN:Iccsn>${card.iccsn}</CARDCMN:Iccsn>` +
      `<CARDCMN:CtId>Uebungsterminal</CARDCMN:CtId><CARDCMN:SlotId>${card.slot}</CARDCMN:SlotId>` +
      `<CARD:InsertTime>${card.insertedAt.toISOString()}</CARD:InsertTime>` +
      `<CARD:CardHolderName>${escapeXml(card.holder)}</CARD:CardHolderName>` +
      `<CARD:CertificateExpirationDate>${dayOf(endOf(card))}</CARD:CertificateExpirationDate></CARD:Card>`,
  );
  return answer(
    `<EVT:GetCardsResponse xmlns:EVT="${namespaces.event}" xmlns:CARD="${namespaces.card}" ` +
      `xmlns:CARDCMN="${namespaces.cardCommon}" xmlns:CONN="${namespaces.common}">` +
      `${statusOk}<CARD:Cards>${list.join('')}</CARD:Cards></EVT:GetCardsResponse>`,
  );
}

/** The day of an instant as `xs:date`. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** `CERT:ReadCardCertificateResponse`: the card's one certificate under each reference asked for. */
export function certificateAnswer(card: Card, references: readonly string[]): Outcome {
  const { certificate } = card.identity;
  const entries = references.map(
    (reference) =>
      `<CERTCMN:X509DataInfo><CERTCMN:CertRef>${reference}</CERTCMN:CertRef><CERTCMN:X509Data>` +
      `<CERTCMN:X509IssuerSerial><CERTCMN:X509IssuerName>${distinguished(certificate.issuer)}</CERTCMN:X509IssuerName>` +
      `<CERTCMN:X509SerialNumber>${BigInt(`0x${certificate.serialNumber}`)}</CERTCMN:X509SerialNumber>` +
      `</CERTCMN:X509IssuerSerial>` +
      `<CERTCMN:X509SubjectName>${distinguished(certificate.subject)}</CERTCMN:X509SubjectName>` +
      `<CERTCMN:X509Certificate>${certificate.raw.toString('base64')}</CERTCMN:X509Certificate>` +
      '</CERTCMN:X509Data></CERTCMN:X509DataInfo>',
  );
  return answer(
    `<CERT:ReadCardCertificateResponse xmlns:CERT="${namespaces.certificate}" ` +
      `xmlns:CERTCMN="${namespaces.certificateCommon}">${statusOk}` +
      `<CERTCMN:X509DataInfoList>${entries.join('')}</CERTCMN:X509DataInfoList></CERT:ReadCardCertificateResponse>`,
  );
}

/** A distinguished name in one line, most specific attribute first, as RFC 4514 writes it. */
function distinguished(name: string): string {
  return escapeXml(name.split('\n').reverse().join(','));
}
