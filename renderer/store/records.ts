import type { CertificateContent } from '../domain/certificate';
import type { Clock } from '../domain/clock';
import { linkEvent } from '../domain/event-chain';
import type { EventDetail, RecordEvent } from '../domain/event';
import type { StoredRecord } from '../domain/record';
import { applyEvents, initialState, stateAt, type RecordState } from '../domain/state';
import type { Database, DocumentRow, RecordRow } from './database';
import { storageFailure, type StorageFailure } from './failures';

/** What became of a change to a record. `conflict`: the record had moved on, nothing was written. */
export type Change =
  | { readonly kind: 'written'; readonly record: StoredRecord; readonly events: readonly RecordEvent[] }
  | { readonly kind: 'conflict'; readonly record: StoredRecord }
  | { readonly kind: 'missing' }
  | StorageFailure;

/** What is written together with the events, in the same transaction. */
export interface Along {
  /** The change happens only if the state is still as expected. */
  readonly when?: (state: RecordState) => boolean;
  readonly documents?: readonly DocumentRow[];
  readonly content?: CertificateContent;
}

/** A new record: a draft certificate, or a cancellation. */
export type NewRecord = Omit<RecordRow, 'stage' | 'state' | 'createdAt'>;

/**
 * The one façade for everything that happens to a record. Record, events and signed bytes are written in one strict transaction: either
 * all of it is on the disk when a promise resolves with `written`, or nothing.
 */
export class Records {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #user: () => string;
  readonly #newId: () => string;

  constructor(database: Database, options: { clock: Clock; user: () => string; newId: () => string }) {
    this.#database = database;
    this.#clock = options.clock;
    this.#user = options.user;
    this.#newId = options.newId;
  }

  /** One record, or `null`. */
  async get(id: string): Promise<StoredRecord | null> {
    const row = await this.#database.records.get(id);
    return row === undefined ? null : this.#read(row);
  }

  /** All records, newest first; with `stages`, only those whose last event left them there (`closed` counts as `delivered`). */
  async list(stages?: readonly RecordRow['stage'][]): Promise<StoredRecord[]> {
    const { records } = this.#database;
    if (stages === undefined)
      return (await records.orderBy('createdAt').reverse().toArray()).map((row) => this.#read(row));
    // A query for each stage is read in one go; one for several walks a cursor, certificate by certificate.
    const found = await Promise.all(stages.map((stage) => records.where('stage').equals(stage).toArray()));
    const rows = found.flat().sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
    return rows.map((row) => this.#read(row));
  }

  /** A record's events, oldest first: its timeline. */
  async events(recordId: string): Promise<RecordEvent[]> {
    return this.#database.events.where('recordId').equals(recordId).sortBy('sequence');
  }

  /**
   * All events of the installation, in the chain's order; with `after`, only those behind that sequence number; with `since`, only those
   * from that instant on, without reading the ones before.
   */
  async chain(after = 0, since: Date | null = null): Promise<RecordEvent[]> {
    const before = since === null ? 0 : await this.#lastBefore(since.toISOString());
    return this.#database.events.where('sequence').above(Math.max(after, before)).toArray();
  }

  /** The sequence number of the last event before an instant, by halving: events are numbered in the order of their time. 0: there is none. */
  async #lastBefore(instant: string): Promise<number> {
    const { events } = this.#database;
    let [low, high] = [0, (await events.orderBy('sequence').last())?.sequence ?? 0];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const event = await events.get(middle);
      if (event !== undefined && event.at >= instant) high = middle - 1;
      else low = middle;
    }
    return low;
  }

  /** The signed document with this hash, or `null`. */
  async document(signedSha256: string): Promise<DocumentRow | null> {
    return (await this.#database.documents.get(signedSha256)) ?? null;
  }

  /** Every document ever signed for a record, oldest first. */
  async documents(recordId: string): Promise<DocumentRow[]> {
    const documents = await this.#database.documents.where('recordId').equals(recordId).toArray();
    return documents.sort((a, b) => a.number - b.number || a.signedAt.localeCompare(b.signedAt));
  }

  /** The record whose document this is, by the document's id, or `null`. */
  async byDocument(documentId: string): Promise<StoredRecord | null> {
    const document = await this.#database.documents.where('documentId').equals(documentId).first();
    return document === undefined ? null : this.get(document.recordId);
  }

  /** Records something new, with its first events. Writing the same id twice is a `conflict`. */
  async create(
    record: NewRecord,
    details: readonly EventDetail[],
    along: Pick<Along, 'documents'> = {},
  ): Promise<Change> {
    return this.#write(async () => {
      const existing = await this.#database.records.get(record.id);
      if (existing !== undefined) return { kind: 'conflict', record: this.#read(existing) };
      const row: RecordRow = {
        ...record,
        createdAt: this.#clock.now().toISOString(),
        stage: 'recorded',
        state: initialState,
      };
      return this.#append(row, details, along);
    });
  }

  /** Replaces a draft's content. Only a draft's: once issued, content is locked (`conflict`). */
  async saveDraft(
    id: string,
    content: CertificateContent,
    coverageSource: RecordRow['coverageSource'],
  ): Promise<Change> {
    return this.#write(async () => {
      const row = await this.#database.records.get(id);
      if (row === undefined) return { kind: 'missing' };
      if (row.stage !== 'recorded') return { kind: 'conflict', record: this.#read(row) };
      return this.#append({ ...row, content, coverageSource }, [], {});
    });
  }

  /** Appends events to a record, with what belongs to them. */
  async append(id: string, details: readonly EventDetail[], along: Along = {}): Promise<Change> {
    return this.#write(async () => {
      const row = await this.#database.records.get(id);
      if (row === undefined) return { kind: 'missing' };
      if (along.when?.(row.state) === false) return { kind: 'conflict', record: this.#read(row) };
      return this.#append(along.content === undefined ? row : { ...row, content: along.content }, details, along);
    });
  }

  async #append(row: RecordRow, details: readonly EventDetail[], along: Pick<Along, 'documents'>): Promise<Change> {
    let last = (await this.#database.events.orderBy('sequence').last()) ?? null;
    const at = this.#clock.now().toISOString();
    const events: RecordEvent[] = [];
    for (const detail of details) {
      last = linkEvent(last, { id: this.#newId(), recordId: row.id, at, user: this.#user(), detail });
      events.push(last);
    }
    const state = applyEvents(row.state, events);
    const changed: RecordRow = { ...row, state, stage: state.stage };
    await this.#database.events.bulkAdd(events);
    await this.#database.documents.bulkPut([...(along.documents ?? [])]);
    await this.#database.records.put(changed);
    return { kind: 'written', record: this.#read(changed), events };
  }

  async #write(change: () => Promise<Change>): Promise<Change> {
    const { records, events, documents } = this.#database;
    try {
      return await this.#database.transaction('rw', [records, events, documents], change);
    } catch (error) {
      return storageFailure(error);
    }
  }

  #read(row: RecordRow): StoredRecord {
    const { id, createdAt, content, corrects, coverageSource, cancels } = row;
    const state = stateAt(row.state, this.#clock.now());
    return cancels === null
      ? { kind: 'certificate', id, createdAt, content, corrects, coverageSource, state }
      : {
          kind: 'cancellation',
          id,
          createdAt,
          content,
          state,
          certificateId: cancels.certificateId,
          cancelledDocumentId: cancels.documentId,
        };
  }
}
