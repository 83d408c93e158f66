import { z } from 'zod';
import { base64, call, resultOf } from './call';

/**
 * The second copy of everything, on the host's disk. What is in it is sealed by the page: the host keeps bytes under numbers and names, proves that
 * they are what was given, and opens none of them.
 */

const nothing = z.object({});
const writeNumber = z.number().int().positive();
/** Made by the page for a browser profile; made by the host for a run of the journal. */
const identifier = z.string().regex(/^[0-9a-zA-Z-]{1,64}$/);
const keyId = identifier;

/** From and to, both included. */
const numberRange = z.object({ from: writeNumber, to: writeNumber });

export const archiveEntrySchema = z.object({ number: writeNumber, bytes: base64 });

export const archiveStateSchema = z.object({
  /** Which journal this is: another one after a restore, and in a new folder. */
  lineage: identifier,
  /** A backup was put in the place of these journals, the last one first; `null`: it began by itself. `lastNumber`: of the last one. */
  restored: z
    .object({ insteadOf: z.array(identifier), at: z.iso.datetime(), lastNumber: z.number().int().nonnegative() })
    .nullable(),
  /** The browser profile that may write; `null`: none has written yet. */
  writerId: identifier.nullable(),
  /** The highest number there is; 0: none. */
  lastNumber: z.number().int().nonnegative(),
  /** Numbers below it that are missing, damaged ones included. */
  gaps: z.array(numberRange),
  /** What is on the disk and can't be believed any more. */
  damaged: z.object({
    /** Lines of the journal: the file's name and the line's place in it, from 1. */
    lines: z.array(z.object({ file: z.string(), line: z.number().int().positive() })),
    keys: z.number().int().nonnegative(),
    header: z.boolean(),
  }),
  /** Bytes of an unfinished last line that were cut when the journal was opened. */
  cutBytes: z.number().int().nonnegative(),
  /** Bytes of the journal. */
  bytes: z.number().int().nonnegative(),
  /** Bytes free where the journal is; `null`: the system doesn't tell. */
  freeBytes: z.number().int().nonnegative().nullable(),
  folder: z.string(),
});

export const backupPlaceSchema = z.enum(['own', 'second']);

export const backupSchema = z.object({
  place: backupPlaceSchema,
  /** Name of the backup in its place. */
  id: z.string().regex(/^\d{6}-\d{8}T\d{6}Z$/),
  at: z.iso.datetime(),
  why: z.enum(['schedule', 'asked', 'before-restore']),
  lastNumber: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
});

const placeStateSchema = z.object({
  place: backupPlaceSchema,
  folder: z.string(),
  freeBytes: z.number().int().nonnegative().nullable(),
  /** Newest first; the place can't be read: why. */
  backups: resultOf(z.array(backupSchema)),
});

/** Every call fails with `unsupported` on a host that was given no folder, with `damaged` where what is there can't be believed. */
export const archiveCalls = {
  /**
   * How the journal stands. Opens it where it isn't open: after the folder was away, it is looked for again. Where a page of another program has taken over, that one's
   * `writerId`, and all else as it was before; whoever wants to go on here calls `open`.
   */
  state: call(nothing, resultOf(archiveStateSchema)),
  /** How the journal stands, read anew if another program wrote into it; this program writes from here on. */
  open: call(nothing, resultOf(archiveStateSchema)),
  /** From here on only this browser profile may write; the one before gets `superseded`. To be called after `open`: fails with `superseded` if another program has been opened since. */
  takeOver: call(z.object({ writerId: identifier }), resultOf(nothing)),
  /**
   * Resolves when the entries are on the disk (fsync). A number that is there with the same bytes is written already; with others: `conflict`, and
   * nothing of this call is written. `full`: nothing of it is there.
   */
  append: call(
    z.object({ writerId: identifier, lineage: identifier, entries: z.array(archiveEntrySchema).min(1).max(10_000) }),
    resultOf(nothing),
  ),
  /** Entries above a number, in their order, as many as fit; those that are damaged are left out. */
  read: call(
    z.object({ after: z.number().int().nonnegative(), limit: z.number().int().min(1).max(10_000) }),
    resultOf(z.object({ entries: z.array(archiveEntrySchema), more: z.boolean() })),
  ),
  /** Keeps wrapped keys, each under its id. A key that was forgotten is not taken again. */
  keepKeys: call(
    z.object({ writerId: identifier, keys: z.array(z.object({ id: keyId, wrapped: base64 })).min(1) }),
    resultOf(nothing),
  ),
  /** Takes a key out of the file for good. Backups lose it within 30 days. */
  forgetKey: call(z.object({ writerId: identifier, id: keyId }), resultOf(nothing)),
  /** All keys, and the ids of those that were forgotten. */
  keys: call(
    nothing,
    resultOf(z.object({ keys: z.array(z.object({ id: keyId, wrapped: base64 })), forgotten: z.array(keyId) })),
  ),
  /** The vault's header as it was saved last; `null`: none yet. Fails with `damaged` where both copies changed. */
  header: call(nothing, resultOf(z.object({ bytes: base64.nullable() }))),
  /** Replaces the header whole, on the disk when it resolves. */
  saveHeader: call(z.object({ bytes: base64 }), resultOf(nothing)),
  /** Makes a backup in both places, and takes away what is past its time. */
  backup: call(
    z.object({ why: z.enum(['schedule', 'asked']) }),
    resultOf(z.array(z.object({ place: backupPlaceSchema, made: resultOf(backupSchema) }))),
  ),
  backups: call(nothing, resultOf(z.array(placeStateSchema))),
  /** Reads a backup through: everything it names is there, unchanged and whole. */
  checkBackup: call(
    z.object({ place: backupPlaceSchema, id: backupSchema.shape.id }),
    resultOf(z.object({ entries: z.number().int(), keys: z.number().int() })),
  ),
  /**
   * Puts a backup in the journal's place, after a backup of what stands there. Keys that were forgotten since stay forgotten. The journal gets
   * another lineage: the database has to be made from it.
   */
  restore: call(z.object({ place: backupPlaceSchema, id: backupSchema.shape.id }), resultOf(nothing)),
  /** Begins an empty journal of another lineage, after a backup of what stands there. Keys and header stay. */
  startAnew: call(nothing, resultOf(nothing)),
  /** Where the second place is (an absolute path; `null`: none). It is tried before it is taken. */
  setSecondPlace: call(z.object({ folder: z.string().min(1).max(1000).nullable() }), resultOf(nothing)),
} as const;

export type ArchiveState = z.output<typeof archiveStateSchema>;
export type ArchiveEntry = z.output<typeof archiveEntrySchema>;
export type NumberRange = z.output<typeof numberRange>;
export type BackupPlace = z.output<typeof backupPlaceSchema>;
export type Backup = z.output<typeof backupSchema>;
export type BackupPlaceState = z.output<typeof placeStateSchema>;
