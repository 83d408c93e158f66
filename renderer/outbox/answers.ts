import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { readInsurerError } from '../fhir/insurer-error';
import { attemptIdFromMessageId, documentIdFromMessageId, documentIdFromSubject } from './outgoing-mail';

/** Whose document a message says it is about, by the first of envelope id, returned Message-ID and subject that names one (P5-04). */
interface Reference {
  readonly documentId: string | null;
  /** Where a Message-ID names it: of which attempt, which must be one that we made. */
  readonly attemptId: string | null;
  /** The attempt by the returned Message-ID, where the envelope id names the document already. */
  readonly returnedAttemptId: string | null;
}

/**
 * What a fetched message says. Nothing here trusts the message: what it claims is checked against our own attempts in `matching.ts`.
 */
export type Answer =
  | (Reference & {
      readonly kind: 'receipt';
      readonly action: 'delivered' | 'failed' | 'delayed';
      /** As it came, whatever it names. */
      readonly envelopeId: string | null;
      readonly recipient: string;
      readonly status: string;
      readonly text: string;
    })
  | (Reference & {
      readonly kind: 'insurer-error';
      readonly sender: string;
      readonly code: string;
      readonly display: string;
      /** The mail body, shown on demand. */
      readonly detail: string | null;
    })
  | (Reference & {
      readonly kind: 'kim-error';
      readonly sender: string;
      readonly code: string;
      readonly text: string;
    })
  /** It is meant for us but can't be understood: kept and shown. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'other' };

const insurerErrorService = 'eAU;Fehler-Kasse;V1.2';
/** Insurer errors are a few kilobytes; what is far larger is not taken apart. */
const largestMail = 30 * 1024 * 1024;

/** Reads a fetched message. Never throws on what it is fed. */
export async function readAnswer(raw: Uint8Array): Promise<Answer> {
  if (raw.byteLength > largestMail) return { kind: 'unreadable', reason: `${raw.byteLength} bytes` };
  let mail: Email;
  try {
    mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer', forceRfc822Attachments: true });
  } catch (error) {
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
  // The service that could not carry our mail marks its notice; the notice may itself be a delivery report.
  const kimErrors = headersOf(mail, 'x-kim-fehlermeldung');
  if (kimErrors.length > 0) return readKimError(mail, kimErrors);
  const report = mail.attachments.find((part) => part.mimeType === 'message/delivery-status');
  if (report !== undefined) return readReceipt(mail, report);
  if (headerOf(mail, 'x-kim-dienstkennung') === insurerErrorService) return readError(mail);
  return { kind: 'other' };
}

function readReceipt(mail: Email, report: Attachment): Answer {
  const groups = fieldGroups(textOf(report));
  const message = groups[0] ?? new Map<string, string>();
  const recipient = groups.find((group) => group.has('final-recipient'));
  if (recipient === undefined) return { kind: 'unreadable', reason: 'delivery report without a recipient' };
  const status = recipient.get('status') ?? '';
  const envelopeId = message.get('original-envelope-id') ?? null;
  const action = recipient.get('action')?.toLowerCase() ?? '';
  if (action !== 'delivered' && action !== 'failed' && action !== 'delayed') return { kind: 'other' };
  return {
    kind: 'receipt',
    action,
    ...referenceIn(envelopeId, mail),
    envelopeId,
    recipient: addressIn(recipient.get('original-recipient') ?? recipient.get('final-recipient') ?? ''),
    status,
    text: recipient.get('diagnostic-code') ?? '',
  };
}

/** The header may come several times, one for each thing that went wrong (gematik's guide to KIM, «Fehlernachrichten»): all codes are shown. */
function readKimError(mail: Email, values: readonly string[]): Answer {
  const report = mail.attachments.find((part) => part.mimeType === 'message/delivery-status');
  const envelopeId =
    report === undefined ? null : (fieldGroups(textOf(report))[0]?.get('original-envelope-id') ?? null);
  const parts = values.map((value) => value.split(';').map((part) => part.trim()));
  const said = parts
    .map(([, ...rest]) => rest.join('; '))
    .filter((text) => text !== '')
    .join('; ');
  return {
    kind: 'kim-error',
    ...referenceIn(envelopeId, mail),
    sender: senderOf(mail),
    code: parts.map(([code = '']) => code).join(', '),
    text: said || (mail.text ?? '').trim().slice(0, 2000),
  };
}

function readError(mail: Email): Answer {
  const xml = mail.attachments.filter(
    (part) => /xml/.test(part.mimeType) || part.filename?.toLowerCase().endsWith('.xml') === true,
  );
  const [only] = xml;
  if (only === undefined || xml.length > 1)
    return { kind: 'unreadable', reason: `${xml.length} XML attachments, not one` };
  const outcome = readInsurerError(bytesOf(only));
  if (outcome.kind === 'unreadable') return { kind: 'unreadable', reason: outcome.reason };
  return {
    kind: 'insurer-error',
    ...(outcome.bundleIdentifier === null && outcome.messageId !== null
      ? byMessageId(outcome.messageId)
      : { ...nothingNamed, documentId: outcome.bundleIdentifier }),
    sender: senderOf(mail),
    code: outcome.code,
    display: outcome.display,
    detail: mail.text?.trim() ?? null,
  };
}

/** ENVID first, then the returned Message-ID, then the returned subject (P5-04). */
function referenceIn(envelopeId: string | null, mail: Email): Reference {
  const id = envelopeId?.trim().toLowerCase() ?? '';
  const returned = mail.attachments
    .filter((part) => part.mimeType === 'text/rfc822-headers' || part.mimeType === 'message/rfc822')
    .map((part) => fieldGroups(textOf(part))[0] ?? new Map<string, string>());
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    const about = returned.map((header) => byMessageId(header.get('message-id') ?? ''));
    const returnedAttemptId = about.find(({ documentId }) => documentId === id)?.attemptId ?? null;
    return { documentId: id, attemptId: null, returnedAttemptId };
  }
  for (const header of returned) {
    const found = byMessageId(header.get('message-id') ?? '');
    if (found.documentId !== null) return found;
    const documentId = documentIdFromSubject(header.get('subject') ?? '');
    if (documentId !== null) return { ...nothingNamed, documentId };
  }
  const references = [headerOf(mail, 'in-reply-to'), headerOf(mail, 'references')].flatMap((value) =>
    (value ?? '').split(/\s+/),
  );
  return references.map(byMessageId).find(({ documentId }) => documentId !== null) ?? nothingNamed;
}

