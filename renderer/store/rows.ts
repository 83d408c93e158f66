import { z } from 'zod';
import { auditDetailSchema, type AuditEvent } from '../domain/audit';
import { certificateContentSchema, coverageSchema, patientSchema } from '../domain/certificate';
import type { ChainLink } from '../domain/event-chain';
import { sha256Hex } from '../domain/event-chain';
import { eventDetailSchema, type RecordEvent } from '../domain/event';
import { recordStateSchema } from '../domain/state-schema';
import type {
  DocumentRow,
  MailRow,
  PatientRow,
  RecordRow,
  SealedDocument,
  SealedEvent,
  SealedMail,
  SealedPatient,
  SealedRecord,
} from './database';
import { pack, unpack } from './packing';
import { heldBulkKey, seal, sealInBulk, unseal } from './sealing';

/*
 * Rows in the open and as they stand in the database. What is sealed is bound to table, key and write; what stands in the open beside it is
 * sealed too and compared, so that neither can be changed by itself. `null` on opening: not to be believed,
 * or of a newer program and not to be understood.
 */

/** A patient's key in the open. */
export interface PatientKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** What is large is sealed by the machine's own AES: for `putSealed`, which keeps the transaction open meanwhile. */
async function sealRow(key: Uint8Array, place: readonly string[], plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return sealInBulk(await heldBulkKey(key), place, plain);
}

/** A record and the position of its last event: events that know more make it an old one. */
export interface OpenRecord {
  readonly row: RecordRow;
  readonly lastSequence: number;
}

const recordSchema = z.object({
  kind: z.enum(['certificate', 'cancellation']),
  createdAt: z.string(),
  state: recordStateSchema,
  content: certificateContentSchema,
  corrects: z.string().nullable(),
  coverageSource: z.enum(['typed', 'card']),
  cancels: z.object({ certificateId: z.string(), documentId: z.string() }).nullable(),
  lastSequence: z.number(),
});

export async function sealRecord(
  { row, lastSequence }: OpenRecord,
  { id: keyId, key }: PatientKey,
  write: number,
): Promise<SealedRecord> {
  const { id, stage, ...rest } = row;
  const sealed = await sealRow(key, ['records', id, String(write)], pack({ ...rest, lastSequence }));
  return { id, stage, createdAt: row.createdAt, keyId, write, sealed };
}

export function openRecord(stored: SealedRecord, key: Uint8Array): OpenRecord | null {
  const { id, stage, createdAt, write } = stored;
  const plain = unseal(key, ['records', id, String(write)], stored.sealed);
  if (plain === null) return null;
  const parsed = recordSchema.safeParse(unpack(plain).value);
  if (!parsed.success) return null;
  const { lastSequence, ...rest } = parsed.data;
  if (rest.createdAt !== createdAt || rest.state.stage !== stage) return null;
  return { row: { id, stage, ...rest }, lastSequence };
}

/** The place of an event's detail; it is written once, so its position is enough. */
const eventPlace = (sequence: number) => ['events', String(sequence)];

/** Seals what an event says. */
export function sealDetail(detail: unknown, sequence: number, key: Uint8Array): Uint8Array {
  return seal(key, eventPlace(sequence), pack(detail));
}

/** The link of the chain that a stored event is. */
export function linkOf(stored: SealedEvent): ChainLink {
  const { sequence, id, recordId, at, user, keyId, previousHash, hash } = stored;
  return { sequence, id, recordId, at, user, keyId, sealedSha256: sha256Hex(stored.sealed), previousHash, hash };
}

/** A record's event, or `null`: of no record, or not to be opened with this key. */
export function openEvent(stored: SealedEvent, key: Uint8Array): RecordEvent | null {
  const { sequence, id, recordId, at, user, hash } = stored;
  const plain = recordId === null ? null : unseal(key, eventPlace(sequence), stored.sealed);
  if (plain === null || recordId === null) return null;
  const detail = eventDetailSchema.safeParse(unpack(plain).value);
  return detail.success ? { sequence, id, recordId, at, user, hash, detail: detail.data } : null;
}

/** An event of the audit trail that is about no record, or `null`. */
export function openAuditEvent(stored: SealedEvent, key: Uint8Array): AuditEvent | null {
  const { sequence, id, at, user, hash } = stored;
  const plain = stored.recordId === null ? unseal(key, eventPlace(sequence), stored.sealed) : null;
  if (plain === null) return null;
  const detail = auditDetailSchema.safeParse(unpack(plain).value);
  return detail.success ? { sequence, id, at, user, hash, detail: detail.data } : null;
}

