import type { CallContext } from '../../contract/connections';
import { comfortNamespace, namespaces, type SignatureNamespace } from './namespaces';
import { escapeXml } from './xml';

/**
 * The requests to the connector, each the content of a SOAP body. Written as templates and checked against gematik's schemas in the tests.
 */

/** The PIN that unlocks signing: of the doctor's card, or of the practice's. */
export type PinType = 'PIN.QES' | 'PIN.SMC';
/** Which certificate of a card: qualified signature (HBA), or organisation signature (SMC-B). */
export type CertificateReference = 'C.QES' | 'C.SIG';

/** EventService: the cards in the practice's terminals that this context may use. */
export function getCards(context: CallContext): string {
  return `<EVT:GetCards xmlns:EVT="${namespaces.event}" mandant-wide="false">${callContext(context)}</EVT:GetCards>`;
}

/** CardService: whether a PIN is verified, blocked … */
export function getPinStatus(context: CallContext, cardHandle: string, pin: PinType): string {
  return cardService('GetPinStatus', context, cardHandle, pin);
}

/** CardService: asks for the PIN at the card terminal. */
export function verifyPin(context: CallContext, cardHandle: string, pin: PinType): string {
  return cardService('VerifyPin', context, cardHandle, pin);
}

/** CertificateService: a certificate from a card. `crypt` `null` leaves the algorithm to the connector. */
export function readCardCertificate(
  context: CallContext,
  cardHandle: string,
  reference: CertificateReference,
  crypt: 'ECC' | null,
): string {
  const algorithm = crypt === null ? '' : `<CERT:Crypt>${crypt}</CERT:Crypt>`;
  return (
    `<CERT:ReadCardCertificate xmlns:CERT="${namespaces.certificate}">${handle(cardHandle)}${callContext(context)}` +
    `<CERT:CertRefList><CERT:CertRef>${reference}</CERT:CertRef></CERT:CertRefList>${algorithm}</CERT:ReadCardCertificate>`
  );
}

/** CertificateService: until when the certificates of the connector itself and of all cards that sign are valid. */
export function checkCertificateExpiration(context: CallContext, crypt: 'ECC' | null): string {
  const algorithm = crypt === null ? '' : `<CERT:Crypt>${crypt}</CERT:Crypt>`;
  return (
    `<CERT:CheckCertificateExpiration xmlns:CERT="${namespaces.certificate}">${callContext(context)}${algorithm}` +
    '</CERT:CheckCertificateExpiration>'
  );
}

/** CertificateService: whether a certificate (DER) counts now; the connector asks its issuer whether it was revoked. */
export function verifyCertificate(context: CallContext, certificate: Buffer): string {
  return (
    `<CERT:VerifyCertificate xmlns:CERT="${namespaces.certificate}">${callContext(context)}` +
    `<CERTCMN:X509Certificate xmlns:CERTCMN="${namespaces.certificateCommon}">${certificate.toString('base64')}` +
    '</CERTCMN:X509Certificate></CERT:VerifyCertificate>'
  );
}

/** SignatureService: a number for the signing that follows, by which it can be stopped. */
export function getJobNumber(signature: SignatureNamespace, context: CallContext): string {
  return `<SIG:GetJobNumber xmlns:SIG="${signature}">${callContext(context)}</SIG:GetJobNumber>`;
}

/** SignatureService: stops the signing with this number. */
export function stopSignature(signature: SignatureNamespace, context: CallContext, jobNumber: string): string {
  return (
    `<SIG:StopSignature xmlns:SIG="${signature}">${callContext(context)}` +
    `<SIG:JobNumber>${escapeXml(jobNumber)}</SIG:JobNumber></SIG:StopSignature>`
  );
}

/** SignatureService 7.5: turns comfort signature on for a doctor's card; the PIN is asked for at the terminal. */
export function activateComfortSignature(context: CallContext, cardHandle: string): string {
  return comfortRequest('ActivateComfortSignature', `${handle(cardHandle)}${callContext(context)}`);
}