const nothingNamed: Reference = { documentId: null, attemptId: null, returnedAttemptId: null };

function byMessageId(messageId: string): Reference {
  const documentId = documentIdFromMessageId(messageId);
  return { documentId, attemptId: attemptIdFromMessageId(messageId), returnedAttemptId: null };
}

/** Groups of header-like fields, separated by empty lines, names in lower case; the first of a name counts. */
function fieldGroups(text: string): Map<string, string>[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/)
    .map((group) => {
      const fields = new Map<string, string>();
      for (const line of group.split('\n')) {
        const match = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line);
        const name = match?.[1]?.toLowerCase();
        if (name !== undefined && !fields.has(name)) fields.set(name, match?.[2]?.trim() ?? '');
      }
      return fields;
    })
    .filter((fields) => fields.size > 0);
}

/** The one in `From`, in lower case; empty where there is none. */
function senderOf(mail: Email): string {
  return mail.from?.address?.toLowerCase() ?? '';
}

function headersOf(mail: Email, name: string): string[] {
  return mail.headers.filter((header) => header.key === name).map(({ value }) => value.trim());
}

function headerOf(mail: Email, name: string): string | null {
  return headersOf(mail, name)[0] ?? null;
}

function addressIn(field: string): string {
  return field
    .slice(field.indexOf(';') + 1)
    .trim()
    .replace(/^<|>$/g, '')
    .toLowerCase();
}

function bytesOf(part: Attachment): Uint8Array {
  if (typeof part.content === 'string') return new TextEncoder().encode(part.content);
  return part.content instanceof Uint8Array ? part.content : new Uint8Array(part.content);
}

function textOf(part: Attachment): string {
  return new TextDecoder().decode(bytesOf(part));
}
