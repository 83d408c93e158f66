import type { Clock } from '../domain/clock';
import type { RecordEvent } from '../domain/event';
import { newestFirst, type StoredRecord } from '../domain/record';
import type { Damages } from './damages';
import type { Database, DocumentRow, RecordRow } from './database';
import { EventTimes } from './event-times';
import type { PatientKeys } from './patient-keys';
import { RecordOpening } from './record-opening';
import type { OpenRecord } from './rows';
import { Stages } from './stages';
import { storedRecord } from './stored-record';

/** What is read of records, their events and their documents. Whatever can't be opened is among the damages and left out. */
export class RecordReading {
  protected readonly database: Database;
  protected readonly opening: RecordOpening;
  readonly #clock: Clock;
  readonly #stages: Stages;
  readonly #times: EventTimes;

  /** `keys` throws where no certificate may be opened. */
  constructor(
    database: Database,
    means: { readonly clock: Clock; readonly damages: Damages; readonly keys: () => PatientKeys },
  ) {
    this.database = database;
    this.opening = new RecordOpening(database, means);
    this.#clock = means.clock;
    this.#stages = new Stages(database);
    this.#times = new EventTimes(database);
  }

  /** One record, or `null`. */
  async get(id: string): Promise<StoredRecord | null> {
    const stored = await this.database.records.get(id);
    const opened = stored === undefined ? null : await this.opening.now(stored);
    return opened === null ? null : this.read(opened.row);
  }

  /** These records, as far as they are there, in the order asked for: for lists that show a part of many. */
  async getMany(ids: readonly string[]): Promise<StoredRecord[]> {
    return this.#readAll(await this.opening.byIds(ids));
  }

  /** All records, newest first; with `stages`, only those whose last event left them there (`closed` counts as `delivered`). */
  async list(stages?: readonly RecordRow['stage'][]): Promise<StoredRecord[]> {
    const { records } = this.database;
    if (stages === undefined)
      return this.#readAll(await this.opening.byIds(await records.orderBy('createdAt').reverse().primaryKeys()));
    const wanted: ReadonlySet<RecordRow['stage']> = new Set(stages);
    // What moves on between finding and fetching is where it is then, and in the list once.
    const ids = [...new Set(await this.ids(stages))];
    const found = await this.opening.byIds(ids, ({ stage }) => wanted.has(stage));
    return this.#readAll(found).sort(newestFirst);
  }

  /** In which stage every record stands, by id (`closed` counts as `delivered`). Nothing is opened for it; keep nothing but what is made from it. */
  async stages(): Promise<ReadonlyMap<string, RecordRow['stage']>> {
    return this.#stages.all();
  }

  /**
   * The records to which anything happened from one instant on until before another (`null`: until now), newest first; with `madeUntil`, only
   * those that were made until then. No others are opened.
   */
  async touched(from: Date, until: Date | null, madeUntil: Date | null = null): Promise<StoredRecord[]> {
    const ids = await this.#times.recordsTouched(from.toISOString(), until?.toISOString() ?? null);
    const limit = madeUntil?.toISOString() ?? null;
    const found = await this.opening.byIds([...ids], ({ createdAt }) => limit === null || createdAt <= limit);
    return this.#readAll(found).sort(newestFirst);
  }

  /** How many records stand in these stages. Nothing is opened for it: whoever sees no certificate may still know how many there are. */
  async count(stages: readonly RecordRow['stage'][]): Promise<number> {
    return this.database.records.where('stage').anyOf(stages).count();
  }

  /** The ids of all records in these stages. Nothing is opened for it. */
  async ids(stages: readonly RecordRow['stage'][]): Promise<string[]> {
    const found = stages.map((stage) => this.database.records.where('stage').equals(stage).primaryKeys());
    return (await Promise.all(found)).flat();
  }

  /** All records of the patient whose key this is, newest first. */
  async ofPatient(keyId: string): Promise<StoredRecord[]> {
    const rows = await this.database.records.where('keyId').equals(keyId).toArray();
    return this.#readAll(await this.opening.all(rows.sort(newestFirst)));
  }

  /** The key of the patient whom a record is about, or `null`. */
  async keyOf(id: string): Promise<string | null> {
    return (await this.database.records.get(id))?.keyId ?? null;
  }

  /** A record's events, oldest first: its timeline. */
  async events(recordId: string): Promise<RecordEvent[]> {
    return this.opening.events(await this.database.events.where('recordId').equals(recordId).sortBy('sequence'));
  }

  /** The events of several records, in the chain's order. */
  async eventsOf(recordIds: readonly string[]): Promise<RecordEvent[]> {
    return this.opening.eventsOf(recordIds);
  }

  /** The chain's last link, or `null` while nothing ever happened. */
  async lastLink(): Promise<{ readonly sequence: number; readonly hash: string } | null> {
    const last = await this.database.events.orderBy('sequence').last();
    return last === undefined ? null : { sequence: last.sequence, hash: last.hash };
  }

  /**
   * All records' events, in the chain's order; with `after`, only those behind that sequence number; with `since`, only those
   * from that instant on, without reading the ones before.
   */
  async chain(after = 0, since: Date | null = null): Promise<RecordEvent[]> {
    const before = since === null ? 0 : await this.#times.lastBefore(since.toISOString());
    return this.opening.eventsAfter(Math.max(after, before));
  }

  /** The signed document with this hash, or `null`. */
  async document(signedSha256: string): Promise<DocumentRow | null> {
    const stored = await this.database.documents.get(signedSha256);
    return stored === undefined ? null : ((await this.opening.documents([stored]))[0] ?? null);
  }

  /** Every document ever signed for a record, oldest first. */
  async documents(recordId: string): Promise<DocumentRow[]> {
    const stored = await this.database.documents.where('recordId').equals(recordId).toArray();
    const documents = await this.opening.documents(stored);
    return documents.sort((a, b) => a.number - b.number || a.signedAt.localeCompare(b.signedAt));
  }

  /** The record whose document this is, by the document's id, or `null`. */
  async byDocument(documentId: string): Promise<StoredRecord | null> {
    const document = await this.database.documents.where('documentId').equals(documentId).first();
    return document === undefined ? null : this.get(document.recordId);
  }

  /** Forgets what was opened, as when a patient was erased. */
  forgetOpened(): void {
    this.opening.forget();
  }

  protected read(row: RecordRow): StoredRecord {
    return storedRecord(row, this.#clock.now());
  }

  #readAll(opened: readonly OpenRecord[]): StoredRecord[] {
    return opened.map(({ row }) => this.read(row));
  }
}
