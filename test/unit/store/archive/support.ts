import type { Host } from '../../../../electron/contract/host';
import type { ArchiveMemory, DatabaseSide, WrappedPatientKey } from '../../../../renderer/store/archive/database-side';
import type { JournalEntry, JournalRow } from '../../../../renderer/store/journal';

/** A database in memory: rows with the number of the write that put them, as the vault's has. */
export class ModelDatabase implements DatabaseSide {
  rows = new Map<string, { table: string; key: string; row: string; write: number }>();
  keys = new Map<string, Uint8Array>();
  count = 0;

  /** One write: takes the next number, puts and removes rows. */
  write(changes: Readonly<Record<string, string | null>>): JournalEntry {
    const number = this.count + 1;
    const rows: JournalRow[] = Object.entries(changes).map(([key, text]) => ({
      table: 'records',
      key,
      row: text === null ? null : JSON.stringify({ write: number, text, key }),
    }));
    this.#put({ number, rows });
    return { number, rows };
  }

  /** What stands under each key. */
  get contents(): Record<string, string> {
    const sorted = [...this.rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    return Object.fromEntries(sorted.map(({ key, row }) => [key, row]));
  }

  copy(): ModelDatabase {
    const copy = new ModelDatabase();
    copy.rows = new Map(this.rows);
    copy.keys = new Map(this.keys);
    copy.count = this.count;
    return copy;
  }

  lastWrite(): Promise<number> {
    return Promise.resolve(this.count);
  }

  rowsBetween(from: number, to: number): Promise<JournalEntry[]> {
    const byWrite = new Map<number, JournalRow[]>();
    for (const { table, key, row, write } of this.rows.values())
      if (write >= from && write <= to) byWrite.set(write, [...(byWrite.get(write) ?? []), { table, key, row }]);
    return Promise.resolve([...byWrite].sort(([a], [b]) => a - b).map(([number, rows]) => ({ number, rows })));
  }

  apply(entries: readonly JournalEntry[]): Promise<void> {
    entries.forEach((entry) => this.#put(entry));
    return Promise.resolve();
  }

  patientKeys(): Promise<WrappedPatientKey[]> {
    return Promise.resolve([...this.keys].map(([id, wrapped]) => ({ id, wrapped })));
  }
  addPatientKeys(keys: readonly WrappedPatientKey[]): Promise<void> {
    keys.forEach(({ id, wrapped }) => this.keys.set(id, wrapped));
    return Promise.resolve();
  }
  removePatientKeys(ids: readonly string[]): Promise<void> {
    ids.forEach((id) => this.keys.delete(id));
    return Promise.resolve();
  }
  clear(): Promise<void> {
    this.rows.clear();
    this.keys.clear();
    this.count = 0;
    return Promise.resolve();
  }

  #put({ number, rows }: JournalEntry): void {
    for (const { table, key, row } of rows)
      if (row === null) this.rows.delete(key);
      else this.rows.set(key, { table, key, row, write: number });
    this.count = Math.max(this.count, number);
  }
}

/** What a browser profile remembers. */
export class ModelMemory implements ArchiveMemory {
  known: { lineage: string; acknowledged: number } | null = null;
  constructor(readonly writerId = 'browser-1') {}
  load() {
    return this.known;
  }
  save(known: { lineage: string; acknowledged: number }): void {
    this.known = known;
  }
}

/** The host's calls, of which each may be held up, dropped before or after it was done. */
export function troubled(
  archive: Host['archive'],
  trouble: (name: 'append' | 'keepKeys' | 'open') => 'none' | 'before' | 'after',
): Host['archive'] {
  const gone = () => new TypeError('Failed to fetch');
  const passed = async <T>(name: 'append' | 'keepKeys' | 'open', call: () => Promise<T>): Promise<T> => {
    const kind = trouble(name);
    if (kind === 'before') throw gone();
    const result = await call();
    if (kind === 'after') throw gone();
    return result;
  };
  return {
    ...archive,
    append: (argument) => passed('append', () => archive.append(argument)),
    keepKeys: (argument) => passed('keepKeys', () => archive.keepKeys(argument)),
    open: (argument) => passed('open', () => archive.open(argument)),
  };
}
