import Dexie from 'dexie';
import { journaledTables, type Database, type JournaledTable } from './database';
import { storageFailure, type StorageFailure } from './failures';
import type { Journal, JournalEntry, JournalRow, JournalWriting } from './journal';
import { journalRow, rowOfJournal } from './journal-rows';
import { Room } from './room';

/** How far the second copy is. */
export type JournalState =
  | { readonly kind: 'current' }
  /** So many writes are in the database only. It is tried again by itself; until then nothing new is recorded or issued. */
  | {
      readonly kind: 'behind';
      readonly writes: number;
      readonly reason: Extract<JournalWriting, { kind: 'failed' }>['reason'];
      readonly text: string;
    };

/** What may be asked of a write. */
export interface WriteOptions {
  /** Refused, before anything is written, as long as the journal is behind. */
  readonly needsJournal?: boolean;
  /** The change counts as done only when the journal has it too; else it is `written` as soon as the database has it. */
  readonly strict?: boolean;
}

/** Which tables a write has besides the journal's. */
type TableOptions = WriteOptions & { readonly beside?: readonly ('patientKeys' | 'searchTail' | 'searchBlocks')[] };

/** So soon the journal is tried again after a failure. Milliseconds. */
const retryAfter = 5_000;

/** Writes, or throws `NotWritten`: for what has no way of its own to go on without it. */
export type MustWrite = (
  tables: readonly JournaledTable[],
  change: (write: Write) => Promise<void>,
  beside?: readonly 'patientKeys'[],
) => Promise<void>;

/** What became of a write. */
export type Writing<T> = { readonly kind: 'done'; readonly value: T } | StorageFailure;

/** What one write puts and takes away. Collected, and put at its end in one go. */
export class Write {
  readonly number: number;
  readonly #rows = new Map<JournaledTable, Map<string | number, object | null>>();
  readonly #along: PromiseLike<unknown>[] = [];

  constructor(number: number) {
    this.number = number;
  }

  /** `row` carries this write's number. */
  put(table: JournaledTable, key: string | number, row: object): void {
    this.#of(table).set(key, row);
  }

  remove(table: JournaledTable, key: string | number): void {
    this.#of(table).set(key, null);
  }

  /** A request to a table that the journal doesn't have: under way already, waited for with the rows. */
  along(request: PromiseLike<unknown>): void {
    this.#along.push(request);
  }

  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  async apply(database: Database): Promise<void> {
    const requests = [...this.#rows].flatMap(([table, rows]) => {
      const kept = [...rows.values()].filter((row) => row !== null);
      const gone = [...rows].filter(([, row]) => row === null).map(([key]) => key);
      const target = database.table<object, string | number>(table);
      return [
        ...(kept.length > 0 ? [target.bulkPut(kept)] : []),
        ...(gone.length > 0 ? [target.bulkDelete(gone)] : []),
      ];
    });
    await Promise.all([...requests, ...this.#along]);
  }

  entry(): JournalEntry {
    const rows: JournalRow[] = [...this.#rows].flatMap(([table, changed]) =>
      [...changed].map(([key, row]) => journalRow(table, key, row)),
    );
    return { number: this.number, rows };
  }

  #of(table: JournaledTable): Map<string | number, object | null> {
    const known = this.#rows.get(table);
    if (known !== undefined) return known;
    const rows = new Map<string | number, object | null>();
    this.#rows.set(table, rows);
    return rows;
  }
}

/**
 * The one way in which anything is written. A write takes the next number, its rows go into the database in one strict transaction and into
 * the journal at the same time.
 */
export class Writer {
  /** Whether the database had room for the last write. */
  readonly room = new Room();
  readonly #database: Database;
  readonly #journal: Journal;
  /** In the database, not yet in the journal; oldest first. */
  readonly #backlog: JournalEntry[] = [];
  /** In the journal, but the database could not keep it (disk full): first to be put when it can again. */
  readonly #unapplied: JournalEntry[] = [];
  readonly #listeners = new Set<() => void>();
  #state: JournalState = { kind: 'current' };
  #timer: ReturnType<typeof setTimeout> | null = null;
  #catchingUp: Promise<boolean> | null = null;

  constructor(database: Database, journal: Journal) {
    this.#database = database;
    this.#journal = journal;
  }

  get journalState(): JournalState {
    return this.#state;
  }

