/**
 * Rows that were opened, as long as they stand in the database byte for byte the same: what is read again and again, such as the set-up and
 * what is owed, is opened once. Holds so many, the oldest go first.
 */
export class OpenedRows<T> {
  readonly #most: number;
  readonly #rows = new Map<
    string | number,
    { readonly sealed: Uint8Array; readonly write: number; readonly opened: T }
  >();

  constructor(most: number) {
    this.#most = most;
  }

  /** What was opened before, or what `open` gives now; `null` is not kept. */
  opened(
    key: string | number,
    stored: { readonly sealed: Uint8Array; readonly write: number },
    open: () => T | null,
  ): T | null {
    const known = this.#rows.get(key);
    if (known?.write === stored.write && isSame(known.sealed, stored.sealed)) return known.opened;
    const opened = open();
    this.#rows.delete(key);
    if (opened === null) return null;
    this.#rows.set(key, { sealed: stored.sealed, write: stored.write, opened });
    const oldest = this.#rows.keys().next();
    if (this.#rows.size > this.#most && oldest.done !== true) this.#rows.delete(oldest.value);
    return opened;
  }

  /** What was opened of the row that this write made, or `null`: the row itself isn't looked at. */
  kept(key: string | number, write: number): T | null {
    const known = this.#rows.get(key);
    return known?.write === write ? known.opened : null;
  }

  /** Nothing stays in memory, as when a patient was erased. */
  clear(): void {
    this.#rows.clear();
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
