import { z } from 'zod';

/** Why a patient's data are erased: past the retention; the patient wants it (GDPR article 17); it should never have been recorded. */
export const erasureGrounds = ['retention', 'request', 'wrongly-recorded'] as const;
export type ErasureGround = (typeof erasureGrounds)[number];

/**
 * What the audit trail knows beside the records' own events: who was let in, who saw, exported or changed what. Links of the same chain.
 * Nothing in it names a patient: records by their ids, patients by their keys' ids.
 */
export const auditDetailSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('logged-in'), role: z.string() }),
  z.object({ type: z.literal('logged-out') }),
  /** Somebody was not let in. `name`: as whom. */
  z.object({ type: z.literal('log-in-failed'), name: z.string(), what: z.enum(['passphrase', 'code']) }),
  z.object({ type: z.literal('user-added'), name: z.string(), role: z.string() }),
  z.object({ type: z.literal('user-changed'), name: z.string(), what: z.string() }),
  z.object({ type: z.literal('user-removed'), name: z.string() }),
  /** The clinical key was renewed, because these people had left. */
  z.object({ type: z.literal('keys-renewed'), because: z.array(z.string()) }),
  z.object({ type: z.literal('viewed'), recordId: z.string() }),
  /** Data left the program. `what`: a patient's data, the audit trail, a report. */
  z.object({ type: z.literal('exported'), what: z.string(), keyId: z.string().nullable() }),
  /** Something was printed that no record's event notes, such as a list or a report. */
  z.object({ type: z.literal('printed'), what: z.string() }),
  /** `what`: which settings, by their names in the program; never their values. */
  z.object({ type: z.literal('settings-changed'), what: z.array(z.string()) }),
  z.object({ type: z.literal('backup-made'), place: z.string() }),
  z.object({ type: z.literal('backup-restored'), place: z.string() }),
  /** After that sending rested; somebody decided that it goes on. */
  z.object({ type: z.literal('restored-hold-ended') }),
  /** A patient's key is gone, and with it what it sealed. */
  z.object({
    type: z.literal('erased'),
    keyId: z.string(),
    recordIds: z.array(z.string()),
    documents: z.number(),
    mails: z.number(),
    ground: z.enum(erasureGrounds).default('retention'),
    /** In the doctor's own words, where it was before the retention ended. */
    note: z.string().default(''),
  }),
  z.object({ type: z.literal('chain-checked'), until: z.number(), outcome: z.string() }),
  /** A plain database of version 1 was sealed into this one. `chain`: whether its own chain of events held, and its last hash. */
  z.object({
    type: z.literal('sealed'),
    records: z.number(),
    events: z.number(),
    chain: z.enum(['held', 'broken']),
    lastHash: z.string().nullable(),
  }),
]);

export type AuditDetail = z.output<typeof auditDetailSchema>;

/** An event of the audit trail that belongs to no record. */
export interface AuditEvent {
  readonly sequence: number;
  readonly id: string;
  readonly at: string;
  readonly user: string;
  readonly detail: AuditDetail;
  readonly hash: string;
}