  onJournal(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /**
   * Runs `change` in one transaction over these tables (`beside`: tables that the journal doesn't have). Nothing but the database may be
   * waited for in it.
   */
  async write<T>(
    tables: readonly JournaledTable[],
    change: (write: Write) => Promise<T>,
    options: TableOptions = {},
  ): Promise<Writing<T>> {
    return this.lookAndWrite(tables, () => Promise.resolve(), change, options);
  }

  /** The same with what `look` reads first in the transaction, asked for together with the write's number: one way to the database, not one each. */
  async lookAndWrite<T, Seen>(
    tables: readonly JournaledTable[],
    look: () => Promise<Seen>,
    change: (write: Write, seen: Seen) => Promise<T>,
    options: TableOptions = {},
  ): Promise<Writing<T>> {
    if (this.#database.isReadOnly)
      return { kind: 'storage-failed', reason: 'newer-version', text: 'The data are of a newer program.' };
    if (this.#unapplied.length > 0) {
      const failure = await this.#applyLate();
      if (failure !== null) return failure;
    }
    if (options.needsJournal === true && this.#state.kind === 'behind' && !(await this.catchUp()))
      return notJournaled(this.#state);
    const { counters } = this.#database;
    const started: { entry: JournalEntry; writing: Promise<JournalWriting> }[] = [];
    let value: T;
    try {
      value = await this.#database.transaction('rw', [...tables, ...(options.beside ?? []), counters], async () => {
        const [count, seen] = await Promise.all([counters.get('write'), look()]);
        const write = new Write((count?.value ?? 0) + 1);
        const result = await change(write, seen);
        if (write.isEmpty) return result;
        const applied = Promise.all([
          write.apply(this.#database),
          counters.put({ name: 'write', value: write.number }),
        ]);
        const entry = write.entry();
        const append = this.#journal.prepare(entry);
        await applied;
        // At the same time as the transaction ends: two syncs of the disk side by side cost little more than one. Not sooner: what a put refuses must not be
        // in the journal.
        started.push({ entry, writing: Dexie.ignoreTransaction(append) });
        return result;
      });
    } catch (error) {
      for (const { entry, writing } of started) if ((await writing).kind === 'written') this.#unapplied.push(entry);
      const failure = storageFailure(error);
      this.room.note(failure);
      return failure;
    }
    if (started.length > 0) this.room.note(null);
    for (const { entry, writing } of started) {
      const written = await writing;
      if (written.kind === 'written') continue;
      this.#backlog.push(entry);
      this.#fallBehind(written);
      if (options.strict === true) return notJournaled(this.#state);
    }
    return { kind: 'done', value };
  }

  /** Brings the journal what it lacks. Whether it has everything now. */
  async catchUp(): Promise<boolean> {
    this.#catchingUp ??= this.#pushBacklog().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  async #pushBacklog(): Promise<boolean> {
    for (let next = this.#backlog[0]; next !== undefined; next = this.#backlog[0]) {
      const written = await this.#journal.prepare(next)();
      if (written.kind === 'failed') {
        this.#fallBehind(written);
        return false;
      }
      this.#backlog.shift();
    }
    this.#tell({ kind: 'current' });
    return true;
  }

  #fallBehind({ reason, text }: Extract<JournalWriting, { kind: 'failed' }>): void {
    this.#tell({ kind: 'behind', writes: this.#backlog.length, reason, text });
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.catchUp();
    }, retryAfter);
  }

  #tell(state: JournalState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  /** Puts what only the journal has. */
  async #applyLate(): Promise<StorageFailure | null> {
    for (let next = this.#unapplied[0]; next !== undefined; next = this.#unapplied[0]) {
      try {
        await applyEntry(this.#database, next);
      } catch (error) {
        return storageFailure(error);
      }
      this.#unapplied.shift();
    }
    return null;
  }
}

/** Puts a journal's entry into the database as it stands there, in one transaction; the count of writes goes on behind it. */
export async function applyEntry(database: Database, entry: JournalEntry): Promise<void> {
  await database.transaction('rw', [...Object.keys(journaledTables), database.counters], async () => {
    for (const { table, key, row } of entry.rows) {
      const target = database.table<object, string | number>(table);
      if (row === null) await target.delete(table === 'events' || table === 'checkpoints' ? Number(key) : key);
      else await target.put(rowOfJournal(row));
    }
    const last = (await database.counters.get('write'))?.value ?? 0;
    await database.counters.put({ name: 'write', value: Math.max(last, entry.number) });
  });
}

function notJournaled(state: JournalState): StorageFailure {
  return {
    kind: 'storage-failed',
    reason: 'not-journaled',
    text: state.kind === 'behind' ? `${state.reason}: ${state.text}` : '',
  };
}
