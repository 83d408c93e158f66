import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { readInsurerError } from '../fhir/insurer-error';
import { documentIdFromMessageId, documentIdFromSubject } from './outgoing-mail';

/**
 * What a fetched message says. Nothing here trusts the message: what it claims is checked against our own attempts in `matching.ts`.
 * `documentId`: whose document it says it is about, by the first of envelope id, returned Message-ID and subject that names one (P5-04).
 */
export type Answer =
  | {
      readonly kind: 'receipt';
      readonly action: 'delivered' | 'failed' | 'delayed';
      readonly documentId: string | null;
      /** As it came, whatever it names. */
      readonly envelopeId: string | null;
      readonly recipient: string;
      readonly status: string;
      readonly text: string;
    }
  | {
      readonly kind: 'insurer-error';
      readonly documentId: string | null;
      readonly sender: string;
      readonly code: string;
      readonly display: string;
      /** The mail body, shown on demand. */
      readonly detail: string | null;
    }
  | { readonly kind: 'kim-error'; readonly documentId: string | null; readonly code: string; readonly text: string }
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
  const kimError = headerOf(mail, 'x-kim-fehlermeldung');
  if (kimError !== null) return readKimError(mail, kimError);
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
    documentId: documentIdIn(envelopeId, mail),
    envelopeId,
    recipient: addressIn(recipient.get('original-recipient') ?? recipient.get('final-recipient') ?? ''),
    status,
    text: recipient.get('diagnostic-code') ?? '',
  };
}

function readKimError(mail: Email, value: string): Answer {
  const report = mail.attachments.find((part) => part.mimeType === 'message/delivery-status');
  const envelopeId =
    report === undefined ? null : (fieldGroups(textOf(report))[0]?.get('original-envelope-id') ?? null);
  const [code = '', ...rest] = value.split(';');
  return {
    kind: 'kim-error',
    documentId: documentIdIn(envelopeId, mail),
    code: code.trim(),
    text: rest.join(';').trim() || (mail.text ?? '').trim().slice(0, 2000),
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
    documentId:
      outcome.bundleIdentifier ?? (outcome.messageId === null ? null : documentIdFromMessageId(outcome.messageId)),
    sender: mail.from?.address?.toLowerCase() ?? '',
    code: outcome.code,
    display: outcome.display,
    detail: mail.text?.trim() ?? null,
  };
}

/** ENVID first, then the returned Message-ID, then the returned subject (P5-04). */
function documentIdIn(envelopeId: string | null, mail: Email): string | null {
  const id = envelopeId?.trim().toLowerCase() ?? '';
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  const returned = mail.attachments
    .filter((part) => part.mimeType === 'text/rfc822-headers' || part.mimeType === 'message/rfc822')
    .map((part) => fieldGroups(textOf(part))[0] ?? new Map<string, string>());
  for (const header of returned) {
    const found =
      documentIdFromMessageId(header.get('message-id') ?? '') ?? documentIdFromSubject(header.get('subject') ?? '');
    if (found !== null) return found;
  }
  const references = [headerOf(mail, 'in-reply-to'), headerOf(mail, 'references')].flatMap((value) =>
    (value ?? '').split(/\s+/),
  );
  for (const reference of references) {
    const found = documentIdFromMessageId(reference);
    if (found !== null) return found;
  }
  return null;
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

function headerOf(mail: Email, name: string): string | null {
  return mail.headers.find((header) => header.key === name)?.value.trim() ?? null;
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
