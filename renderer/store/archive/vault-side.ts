import { journaledTables, type Database, type JournaledTable } from '../database';
import type { JournalEntry, JournalRow } from '../journal';
import { journalRow } from '../journal-rows';
import { applyEntry } from '../writer';
import type { DatabaseSide, WrappedPatientKey } from './database-side';

/** A key of which it isn't known yet whose it is, as the table of keys has it. */
const nobody = (id: string): string => `nobody:${id}`;

/** The vault's database as the comparison with the archive sees it. */
export class VaultSide implements DatabaseSide {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async lastWrite(): Promise<number> {
    return (await this.#database.counters.get('write'))?.value ?? 0;
  }

  async rowsBetween(from: number, to: number): Promise<JournalEntry[]> {
    const entries = new Map<number, JournalRow[]>();
    const names: JournaledTable[] = [];
    for (const name in journaledTables) if (isJournaled(name)) names.push(name);
    for (const name of names) {
      const table = this.#database.table<object, string | number>(name);
      await table
        .where('write')
        .between(from, to, true, true)
        .each((row, { primaryKey }) => {
          if (!('write' in row) || typeof row.write !== 'number') return;
          const rows = entries.get(row.write) ?? [];
          rows.push(journalRow(name, primaryKey, row));
          entries.set(row.write, rows);
        });
    }
    return [...entries].sort(([a], [b]) => a - b).map(([number, rows]) => ({ number, rows }));
  }

  async apply(entries: readonly JournalEntry[]): Promise<void> {
    for (const entry of entries) await applyEntry(this.#database, entry);
  }

  async patientKeys(): Promise<WrappedPatientKey[]> {
    return (await this.#database.patientKeys.toArray()).map(({ id, wrapped }) => ({ id, wrapped }));
  }

  /** Whose they are, the archive doesn't know: `namePatientKeys` finds out once the clinical key is there. */
  async addPatientKeys(keys: readonly WrappedPatientKey[]): Promise<void> {
    await this.#database.patientKeys.bulkPut(keys.map(({ id, wrapped }) => ({ id, index: nobody(id), wrapped })));
  }

  async removePatientKeys(ids: readonly string[]): Promise<void> {
    await this.#database.patientKeys.bulkDelete([...ids]);
  }

  async clear(): Promise<void> {
    const { tables } = this.#database;
    await this.#database.transaction('rw', tables, () => Promise.all(tables.map((table) => table.clear())));
  }
}

function isJournaled(name: string): name is JournaledTable {
  return Object.hasOwn(journaledTables, name);
}
