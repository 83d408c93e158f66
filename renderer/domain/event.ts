import { z } from 'zod';

/**
 * What happens to a certificate or a cancellation. Events are only ever appended; a record's state is computed from them (`state.ts`), and
 * the one list feeds the screen, the audit trail and the reports. Instants are UTC ISO strings.
 */

const slipCopy = z.enum(['KK', 'AG', 'V']);
const recipient = z.object({ payerIk: z.string(), address: z.string() });
/** What an insurer reported (`OperationOutcome`), as it came. */
const insurerError = z.object({
  code: z.string(),
  display: z.string(),
  /** The mail body's detail, shown on demand. */
  detail: z.string().nullable(),
  /** The inbox message that brought it. */
  messageId: z.string(),
});

export const eventDetailSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('recorded') }),
  /** A warning (such as a check digit) that the user confirmed; it never refuses. */
  z.object({ type: z.literal('warning-confirmed'), rule: z.string(), field: z.string() }),
  /** Content is locked from here on. `byHand`: the slip was filled in by hand and isn't printed again. */
  z.object({ type: z.literal('issued'), byHand: z.boolean() }),
  /**
   * Another program made the document and left it unsent; its bytes are stored and never change. `xml`: still to be signed; `signed`: the event `signed`
   * follows at once.
   */
  z.object({
    type: z.literal('imported'),
    origin: z.object({ fileName: z.string(), kind: z.enum(['xml', 'signed']) }),
    documentId: z.string(),
    xmlSha256: z.string(),
  }),
  z.object({ type: z.literal('printed'), copies: z.array(slipCopy), printer: z.string(), reprint: z.boolean() }),
  /** The KK copy was handed to the patient. */
  z.object({ type: z.literal('paper-given') }),
  /** The KK copy was posted to the insurer. */
  z.object({ type: z.literal('paper-posted') }),
  /** May not be sent, with the rule and its reason. */
  z.object({ type: z.literal('paper-only'), rule: z.string(), reason: z.string() }),
  z.object({
    type: z.literal('signed'),
    documentId: z.string(),
    /** 1 for the first document of this record, n+1 for each one re-created after insurer errors 100–105. */
    number: z.number().int(),
    xmlSha256: z.string(),
    signedSha256: z.string(),
    signer: z.object({ card: z.enum(['HBA', 'SMC-B']), commonName: z.string(), reason: z.string().nullable() }),
  }),
  z.object({ type: z.literal('signing-failed'), code: z.string(), text: z.string() }),
  /** No KIM address in the directory for any of the insurer's IKs (P5-02): the KK copy is handed out. */
  z.object({ type: z.literal('no-recipient'), payerIk: z.string() }),
  /** Durable before the first byte leaves: after a crash an open attempt is `unknown`. */
  z.object({
    type: z.literal('attempting'),
    attemptId: z.string(),
    documentId: z.string(),
    recipient,
    messageId: z.string(),
  }),
  z.object({ type: z.literal('handed-over'), attemptId: z.string(), response: z.string() }),
  /** The server refused, certainly nothing went out. `temporary`: worth another try as it is. */
  z.object({
    type: z.literal('attempt-failed'),
    attemptId: z.string(),
    temporary: z.boolean(),
    code: z.string(),
    text: z.string(),
  }),
  /** The attempt got no answer: the same bytes go again. */
  z.object({ type: z.literal('attempt-unknown'), attemptId: z.string(), text: z.string() }),
  z.object({ type: z.literal('delivered'), documentId: z.string(), messageId: z.string() }),
  /** A receipt that says the message did not arrive. */
  z.object({
    type: z.literal('delivery-failed'),
    documentId: z.string(),
    messageId: z.string(),
    status: z.string(),
    text: z.string(),
  }),
  z.object({ type: z.literal('delivery-delayed'), documentId: z.string(), messageId: z.string(), status: z.string() }),
  z.object({
    type: z.literal('kim-error'),
    documentId: z.string(),
    messageId: z.string(),
    code: z.string(),
    text: z.string(),
  }),
  /** An insurer error other than 100. */
  z.object({ type: z.literal('rejected'), documentId: z.string(), error: insurerError, malware: z.boolean() }),
  /** Insurer error 100: the person is not insured there. */
  z.object({ type: z.literal('informed'), documentId: z.string(), error: insurerError }),
  /** The user asked for another attempt. */
  z.object({ type: z.literal('resend-requested'), reason: z.string() }),
  z.object({ type: z.literal('discarded'), reason: z.string() }),
  /** A cancellation of this certificate was recorded; it goes its own way. */
  z.object({ type: z.literal('cancelled'), cancellationId: z.string() }),
  /**
   * How far a certificate's cancellation has come, written on the certificate together with the cancellation's own event. `rejected`: the insurer's code
   * and title; `taken-back`: discarded here before it was signed.
   */
  z.object({
    type: z.literal('cancellation-moved'),
    cancellationId: z.string(),
    to: z.enum(['requested', 'handed-over', 'effective', 'rejected', 'taken-back']),
    code: z.string(),
    display: z.string(),
  }),
  /** A corrected certificate names this one. */
  z.object({ type: z.literal('corrected'), byCertificateId: z.string() }),
]);

export type EventDetail = z.output<typeof eventDetailSchema>;
export type EventType = EventDetail['type'];

export const recordEventSchema = z.object({
  id: z.uuid(),
  /** Position in the installation's chain, from 1. */
  sequence: z.number().int().positive(),
  recordId: z.string(),
  at: z.iso.datetime(),
  user: z.string(),
  detail: eventDetailSchema,
  /** SHA-256 (hex) of this event's link in the installation's chain (`event-chain.ts`). */
  hash: z.string(),
});

/** Something that happened to a record. */
export type RecordEvent = z.output<typeof recordEventSchema>;