/** SignatureService 7.5: turns it off; needs no context. */
export function deactivateComfortSignature(cardHandle: string): string {
  return comfortRequest('DeactivateComfortSignature', handle(cardHandle));
}

/** SignatureService 7.5: whether comfort signature is allowed, and what is left of this user's session on the card. */
export function getSignatureMode(context: CallContext, cardHandle: string): string {
  return comfortRequest('GetSignatureMode', `${handle(cardHandle)}${callContext(context)}`);
}

/** A document to sign; `id` tells it apart within the request and comes back in the answer. */
export interface DocumentToSign {
  readonly id: string;
  readonly name: string;
  readonly content: Buffer;
}

/**
 * SignatureService: each document signed by itself, CAdES (RFC 5652) with the content inside and the revocation information embedded
 * (P4-01, P4-02).
 */
export function signDocument(
  signature: SignatureNamespace,
  context: CallContext,
  cardHandle: string,
  jobNumber: string,
  documents: readonly DocumentToSign[],
): string {
  const requests = documents.map(
    ({ id, name, content }) =>
      `<SIG:SignRequest RequestID="${escapeXml(id)}"><SIG:OptionalInputs>` +
      `<dss:SignatureType xmlns:dss="${namespaces.dss}">urn:ietf:rfc:5652</dss:SignatureType>` +
      `<SIG:IncludeEContent>true</SIG:IncludeEContent></SIG:OptionalInputs>` +
      `<SIG:Document ID="${escapeXml(id)}" ShortText="${escapeXml(shortText(name))}">` +
      `<dss:Base64Data xmlns:dss="${namespaces.dss}" MimeType="text/plain; charset=utf-8">` +
      `${content.toString('base64')}</dss:Base64Data></SIG:Document>` +
      `<SIG:IncludeRevocationInfo>true</SIG:IncludeRevocationInfo></SIG:SignRequest>`,
  );
  return (
    `<SIG:SignDocument xmlns:SIG="${signature}">${handle(cardHandle)}${callContext(context)}` +
    `<SIG:TvMode>NONE</SIG:TvMode><SIG:JobNumber>${escapeXml(jobNumber)}</SIG:JobNumber>` +
    `${requests.join('')}</SIG:SignDocument>`
  );
}

/** What the card terminal or the connector's log may show of a document's name: 30 characters of a small set (SIG:ShortText). */
function shortText(name: string): string {
  return name.replace(/[^a-zA-Z 0-9_.\-äöüÄÖÜß]/g, '_').slice(0, 30);
}

function cardService(operation: string, context: CallContext, cardHandle: string, pin: PinType): string {
  return (
    `<CARD:${operation} xmlns:CARD="${namespaces.card}">${callContext(context)}${handle(cardHandle)}` +
    `<CARDCMN:PinTyp xmlns:CARDCMN="${namespaces.cardCommon}">${pin}</CARDCMN:PinTyp></CARD:${operation}>`
  );
}

function comfortRequest(operation: string, content: string): string {
  return `<SIG:${operation} xmlns:SIG="${comfortNamespace}">${content}</SIG:${operation}>`;
}

function handle(cardHandle: string): string {
  return `<CONN:CardHandle xmlns:CONN="${namespaces.common}">${escapeXml(cardHandle)}</CONN:CardHandle>`;
}

function callContext(context: CallContext): string {
  const user = context.userId === null ? '' : `<CONN:UserId>${escapeXml(context.userId)}</CONN:UserId>`;
  return (
    `<CCTX:Context xmlns:CCTX="${namespaces.context}" xmlns:CONN="${namespaces.common}">` +
    `<CONN:MandantId>${escapeXml(context.mandantId)}</CONN:MandantId>` +
    `<CONN:ClientSystemId>${escapeXml(context.clientSystemId)}</CONN:ClientSystemId>` +
    `<CONN:WorkplaceId>${escapeXml(context.workplaceId)}</CONN:WorkplaceId>${user}</CCTX:Context>`
  );
}
