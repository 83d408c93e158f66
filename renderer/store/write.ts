import Dexie from 'dexie';
import { journaledTables, type Database, type JournaledTable } from './database';
import type { JournalEntry } from './journal';
import { journalRow } from './journal-rows';

/** `searchTail` is a cache, and in no journal. */
type WrittenTable = JournaledTable | 'searchTail';
/** By table and key; `null`: taken away. */
type Rows = Map<WrittenTable, Map<string | number, object | Unsealed | null>>;

/** A row that is still to be sealed. */
class Unsealed {
  constructor(readonly seal: () => Promise<object>) {}
}

/** What one write puts and takes away. Collected, and put in one go with the others of its transaction. */
export class Write {
  readonly number: number;
  /** The write before this one in the same transaction, even if it put nothing. */
  readonly before: Write | null;
  readonly rows: Rows = new Map();
  readonly #putEarlier: () => Promise<void>;

  constructor(number: number, before: Write | null, putEarlier: () => Promise<void>) {
    this.number = number;
    this.before = before;
    this.#putEarlier = putEarlier;
  }

  /** `row` carries this write's number. */
  put(table: WrittenTable, key: string | number, row: object): void {
    rowsOf(this.rows, table).set(key, row);
  }

  /** The same for a row that `seal` makes: with the machine's own AES, for which the transaction is kept open. */
  putSealed(table: WrittenTable, key: string | number, seal: () => Promise<object>): void {
    rowsOf(this.rows, table).set(key, new Unsealed(seal));
  }

  remove(table: JournaledTable, key: string | number): void {
    rowsOf(this.rows, table).set(key, null);
  }

  /** To be called before a change reads what it hasn't looked at: puts what the writes before it in the same transaction have collected. */
  async beforeReading(): Promise<void> {
    await this.#putEarlier();
  }

  /** Whether it puts this row, or takes it away. */
  touches(table: JournaledTable, key: string | number): boolean {
    return this.rows.get(table)?.has(key) === true;
  }

  get isEmpty(): boolean {
    return this.rows.size === 0;
  }

  /** Seals what is still to be sealed. */
  async seal(): Promise<void> {
    const sealing = [...this.rows.values()].flatMap((rows) =>
      [...rows].map(async ([key, row]) => {
        if (row instanceof Unsealed) rows.set(key, await row.seal());
      }),
    );
    await Promise.all(sealing);
  }

  /** What the journal is given of it, once it is sealed. */
  entry(): JournalEntry {
    const rows = [...this.rows].flatMap(([table, changed]) =>
      isJournaled(table) ? [...changed].map(([key, row]) => journalRow(table, key, row)) : [],
    );
    return { number: this.number, rows };
  }
}

/**
 * Asks the database for all of these sealed writes' rows, the later ones' over the earlier ones'; resolves when each request was answered. No async function: of several that run side by
 * side in a transaction, Dexie would take the later ones' requests for ones outside of it.
 */
export function putRows(database: Database, writes: readonly Write[]): PromiseLike<unknown> {
  const all: Rows = new Map();
  for (const write of writes)
    for (const [table, rows] of write.rows)
      for (const [key, row] of rows) {
        if (row instanceof Unsealed) throw new Error(`${table} ${String(key)} is not sealed.`);
        rowsOf(all, table).set(key, row);
      }
  const requests = [...all].flatMap(([table, rows]): PromiseLike<unknown>[] => {
    const kept = [...rows.values()].filter((row) => row !== null);
    const gone = [...rows].filter(([, row]) => row === null).map(([key]) => key);
    const target = database.table<object, string | number>(table);
    return [...(kept.length > 0 ? [target.bulkPut(kept)] : []), ...(gone.length > 0 ? [target.bulkDelete(gone)] : [])];
  });
  return Dexie.Promise.all(requests);
}

function rowsOf(all: Rows, table: WrittenTable): Map<string | number, object | Unsealed | null> {
  const known = all.get(table);
  if (known !== undefined) return known;
  const rows = new Map<string | number, object | Unsealed | null>();
  all.set(table, rows);
  return rows;
}

function isJournaled(table: WrittenTable): table is JournaledTable {
  return table in journaledTables;
}
