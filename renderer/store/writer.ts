import Dexie from 'dexie';
import { journaledTables, type Database, type JournaledTable } from './database';
import { storageFailure, type StorageFailure } from './failures';
import { isInTransaction } from './in-pieces';
import type { Journal, JournalEntry, JournalWriting } from './journal';
import { rowOfJournal } from './journal-rows';
import { Room } from './room';
import { putRows, Write } from './write';

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
  /**
   * It may share a transaction with others of its kind that come meanwhile: the id of the record whose row it looks at. Whatever else it reads, it reads in its change
   * (`beforeReading`). Left out: alone.
   */
  readonly together?: string;
}

/** Which tables a write has besides the journal's. */
type TableOptions = WriteOptions & { readonly beside?: readonly ('patientKeys' | 'searchTail' | 'searchBlocks')[] };

/** So soon the journal is tried again after a failure. Milliseconds. */
const retryAfter = 5_000;
/** So many writes share a transaction at most: nothing else has its turn on the page while their changes are made. */
const mostTogether = 20;

/** Writes, or throws `NotWritten`: for what has no way of its own to go on without it. */
export type MustWrite = (
  tables: readonly JournaledTable[],
  change: (write: Write) => Promise<void>,
  beside?: readonly 'patientKeys'[],
) => Promise<void>;

/** What became of a write. */
export type Writing<T> = { readonly kind: 'done'; readonly value: T } | StorageFailure;

/** A write that waits for its turn. */
interface Waiting {
  readonly tables: readonly string[];
  readonly together: WriteOptions['together'];
  /** Reads what it has to know. What it resolves with makes the change, and that resolves with whom to tell when it is in the database. */
  readonly look: (isFirst: boolean) => Promise<(write: Write) => Promise<(committed: Committed | null) => void>>;
  /** Nothing of it is in the database. */
  readonly fail: (error: unknown) => void;
}

/** A write in the database, and what becomes of it in the journal. */
interface Committed {
  readonly entry: JournalEntry;
  /** Never rejects. */
  readonly writing: () => Promise<JournalWriting>;
}

/** A write whose change is made. */
interface Made {
  readonly write: Write;
  readonly tell: (committed: Committed | null) => void;
}

