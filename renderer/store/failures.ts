import Dexie from 'dexie';

/** The database could not write or open. Nothing of the change is there, but with `not-journaled`. */
export interface StorageFailure {
  readonly kind: 'storage-failed';
  /**
   * `full`: no room on the disk; reading and printing go on. `not-journaled`: the second copy on disk could not be written; the change may
   * be in the database and counts when the journal has caught up. `damaged`: what is stored was changed from outside or is broken.
   * `wrong-keys`: these keys don't open this database. `held`: another process has the browser's files open, as one that is just ending.
   */
  readonly reason: 'held' | 'full' | 'newer-version' | 'closed' | 'not-journaled' | 'damaged' | 'wrong-keys' | 'other';
  readonly text: string;
}

/** Something had to be written and could not be: where the caller has no way of its own to go on. */
export class NotWritten extends Error {
  readonly failure: StorageFailure;

  constructor(failure: StorageFailure) {
    super(`${failure.reason}: ${failure.text}`);
    this.failure = failure;
  }
}

/** Turns what Dexie throws into a result. Anything that isn't the database's own error is a bug and goes on. */
export function storageFailure(error: unknown): StorageFailure {
  if (!(error instanceof Dexie.DexieError) && !(error instanceof DOMException)) throw error;
  const text = `${error.name}: ${error.message}`;
  const names = [error.name, error instanceof Dexie.DexieError ? innerName(error) : ''];
  // Chromium says the second where not the browser's share but the disk itself is full.
  if (names.includes('QuotaExceededError') || text.includes('Failed to write blobs'))
    return { kind: 'storage-failed', reason: 'full', text };
  if (names.includes('VersionError')) return { kind: 'storage-failed', reason: 'newer-version', text };
  // A database of a newer program is guarded against every write (`database.ts`).
  if (names.includes('ReadOnlyError')) return { kind: 'storage-failed', reason: 'newer-version', text };
  // Chromium's words; it says the same whichever process has the lock.
  if (text.includes('opening backing store')) return { kind: 'storage-failed', reason: 'held', text };
  if (names.includes('DatabaseClosedError') || names.includes('InvalidStateError'))
    return { kind: 'storage-failed', reason: 'closed', text };
  return { kind: 'storage-failed', reason: 'other', text };
}

function innerName(error: { inner?: unknown }): string {
  return error.inner instanceof Error || error.inner instanceof DOMException ? error.inner.name : '';
}
