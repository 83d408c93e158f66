import type { RecordEvent } from '../domain/event';
import { applyEvents, initialState } from '../domain/state';
import type { Damages } from './damages';
import type { Database, DocumentRow, SealedDocument, SealedEvent, SealedRecord } from './database';
import { OpenedRows } from './opened-rows';
import { fetchInPieces, mapInPieces, rowsAtOnce } from './in-pieces';
import type { PatientKeys } from './patient-keys';
import { openDocument, openEvent, openRecord, type OpenRecord } from './rows';

interface Means {
  /** Throws where certificates are closed. */
  readonly keys: () => PatientKeys;
  readonly damages: Damages;
}

/**
 * Opens records, events and documents, each with its patient's key. What can't be believed is left out and said; what was opened is kept for a
 * while. Of many, a part is fetched and opened at a time, and the screen has its turn in between.
 */
export class RecordOpening {
  readonly #database: Database;
  readonly #means: Means;
  readonly #records = new OpenedRows<OpenRecord>(5_000);
  readonly #documents = new OpenedRows<DocumentRow>(64);
  readonly #events = new OpenedRows<RecordEvent>(20_000);
  /** By record: the write that made its row, as of `#until`. Lists take what was opened of it as it is. */
  readonly #current = new Map<string, number>();
  /** The last write that is in `#current`; -1: none is. */
  #until = -1;

  constructor(database: Database, means: Means) {
    this.#database = database;
    this.#means = means;
  }

  /** Opens a row as its events have it. An older one that was put back is said, and its state computed from the events. */
  async now(stored: SealedRecord): Promise<OpenRecord | null> {
    await this.#means.keys().load([stored.keyId]);
    const opened = this.#record(stored);
    if (opened === null) return null;
    const sequences = await this.#database.events.where('recordId').equals(stored.id).primaryKeys();
    const last = sequences.reduce((highest, sequence) => Math.max(highest, sequence), 0);
    if (last <= opened.lastSequence) return opened;
    this.#means.damages.note({ table: 'records', key: stored.id, what: 'old' });
    const events = await this.events(
      await this.#database.events.where('recordId').equals(stored.id).sortBy('sequence'),
    );
    const state = applyEvents(initialState, events);
    return { row: { ...opened.row, state, stage: state.stage }, lastSequence: last };
  }

  async all(rows: readonly SealedRecord[]): Promise<OpenRecord[]> {
    const isErased = await this.#loadKeys(rows);
    return mapInPieces(rows, (row) => (isErased(row.keyId) ? null : this.#record(row)));
  }

  /**
   * The same by their ids, in that order; who isn't there is left out, and so is what `holds` doesn't hold for. What was opened before and not
   * written since is not read again: while thousands are on their way, a list would else unpack all of them for each that moved.
   */
  async byIds(
    ids: readonly string[],
    holds: (of: Pick<SealedRecord, 'stage' | 'createdAt'>) => boolean = () => true,
  ): Promise<OpenRecord[]> {
    await this.#followWrites();
    return fetchInPieces(
      ids,
      async (some) => {
        const kept = some.map((id) => ({ id, opened: this.#kept(id) }));
        const until = this.#until;
        const missing = kept.filter(({ opened }) => opened === null).map(({ id }) => id);
        const rows = missing.length === 0 ? [] : await this.#database.records.bulkGet(missing);
        const found = new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, row] as const])));
        // What was written meanwhile may be newer than what was read here.
        if (until === this.#until) for (const { id, write } of found.values()) this.#current.set(id, write);
        return kept.map(({ id, opened }) => ({ stored: found.get(id), opened }));
      },
      async (rows) => {
        const read = await this.all(
          rows.flatMap(({ stored }) => (stored !== undefined && holds(stored) ? stored : [])),
        );
        const byId = new Map(read.map((opened) => [opened.row.id, opened]));
        return rows.flatMap(({ stored, opened }) => {
          const one = opened ?? (stored === undefined ? undefined : byId.get(stored.id));
          return one !== undefined && holds(one.row) ? one : [];
        });
      },
    );
  }

  #kept(id: string): OpenRecord | null {
    const write = this.#current.get(id);
    return write === undefined ? null : this.#records.kept(id, write);
  }

