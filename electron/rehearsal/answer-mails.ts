import MailComposer from 'nodemailer/lib/mail-composer';
import { insurerErrorText, insurerErrorTitles, type ErrorSubject } from './insurer-errors';
import { escapeXml } from './xml';

/** The head of a mail from the world to the practice. */
export interface MailHead {
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly at: Date;
}

/** What an insurer error refers to: the document's Bundle identifier, or the mail's Message-ID where it couldn't be read. */
export type Reference =
  { readonly kind: 'bundle'; readonly uuid: string } | { readonly kind: 'message'; readonly messageId: string };

export interface InsurerErrorMail {
  readonly code: string;
  /** UUID of the OperationOutcome. */
  readonly id: string;
  readonly reference: Reference;
  readonly about: ErrorSubject;
  /** Instead of the prescribed text: what an insurer writes when it found malware. */
  readonly body: string | null;
}

/** Writes an insurer error (P5-04; profile KBV_PR_EAU_health_insurance_Practitioner). */
export function writeInsurerError(error: InsurerErrorMail, head: MailHead): Promise<Buffer> {
  const name = `TEAU0_Fehler_${error.id}`;
  return compose(head, {
    subject: name,
    headers: { 'X-KIM-Dienstkennung': 'eAU;Fehler-Kasse;V1.2', 'X-KIM-Sendersystem': 'Uebungswelt;1.0' },
    text: error.body ?? insurerErrorText(error.code, error.about),
    attachments: [
      {
        filename: `${name}.xml`,
        contentType: 'application/xml',
        content: operationOutcome(error),
        contentTransferEncoding: 'base64',
      },
    ],
  });
}

/** Writes an error of the KIM service itself, with its code in `X-KIM-Fehlermeldung`, about a message that was handed to it. */
export function writeKimServiceError(
  code: string,
  original: { readonly messageId: string; readonly subject: string },
  head: MailHead,
): Promise<Buffer> {
  return compose(head, {
    subject: `Fehlernachricht des KIM-Clientmoduls: ${original.subject}`,
    headers: { 'X-KIM-Fehlermeldung': code },
    inReplyTo: original.messageId,
    references: original.messageId,
    text: `Die Nachricht ${original.messageId} konnte nicht zugestellt werden. Fehlercode: ${code}. (Übungswelt)`,
  });
}

/** Writes a mail that is none of the program's business: another service's. */
export function writeUnrelatedMail(head: MailHead): Promise<Buffer> {
  return compose(head, {
    subject: 'Arztbrief (Übungswelt)',
    headers: { 'X-KIM-Dienstkennung': 'Arztbrief;VHitG-Versand;V1.2' },
    text: 'Ein Arztbrief der Übungswelt. Er gehört einem anderen Programm und bleibt liegen.\n.\nEine Zeile mit einem Punkt allein.',
  });
}

type Content = Omit<NonNullable<ConstructorParameters<typeof MailComposer>[0]>, 'from' | 'to' | 'messageId' | 'date'>;

async function compose(head: MailHead, content: Content): Promise<Buffer> {
  const mail = new MailComposer({
    ...content,
    from: head.from,
    to: head.to,
    messageId: `<${head.messageId}>`,
    date: head.at,
    // The library would write X-Kim-….
    normalizeHeaderKey: (key) => key.replace(/^x-kim-/i, 'X-KIM-'),
  });
  return mail.compile().build();
}

function operationOutcome(error: InsurerErrorMail): string {
  const { reference } = error;
  const identifier =
    reference.kind === 'bundle'
      ? `<extension url="Bundle-Identifier"><valueIdentifier><system value="urn:ietf:rfc:3986"/>` +
        `<value value="urn:uuid:${reference.uuid}"/></valueIdentifier></extension>`
      : '<extension url="Message-ID"><valueIdentifier>' +
        '<system value="https://fhir.kbv.de/NamingSystem/KBV_NS_EAU_Message_ID_KIM"/>' +
        `<value value="${escapeXml(reference.messageId.replace(/^<|>$/g, ''))}"/></valueIdentifier></extension>`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<OperationOutcome xmlns="http://hl7.org/fhir"><id value="${error.id}"/><meta>` +
    '<profile value="https://fhir.kbv.de/StructureDefinition/KBV_PR_EAU_health_insurance_Practitioner|1.2"/></meta>' +
    '<issue><extension url="https://fhir.kbv.de/StructureDefinition/KBV_EX_EAU_health_insurance_Practitioner_Identifier">' +
    `${identifier}</extension><severity value="fatal"/><code value="processing"/><details><coding>` +
    '<system value="https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_EAU_AU_ERROR_KASSE"/>' +
    `<code value="${error.code}"/><display value="${escapeXml(insurerErrorTitles.get(error.code) ?? error.code)}"/>` +
    '</coding></details></issue></OperationOutcome>'
  );
}
