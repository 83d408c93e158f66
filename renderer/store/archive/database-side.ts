import type { JournalEntry } from '../journal';

/** A patient's key as the database and the archive keep it. */
export interface WrappedPatientKey {
  readonly id: string;
  readonly wrapped: Uint8Array;
}

/** What comparing with the archive needs of the database: rows as they stand there, sealed. */
export interface DatabaseSide {
  /** The number of the last write; 0: nothing was ever written. */
  lastWrite(): Promise<number>;
  /** The rows that these writes put and no later one replaced, by write, ascending; a write of which nothing is left is missing. Both ends included. */
  rowsBetween(from: number, to: number): Promise<readonly JournalEntry[]>;
  /** Puts entries as the journal has them, each in one transaction, in this order; the count of writes goes on behind them. */
  apply(entries: readonly JournalEntry[]): Promise<void>;
  patientKeys(): Promise<readonly WrappedPatientKey[]>;
  /** Puts keys that the database lacks. */
  addPatientKeys(keys: readonly WrappedPatientKey[]): Promise<void>;
  removePatientKeys(ids: readonly string[]): Promise<void>;
  /** Empties it: a backup was restored, and everything is made from the archive. */
  clear(): Promise<void>;
}

/** What this browser profile remembers of the archive. Lost with the profile; then nothing is compared with it. */
export interface ArchiveMemory {
  /** Made once for a profile. */
  readonly writerId: string;
  load(): { readonly lineage: string; readonly acknowledged: number } | null;
  save(known: { readonly lineage: string; readonly acknowledged: number }): void;
}
