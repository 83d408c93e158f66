/** A row that can't be believed: changed from outside, broken, put in another's place, or its key is gone. It is said, and nothing is repaired. */
export interface Damage {
  readonly table:
    | 'records'
    | 'events'
    | 'documents'
    | 'mails'
    | 'patients'
    | 'outages'
    | 'meta'
    | 'checkpoints'
    | 'patientKeys'
    | 'searchBlocks'
    | 'searchTail'
    | 'payers'
    | 'payerFiles'
    | 'payerFileEntries'
    | 'catalogues'
    | 'recipients';
  readonly key: string;
  /**
   * `closed`: it doesn't open. `old`: an older version of the row was put back, or one that had been taken away; a record's state is computed from
   * the events then. `changed`: a row in the open was changed or made up from outside. `gone`: the row was taken away from outside.
   */
  readonly what: 'closed' | 'old' | 'changed' | 'gone';
}

/** What was found damaged since the store was opened. */
export class Damages {
  readonly #found = new Map<string, Damage>();
  readonly #listeners = new Set<() => void>();

  note(damage: Damage): void {
    const name = `${damage.table}\n${damage.key}`;
    if (this.#found.get(name)?.what === damage.what) return;
    this.#found.set(name, damage);
    for (const listener of this.#listeners) listener();
  }

  all(): readonly Damage[] {
    return [...this.#found.values()];
  }

  /** Calls back whenever something more is found. Returns how to stop. */
  onFound(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
