import type { OutgoingMail } from '../../electron/contract/contract';
import { fileNameOf } from '../fhir/document-identity';
import { toBase64 } from './bytes';

/** Which software sends, for `X-KIM-Sendersystem` and `X-KIM-Support`. */
export interface SendingSoftware {
  readonly name: string;
  readonly version: string;
  readonly support: string;
}

/** This program, as it introduces itself to the insurers. */
export const thisSoftware: SendingSoftware = {
  name: 'Ersatzschein',
  version: '0.1.0',
  support: 'support@ersatzschein.invalid',
};

/** X-KIM-Dienstkennung of a certificate and of a cancellation, and what the attachment is called (eau.md section 7). */
const services = {
  certificate: {
    service: 'eAU;Lieferung;V1.2',
    description: 'eAU',
    text: 'Im Anhang: eine elektronische Arbeitsunfähigkeitsbescheinigung (eAU).',
  },
  cancellation: {
    service: 'eAU;Storno-Arzt;V1.2',
    description: 'eAUStorno',
    text: 'Im Anhang: die Stornierung einer elektronischen Arbeitsunfähigkeitsbescheinigung (eAU).',
  },
} as const;

/** The Message-ID of an attempt: unique, without host name or anything personal, and from it the document can be told. */
export function messageIdOf(documentId: string, attemptId: string): string {
  return `<${documentId}.${attemptId}@eau>`;
}

/** The document that a Message-ID of ours is about, with or without angle brackets; `null` for anybody else's. */
export function documentIdFromMessageId(messageId: string): string | null {
  return /^<?([0-9a-f-]{36})\.[0-9a-f-]{36}@eau>?$/.exec(messageId.trim())?.[1] ?? null;
}

/** The attempt that a Message-ID of ours belongs to; `null` for anybody else's. */
export function attemptIdFromMessageId(messageId: string): string | null {
  return /^<?[0-9a-f-]{36}\.([0-9a-f-]{36})@eau>?$/.exec(messageId.trim())?.[1] ?? null;
}

/** The document that a subject of ours is about (`TEAU0_<uuid>`, `EEAU0_Storno_<uuid>`); `null` for any other. */
export function documentIdFromSubject(subject: string): string | null {
  return (
    /[ET]EAU0_(?:Storno_)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/.exec(subject)?.[1] ?? null
  );
}

/**
 * The mail that carries one signed document (P5-02): one signed file, only `To`, a delivery receipt asked for under the document's id.
 * The host composes the MIME message from it and adds From and Reply-To.
 */
export function outgoingMail(message: {
  kind: 'certificate' | 'cancellation';
  documentId: string;
  attemptId: string;
  signed: Uint8Array;
  to: string;
  sentAt: Date;
  test: boolean;
  software?: SendingSoftware;
}): OutgoingMail {
  const name = fileNameOf(message.documentId, { kind: message.kind, test: message.test });
  const { service, description, text } = services[message.kind];
  const software = message.software ?? thisSoftware;
  return {
    to: message.to,
    subject: name,
    messageId: messageIdOf(message.documentId, message.attemptId),
    date: message.sentAt.toISOString(),
    headers: [
      { name: 'X-KIM-Dienstkennung', value: service },
      { name: 'X-KIM-Sendersystem', value: `${software.name};${software.version}` },
      { name: 'X-KIM-Support', value: software.support },
    ],
    text,
    attachment: { name: `${name}.p7s`, description, content: toBase64(message.signed) },
    envelopeId: message.documentId,
  };
}
