import { z } from 'zod';
import type { RecordState } from './state';

/** A record's state as it comes back from where it is kept. */

const document = z.object({
  documentId: z.string(),
  number: z.number(),
  xmlSha256: z.string(),
  signedSha256: z.string(),
  signedAt: z.string(),
});
const attempt = z.object({
  attemptId: z.string(),
  documentId: z.string(),
  at: z.string(),
  payerIk: z.string(),
  address: z.string(),
  messageId: z.string(),
});
const error = z.object({
  code: z.string(),
  display: z.string(),
  detail: z.string().nullable(),
  messageId: z.string(),
});

/** What is true beside the stage. */
const facts = z.object({
  since: z.string(),
  paper: z.enum(['none', 'given', 'posted']),
  byHand: z.boolean(),
  printed: z.array(z.enum(['KK', 'AG', 'V'])),
  issuedAt: z.string().nullable(),
  // Rows written before documents could be imported lack it.
  imported: z
    .object({ fileName: z.string(), kind: z.enum(['xml', 'signed']), documentId: z.string(), xmlSha256: z.string() })
    .nullable()
    .default(null),
  attempts: z.array(attempt),
  setback: z
    .object({
      kind: z.enum(['signing-failed', 'no-recipient', 'attempt-failed', 'delivery-failed', 'kim-error']),
      at: z.string(),
      code: z.string(),
      text: z.string(),
      temporary: z.boolean(),
    })
    .nullable(),
  correctedBy: z.string().nullable(),
});

export const recordStateSchema = z.discriminatedUnion('stage', [
  facts.extend({ stage: z.literal('recorded') }),
  facts.extend({ stage: z.literal('issued') }),
  facts.extend({ stage: z.literal('signed'), document }),
  facts.extend({ stage: z.literal('attempting'), document, attempt }),
  facts.extend({ stage: z.literal('unknown'), document, attempt }),
  facts.extend({ stage: z.literal('handed-over'), document, attempt }),
  facts.extend({ stage: z.literal('delivered'), document, deliveredAt: z.string() }),
  facts.extend({ stage: z.literal('closed'), document, deliveredAt: z.string() }),
  facts.extend({ stage: z.literal('rejected'), document, error, malware: z.boolean() }),
  facts.extend({ stage: z.literal('informed'), document, error }),
  facts.extend({ stage: z.literal('paper-only'), rule: z.string(), reason: z.string() }),
  facts.extend({ stage: z.literal('discarded'), reason: z.string() }),
  facts.extend({ stage: z.literal('cancelled'), cancellationId: z.string() }),
]) satisfies z.ZodType<RecordState>;
