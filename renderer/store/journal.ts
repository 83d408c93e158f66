/**
 * The second copy of everything, on disk beside the database: append-only, kept by the host. It holds rows as they stand in the database:
 * sealed. Each write of the database has a number, from 1; the journal's entries carry the same numbers.
 */

/** One row as it is after a write: `null` where the write took it away. `row` is JSON; bytes in it are base64. */
export interface JournalRow {
  readonly table: string;
  readonly key: string;
  readonly row: string | null;
}

/** One write of the database. */
export interface JournalEntry {
  /** The write's number. Numbers may come in any order (two windows write); none may come twice with other rows. */
  readonly number: number;
  readonly rows: readonly JournalRow[];
}

/** What became of writing to the journal. */
export type JournalWriting =
  /** It is on the disk. */
  | { readonly kind: 'written' }
  /** `superseded`: another browser has taken over this practice's data; nothing may be written here any more. */
  | {
      readonly kind: 'failed';
      readonly reason: 'full' | 'unreachable' | 'superseded' | 'other';
      readonly text: string;
    };

/** Where the store puts its second copy. */
export interface Journal {
  /** Why nothing may be written any more, here or in the database; `null`: it may. */
  readonly refusal: Extract<JournalWriting, { kind: 'failed' }> | null;
  /**
   * Makes entries ready, and returns what writes them: that resolves with what became of each, in their order, when they are on the disk (fsync) or can't be, and never
   * rejects. They go in one piece, with those that are given meanwhile. In two steps, so that they are sealed while the database is at work, and are written only when that has taken
   * their rows.
   */
  prepare(entries: readonly JournalEntry[]): () => Promise<readonly JournalWriting[]>;
  /**
   * Keeps a patient's wrapped key (bytes) under its id, apart from the journal: it must be able to vanish. Resolves like `append`; nothing that is
   * sealed under a new key may be written before its key is.
   */
  keepPatientKey(id: string, wrapped: Uint8Array): Promise<JournalWriting>;
  /** Takes a patient's key away for good: what it sealed, here and in every copy, stays closed. */
  forgetPatientKey(id: string): Promise<JournalWriting>;
}
