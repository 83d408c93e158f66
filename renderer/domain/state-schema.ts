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
  // Rows written before cancellations were followed up lack it.
  refusedCancellation: z
    .object({ cancellationId: z.string(), at: z.string(), code: z.string(), display: z.string() })
    .nullable()
    .default(null),
});

const stages = {
  recorded: { stage: z.literal('recorded') },
  issued: { stage: z.literal('issued') },
  signed: { stage: z.literal('signed'), document },
  attempting: { stage: z.literal('attempting'), document, attempt },
  unknown: { stage: z.literal('unknown'), document, attempt },
  'handed-over': { stage: z.literal('handed-over'), document, attempt },
  delivered: { stage: z.literal('delivered'), document, deliveredAt: z.string() },
  closed: { stage: z.literal('closed'), document, deliveredAt: z.string() },
  rejected: { stage: z.literal('rejected'), document, error, malware: z.boolean() },
  informed: { stage: z.literal('informed'), document, error },
  'paper-only': { stage: z.literal('paper-only'), rule: z.string(), reason: z.string() },
  discarded: { stage: z.literal('discarded'), reason: z.string() },
};

const since = z.object({ since: z.string() });
const standing = z.discriminatedUnion('stage', [
  since.extend(stages.recorded),
  since.extend(stages.issued),
  since.extend(stages.signed),
  since.extend(stages.attempting),
  since.extend(stages.unknown),
  since.extend(stages['handed-over']),
  since.extend(stages.delivered),
  since.extend(stages.closed),
  since.extend(stages.rejected),
  since.extend(stages.informed),
  since.extend(stages['paper-only']),
  since.extend(stages.discarded),
]);

export const recordStateSchema = z.discriminatedUnion('stage', [
  facts.extend(stages.recorded),
  facts.extend(stages.issued),
  facts.extend(stages.signed),
  facts.extend(stages.attempting),
  facts.extend(stages.unknown),
  facts.extend(stages['handed-over']),
  facts.extend(stages.delivered),
  facts.extend(stages.closed),
  facts.extend(stages.rejected),
  facts.extend(stages.informed),
  facts.extend(stages['paper-only']),
  facts.extend(stages.discarded),
  facts.extend({
    stage: z.literal('cancelled'),
    cancellationId: z.string(),
    // Rows written before cancellations were followed up lack both.
    progress: z.enum(['requested', 'handed-over', 'effective']).default('requested'),
    before: standing.nullable().default(null),
  }),
]) satisfies z.ZodType<RecordState>;
