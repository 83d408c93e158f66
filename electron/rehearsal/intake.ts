import { createHash } from 'node:crypto';
import PostalMime, { type Email } from 'postal-mime';
import type { Authority } from './authority';
import { openSigned } from './cms';
import { readDocument } from './document';
import type { Reference } from './answer-mails';

/** What an insurer's intake makes of a message. */
export interface Judgement {
  /** `accepted`, or the insurer error's code. */
  readonly verdict: string;
  readonly documentId: string | null;
  readonly xmlSha256: string | null;
  readonly reference: Reference;
  readonly patient: string | null;
  readonly messageId: string;
  readonly subject: string;
  /** The day of sending, DD.MM.YYYY. */
  readonly sentOn: string;
}

interface Known {
  readonly fileSha256: string;
  readonly xmlSha256: string;
  readonly verdict: string;
}

/** What the intake must know besides the message. */
export interface IntakeQuestion {
  readonly raw: Buffer;
  /** The insurer to which it was sent. */
  readonly payerIk: string;
  /** All IKs that insurers of the world have. */
  readonly isPayer: (ik: string) => boolean;
  readonly at: Date;
  /** An error that the rehearsal wants this message to meet with, if nothing else is wrong with it. */
  readonly wantedError: () => string | null;
}

type Kind = 'certificate' | 'cancellation';

/** The codes of one mistake, for a certificate and for a cancellation. */
const codes = {
  specification: { certificate: '101', cancellation: '102' },
  charset: { certificate: '103', cancellation: '104' },
  untrusted: { certificate: '201', cancellation: '203' },
  mismatch: { certificate: '202', cancellation: '204' },
} as const;

const nameOf = {
  certificate: /^TEAU0_([0-9a-f-]{36})$/,
  cancellation: /^TEAU0_Storno_([0-9a-f-]{36})$/,
} as const;
const services = { certificate: 'eAU;Lieferung;V1.2', cancellation: 'eAU;Storno-Arzt;V1.2' } as const;

/**
 * The intake of the world's insurers: takes a message apart as they do, says what is wrong with it (P5-04), and remembers the documents:
 * an identical file is a duplicate and accepted, the same id with other bytes is an error.
 */
export class Intake {
  readonly #known = new Map<string, Known>();

  constructor(private readonly cards: Authority) {}

  /** Judges one message. Messages must be brought one after another. */
  async judge(question: IntakeQuestion): Promise<Judgement> {
    const mail = await parseMail(question.raw);
    if (mail === null) return hopeless(question);
    const subject = mail.subject ?? '';
    const kind: Kind = /Storno/.test(subject) ? 'cancellation' : 'certificate';
    const messageId = mail.messageId ?? '';
    const common = {
      messageId,
      subject,
      sentOn: germanDay(question.at),
      documentId: null,
      xmlSha256: null,
      patient: null,
      reference: { kind: 'message', messageId },
    } as const;
    const file = findFile(mail, kind);
    if (file === null) return { ...common, verdict: codes.specification[kind] };

    const opened = openSigned(file.content, this.cards, question.at);
    if (opened.kind === 'unreadable') return { ...common, verdict: codes.specification[kind] };
    const xmlSha256 = sha256(opened.content);
    const document = readDocument(opened.content);
    if (document.kind === 'wrong-charset') return { ...common, xmlSha256, verdict: codes.charset[kind] };
    if (document.kind === 'unreadable') return { ...common, xmlSha256, verdict: codes.specification[kind] };

    const read: Omit<Judgement, 'verdict'> = {
      ...common,
      documentId: document.uuid,
      xmlSha256,
      patient: document.kind === 'certificate' ? document.patient : null,
      reference: { kind: 'bundle', uuid: document.uuid },
    };
    if (document.kind !== kind || document.uuid !== file.uuid) return { ...read, verdict: codes.specification[kind] };

    const fileSha256 = sha256(file.content);
    const known = this.#known.get(document.uuid);
    if (known?.fileSha256 === fileSha256) return { ...read, verdict: known.verdict };
    const isSignedAgain =
      known !== undefined && known.xmlSha256 === xmlSha256 && ['201', '202', '203', '204'].includes(known.verdict);
    // The document that was accepted stays the one that counts.
    if (known !== undefined && !isSignedAgain) return { ...read, verdict: codes.specification[kind] };

    const verdict =
      opened.kind !== 'valid'
        ? codes[opened.kind][kind]
        : (this.#contentError(document, question) ?? question.wantedError() ?? 'accepted');
    // With a KIM problem the insurer never saw what is inside, so it can't remember it, nor name the document.
    if (!isSeen(verdict)) return { ...read, verdict, reference: { kind: 'message', messageId } };
    this.#known.set(document.uuid, { fileSha256, xmlSha256, verdict });
    return { ...read, verdict };
  }

  #contentError(
    document: Exclude<ReturnType<typeof readDocument>, { kind: 'unreadable' | 'wrong-charset' }>,
    question: IntakeQuestion,
  ): string | null {
    if (document.kind === 'cancellation') {
      return this.#known.get(document.cancelledUuid)?.verdict === 'accepted' ? null : '105';
    }
    // An insurer may have more IKs than the one with a KIM address (P5-02 4b), so only another insurer's IK is wrong.
    return document.payerIk !== question.payerIk && question.isPayer(document.payerIk) ? '101' : null;
  }
}

/** Says whether the insurer could open the message: not with KIM problems (3xx), nor with the KIM service's own errors. */
function isSeen(verdict: string): boolean {
  return verdict === 'accepted' || /^[12]\d\d(-|$)/.test(verdict);
}

async function parseMail(raw: Buffer): Promise<Email | null> {
  try {
    return await new PostalMime({ attachmentEncoding: 'arraybuffer' }).parse(raw);
  } catch {
    // The mail library refuses what is nested too deeply or has headers without end; so would an insurer.
    return null;
  }
}

/** The judgement on a message that is no mail. Its header can still name it. */
function hopeless(question: IntakeQuestion): Judgement {
  const messageId = /^message-id:\s*(<[^>\r\n]*>)/im.exec(question.raw.toString('latin1'))?.[1] ?? '';
  return {
    verdict: codes.specification.certificate,
    documentId: null,
    xmlSha256: null,
    reference: { kind: 'message', messageId },
    patient: null,
    messageId,
    subject: '',
    sentOn: germanDay(question.at),
  };
}

interface SignedFile {
  readonly uuid: string;
  readonly content: Buffer;
}

/** The one signed file, `null` unless the mail is as P5-03 wants it: subject, service, file name and description say the same. */
function findFile(mail: Email, kind: Kind): SignedFile | null {
  const name = mail.subject ?? '';
  const uuid = nameOf[kind].exec(name)?.[1];
  const service = mail.headers.find((header) => header.key === 'x-kim-dienstkennung')?.value;
  const [attachment, ...others] = mail.attachments;
  if (uuid === undefined || service !== services[kind] || attachment === undefined || others.length > 0) return null;
  if (attachment.filename !== `${name}.p7s` || attachment.mimeType !== 'application/octet-stream') return null;
  if (attachment.description !== (kind === 'certificate' ? 'eAU' : 'eAUStorno')) return null;
  if (mail.messageId === undefined || mail.replyTo === undefined) return null;
  if (mail.cc !== undefined || mail.bcc !== undefined) return null;
  if (typeof attachment.content === 'string') return null;
  return { uuid, content: Buffer.from(new Uint8Array(attachment.content)) };
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function germanDay(at: Date): string {
  return new Intl.DateTimeFormat('de-DE', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'Europe/Berlin',
  }).format(at);
}