/**
 * The one way in which anything is written. A write takes the next number, its rows go into the database in one strict transaction and into
 * the journal at the same time. Writes that come while another is on its way share a transaction and a call of the journal, each with a number and an entry of its
 * own; where anything goes wrong with one of them, each is made by itself.
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
  readonly #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
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
    return this.lookAndWrite(tables, async () => undefined, change, options);
  }

  /**
   * The same with what `look` reads first in the transaction, asked for together with the write's number: one way to the database, not one each. `isFirst`: no other write comes
   * before it in the same transaction.
   */
  async lookAndWrite<T, Seen>(
    tables: readonly JournaledTable[],
    look: (isFirst: boolean) => Promise<Seen>,
    change: (write: Write, seen: Seen) => Promise<T>,
    options: TableOptions = {},
  ): Promise<Writing<T>> {
    if (this.#database.isReadOnly)
      return { kind: 'storage-failed', reason: 'newer-version', text: 'The data are of a newer program.' };
    const { refusal } = this.#journal;
    if (refusal !== null)
      return { kind: 'storage-failed', reason: 'not-journaled', text: `${refusal.reason}: ${refusal.text}` };
    if (options.needsJournal === true && this.#state.kind === 'behind' && !(await this.catchUp()))
      return notJournaled(this.#state);
    let made: { readonly value: T; readonly committed: Committed | null };
    try {
      made = await new Promise((resolve, reject) => {
        this.#waiting.push({
          tables: [...tables, ...(options.beside ?? [])],
          together: options.together,
          look: async (isFirst) => {
            const seen = await look(isFirst);
            return async (write) => {
              const value = await change(write, seen);
              return (committed) => resolve({ value, committed });
            };
          },
          fail: reject,
        });
        this.#writing ??= Dexie.ignoreTransaction(async () => this.#writeAll());
      });
    } catch (error) {
      const failure = storageFailure(error);
      this.room.note(failure);
      return failure;
    }
    if (made.committed !== null) {
      this.room.note(null);
      const written = await made.committed.writing();
      if (written.kind === 'failed') {
        this.#backlog.push(made.committed.entry);
        this.#fallBehind(written);
        if (options.strict === true) return notJournaled(this.#state);
      }
    }
    return { kind: 'done', value: made.value };
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const group = [next];
      while (next.together !== undefined && this.#waiting[0]?.together !== undefined && group.length < mostTogether)
        group.push(...this.#waiting.splice(0, 1));
      await this.#writeGroup(group);
    }
    this.#writing = null;
  }

  /** Makes these writes in one transaction, and tells each. */
  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    const started: Committed[] = [];
    try {
      await this.#applyLate();
      const tables = new Set([...group.flatMap((one) => one.tables), this.#database.counters.name]);
      const tell = await this.#database.transaction('rw', [...tables], async () => this.#make(group, started));
      tell();
    } catch (error) {
      for (const { entry, writing } of started) if ((await writing()).kind === 'written') this.#unapplied.push(entry);
      // Before anything went to the journal nothing is lost by beginning again; and who has done nothing wrong isn't refused for another.
      if (group.length > 1 && started.length === 0) for (const one of group) await this.#writeGroup([one]);
      else group.forEach(({ fail }) => fail(error));
    }
  }

  /** In the transaction. Returns how to tell everybody that it is through. */
  async #make(group: readonly Waiting[], started: Committed[]): Promise<() => void> {
    const { counters } = this.#database;
    const [count, looked] = await Promise.all([
      counters.get('write'),
      Promise.all(group.map(async (one, place) => ({ one, change: await one.look(place === 0) }))),
    ]);
    const made: Made[] = [];
    const applied: PromiseLike<Applied>[] = [];
    let collected: Write[] = [];
    const put = async () => {
      const writes = collected;
      collected = [];
      if (writes.length === 0) return;
      await Dexie.waitFor(async () => {
        await Promise.all(writes.map((write) => write.seal()));
      });
      // What Dexie doesn't take for a part of the transaction would be written whether the rest is or not.
      if (!isInTransaction()) throw new Error('Outside of the transaction nothing is written.');
      applied.push(putRows(this.#database, writes).then(asApplied, asNotApplied));
    };
    let number = count?.value ?? 0;
    for (const { one, change } of looked) {
      // Dexie follows no more than a hundred awaits of others' promises in a row; one of its own begins the count anew.
      await Dexie.Promise.resolve();
      const { together = '' } = one;
      // What was looked at beforehand isn't so any more if one of the others has changed it.
      const isOld = made.some(({ write }) => write.touches('records', together));
      if (isOld) await put();
      const write = new Write(number + 1, made.at(-1)?.write ?? null, put);
      const tell = await (isOld ? await one.look(false) : change)(write);
      made.push({ write, tell });
      if (write.isEmpty) continue;
      number = write.number;
      collected.push(write);
    }
    const written = made.filter(({ write }) => !write.isEmpty);
    if (written.length === 0) return () => made.forEach(({ tell }) => tell(null));
    await put();
    const entries = written.map(({ write }) => write.entry());
    applied.push(counters.put({ name: 'write', value: number }).then(asApplied, asNotApplied));
    const append = Dexie.ignoreTransaction(() => this.#journal.prepare(entries));
    for (const outcome of await Promise.all(applied)) if (outcome.kind === 'not-applied') throw outcome.error;
    // At the same time as the transaction ends: two syncs of the disk side by side cost little more than one. Not sooner: what a put refuses must not be
    // in the journal.
    const writings = Dexie.ignoreTransaction(append);
    const committed = entries.map((entry, place) => ({
      entry,
      writing: async () => (await writings)[place] ?? unanswered,
    }));
    started.push(...committed);
    return () =>
      made.forEach(({ write, tell }) => tell(committed[written.findIndex((one) => one.write === write)] ?? null));
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
      const [written = unanswered] = await this.#journal.prepare([next])();
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

  /** Puts what only the journal has. Throws where the database can't. */
  async #applyLate(): Promise<void> {
    for (let next = this.#unapplied[0]; next !== undefined; next = this.#unapplied[0]) {
      await applyEntry(this.#database, next);
      this.#unapplied.shift();
    }
  }
}

/** What became of a write's rows in its transaction: known later than the next write is begun. */
type Applied = { readonly kind: 'applied' } | { readonly kind: 'not-applied'; readonly error: unknown };
const asApplied = (): Applied => ({ kind: 'applied' });
const asNotApplied = (error: unknown): Applied => ({ kind: 'not-applied', error });

const unanswered: JournalWriting = { kind: 'failed', reason: 'other', text: 'The journal said nothing of this write.' };

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