  /** Learns which records were written since the last time: by the index of writes, without reading a row. */
  async #followWrites(): Promise<void> {
    const { records, counters } = this.#database;
    const last = (await counters.get('write'))?.value ?? 0;
    const written = await records
      .where('write')
      .above(this.#until < 0 ? last : this.#until)
      .primaryKeys();
    for (const id of written) this.#current.delete(id);
    this.#until = Math.max(this.#until, last);
  }

  /** Events of erased patients are left out: they are links of the chain and nothing more. */
  async events(rows: readonly SealedEvent[]): Promise<RecordEvent[]> {
    const keys = this.#means.keys();
    await keys.load(rows.flatMap(({ keyId }) => keyId ?? []));
    return mapInPieces(rows, (row) => {
      const key = row.keyId === null ? null : keys.key(row.keyId);
      if (key === null) return null;
      const event = this.#events.opened(row.sequence, row, () => openEvent(row, key));
      if (event === null) this.#means.damages.note({ table: 'events', key: String(row.sequence), what: 'closed' });
      return event;
    });
  }

  /** The events of several records, in the chain's order. */
  async eventsOf(recordIds: readonly string[]): Promise<RecordEvent[]> {
    const { events } = this.#database;
    const found = await fetchInPieces(
      recordIds,
      async (some) => Promise.all(some.map((id) => events.where('recordId').equals(id).toArray())),
      async (rows) => this.events(rows.flat()),
    );
    return found.sort((a, b) => a.sequence - b.sequence);
  }

  /** All records' events behind this sequence number, in the chain's order. */
  async eventsAfter(sequence: number): Promise<RecordEvent[]> {
    const { events } = this.#database;
    const opened: RecordEvent[] = [];
    for (let last = sequence; ;) {
      const rows = await events.where('sequence').above(last).limit(rowsAtOnce).toArray();
      opened.push(...(await this.events(rows.filter(({ recordId }) => recordId !== null))));
      last = rows.at(-1)?.sequence ?? last;
      if (rows.length < rowsAtOnce) return opened;
    }
  }

  async documents(rows: readonly SealedDocument[]): Promise<DocumentRow[]> {
    const keys = this.#means.keys();
    await keys.load(rows.map(({ keyId }) => keyId));
    return rows.flatMap((row) => {
      const key = keys.key(row.keyId);
      const document =
        key === null ? null : this.#documents.opened(row.signedSha256, row, () => openDocument(row, key));
      if (document === null) this.#means.damages.note({ table: 'documents', key: row.signedSha256, what: 'closed' });
      return document ?? [];
    });
  }

  /** Loads these rows' keys. Tells of a key whether it was there and has gone since: its patient was erased between two pieces. */
  async #loadKeys(rows: readonly { readonly keyId: string }[]): Promise<(keyId: string) => boolean> {
    const keys = this.#means.keys();
    await keys.load(rows.map(({ keyId }) => keyId));
    const held = new Set(rows.map(({ keyId }) => keyId).filter((keyId) => keys.key(keyId) !== null));
    return (keyId) => held.has(keyId) && keys.key(keyId) === null;
  }

  /** Nothing stays in memory, as when a patient was erased. */
  forget(): void {
    this.#records.clear();
    this.#current.clear();
    this.#documents.clear();
    this.#events.clear();
  }

  #record(stored: SealedRecord): OpenRecord | null {
    const key = this.#means.keys().key(stored.keyId);
    const opened = key === null ? null : this.#records.opened(stored.id, stored, () => openRecord(stored, key));
    const { stage, createdAt } = opened?.row ?? {};
    // What stands in the open beside it may have been changed since it was opened.
    if (opened !== null && stage === stored.stage && createdAt === stored.createdAt) return opened;
    this.#means.damages.note({ table: 'records', key: stored.id, what: 'closed' });
    return null;
  }
}
