import type { Database } from './database';
import { storageFailure, type StorageFailure } from './failures';

/** More than what browsers keep beside the database's own files: a trial of less could succeed where a certificate's documents don't. Bytes. */
const trialBytes = 256 * 1024;

/** Whether the database had room for the last write. Once it had none, that holds until one succeeds: a write, or a trial. */
export class Room {
  readonly #listeners = new Set<() => void>();
  #isFull = false;

  get isFull(): boolean {
    return this.#isFull;
  }

  /** What came of a write; `null`: it succeeded. Other failures say nothing about room. */
  note(failure: StorageFailure | null): void {
    const isFull = failure === null ? false : failure.reason === 'full' || this.#isFull;
    if (isFull === this.#isFull) return;
    this.#isFull = isFull;
    for (const listener of this.#listeners) listener();
  }

  /** Calls back whenever `isFull` changes. Returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Where the last write found no room: writes a trial and takes it away again. */
  async tryAgain({ counters }: Database): Promise<void> {
    if (!this.#isFull) return;
    const trial = { name: 'trial', value: 0, filler: new Uint8Array(trialBytes) };
    try {
      await counters.put(trial);
      await counters.delete(trial.name);
      this.note(null);
    } catch (error) {
      this.note(storageFailure(error));
    }
  }
}