const documentSchema = z.object({
  documentId: z.string(),
  recordId: z.string(),
  number: z.number(),
  timestamp: z.string(),
  signedAt: z.string(),
});

export async function sealDocument(
  row: DocumentRow,
  { id: keyId, key }: PatientKey,
  write: number,
): Promise<SealedDocument> {
  const { signedSha256, xml, signed, ...rest } = row;
  const sealed = await sealRow(key, ['documents', signedSha256, String(write)], pack(rest, [xml, signed]));
  return { signedSha256, documentId: row.documentId, recordId: row.recordId, keyId, write, sealed };
}

export function openDocument(stored: SealedDocument, key: Uint8Array): DocumentRow | null {
  const { signedSha256, documentId, recordId, write } = stored;
  const plain = unseal(key, ['documents', signedSha256, String(write)], stored.sealed);
  if (plain === null) return null;
  const { value, blobs } = unpack(plain);
  const parsed = documentSchema.safeParse(value);
  const [xml, signed] = blobs;
  if (!parsed.success) return null;
  const rest = parsed.data;
  if (rest.documentId !== documentId || rest.recordId !== recordId || xml === undefined || signed === undefined)
    return null;
  return { signedSha256, ...rest, xml, signed };
}

const mailSchema = z.object({
  account: z.string(),
  uid: z.string(),
  fetchedAt: z.string(),
  status: z.enum(['matched', 'unmatched', 'unreadable', 'foreign']),
  what: z.string(),
  recordId: z.string().nullable(),
});

/** `keyId` null: `key` is the clinical one. */
export async function sealMail(
  row: MailRow,
  { id: keyId, key }: { id: string | null; key: Uint8Array },
  write: number,
): Promise<SealedMail> {
  const { header, raw, key: rowKey, ...rest } = row;
  const sealed = await sealRow(
    key,
    ['mails', rowKey, String(write)],
    pack(rest, raw === null ? [header] : [header, raw]),
  );
  return { key: rowKey, status: row.status, fetchedAt: row.fetchedAt, recordId: row.recordId, keyId, write, sealed };
}

export function openMail(stored: SealedMail, key: Uint8Array): MailRow | null {
  const plain = unseal(key, ['mails', stored.key, String(stored.write)], stored.sealed);
  if (plain === null) return null;
  const { value, blobs } = unpack(plain);
  const parsed = mailSchema.safeParse(value);
  const [header, raw] = blobs;
  if (!parsed.success) return null;
  const rest = parsed.data;
  const isSame =
    rest.status === stored.status && rest.fetchedAt === stored.fetchedAt && rest.recordId === stored.recordId;
  return isSame && header !== undefined ? { ...rest, key: stored.key, header, raw: raw ?? null } : null;
}

const patientRowSchema = z.object({
  id: z.string(),
  patient: patientSchema,
  coverage: coverageSchema,
  usedAt: z.string(),
});

export function sealPatient(row: PatientRow, { id: keyId, key }: PatientKey, write: number): SealedPatient {
  return { keyId, usedAt: row.usedAt, write, sealed: seal(key, ['patients', keyId, String(write)], pack(row)) };
}

export function openPatient(stored: SealedPatient, key: Uint8Array): PatientRow | null {
  const plain = unseal(key, ['patients', stored.keyId, String(stored.write)], stored.sealed);
  const parsed = plain === null ? null : patientRowSchema.safeParse(unpack(plain).value);
  return parsed?.success === true && parsed.data.usedAt === stored.usedAt ? parsed.data : null;
}

/** Seals a value of a table whose rows belong to the practice: set-up, outages, checkpoints. */
export function sealValue(
  table: string,
  key: string,
  write: number,
  value: unknown,
  practiceKey: Uint8Array,
): Uint8Array {
  return seal(practiceKey, [table, key, String(write)], pack(value));
}

/** What `sealValue` sealed, or `null`. The caller parses it. */
export function openValue(
  table: string,
  key: string,
  stored: { write: number; sealed: Uint8Array },
  practiceKey: Uint8Array,
): { readonly value: unknown } | null {
  const plain = unseal(practiceKey, [table, key, String(stored.write)], stored.sealed);
  return plain === null ? null : { value: unpack(plain).value };
}
