import type { CertificateContent } from '../domain/certificate';
import type { Clock } from '../domain/clock';
import type { EventDetail, EventType, RecordEvent } from '../domain/event';
import type { StoredRecord } from '../domain/record';
import { applyEvents, initialState, stateAt, type RecordState, type StageName } from '../domain/state';
import type { Damages } from './damages';
import type { Database, DocumentRow, RecordRow, SealedDocument, SealedEvent, SealedRecord } from './database';
import type { EventLog } from './event-log';
import { storageFailure, type StorageFailure } from './failures';
import { KeyGone, type PatientKeys, type PreparedKey } from './patient-keys';
import {
  openDocument,
  openEvent,
  openRecord,
  sealDocument,
  sealRecord,
  type OpenRecord,
  type PatientKey,
} from './rows';
import { OpenedRows } from './opened-rows';
import type { SearchIndex } from './search-index';
import type { Write, WriteOptions, Writer } from './writer';

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

/** What these begin must not begin while the second copy on disk is behind. */
const beginnings: readonly EventType[] = ['recorded', 'issued', 'imported', 'signed', 'attempting', 'cancelled'];
/** These are told as done only when both copies have them: what was promised to a patient, and the bytes that any sending will repeat. */
const promises: readonly EventType[] = ['issued', 'imported', 'signed'];

/** The keys of patients are not there: an administrator is logged in. Nothing of a certificate may be asked for then. */
export class CertificatesClosed extends Error {
  constructor() {
    super('Certificates are closed to this user.');
  }
}

interface Means {
  readonly clock: Clock;
  readonly writer: Writer;
  readonly log: EventLog;
  /** `null`: no clinical key, certificates are closed. */
  readonly clinical: { readonly keys: PatientKeys; readonly index: SearchIndex } | null;
  readonly damages: Damages;
}

/**
 * The one façade for everything that happens to a record. Record, events and signed bytes are written in one strict transaction: either
 * all of it is on the disk when a promise resolves with `written`, or nothing. Each is sealed with its patient's key.
 */
export class Records {
  readonly #database: Database;
  readonly #means: Means;
  readonly #openedRecords = new OpenedRows<OpenRecord>(5_000);
  readonly #openedDocuments = new OpenedRows<DocumentRow>(64);
  readonly #openedEvents = new OpenedRows<RecordEvent>(20_000);

  constructor(database: Database, means: Means) {
    this.#database = database;
    this.#means = means;
  }

  /** One record, or `null`. */
  async get(id: string): Promise<StoredRecord | null> {
    const stored = await this.#database.records.get(id);
    const opened = stored === undefined ? null : await this.#openNow(stored);
    return opened === null ? null : this.#read(opened.row);
  }

  /** These records, as far as they are there, in the order asked for: for lists that show a part of many. */
  async getMany(ids: readonly string[]): Promise<StoredRecord[]> {
    const stored = await this.#database.records.bulkGet([...ids]);
    return this.#openAll(stored.filter((row) => row !== undefined));
  }

  /** All records, newest first; with `stages`, only those whose last event left them there (`closed` counts as `delivered`). */
  async list(stages?: readonly RecordRow['stage'][]): Promise<StoredRecord[]> {
    const { records } = this.#database;
    if (stages === undefined) return this.#openAll(await records.orderBy('createdAt').reverse().toArray());
    // A query for each stage is read in one go; one for several walks a cursor, certificate by certificate.
    const found = await Promise.all(stages.map((stage) => records.where('stage').equals(stage).toArray()));
    const rows = found.flat().sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
    return this.#openAll(rows);
  }

  /** How many records stand in each stage (`closed` counts as `delivered`). Nothing is opened for it. */
  async count(stages: readonly RecordRow['stage'][]): Promise<number> {
    return this.#database.records.where('stage').anyOf(stages).count();
  }

  /** The ids of all records in these stages. Nothing is opened for it. */
  async ids(stages: readonly RecordRow['stage'][]): Promise<string[]> {
    const found = stages.map((stage) => this.#database.records.where('stage').equals(stage).primaryKeys());
    return (await Promise.all(found)).flat();
  }

  /** All records of the patient whose key this is, newest first. */
  async ofPatient(keyId: string): Promise<StoredRecord[]> {
    const rows = await this.#database.records.where('keyId').equals(keyId).toArray();
    return this.#openAll(rows.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)));
  }

  /** The key of the patient whom a record is about, or `null`. */
  async keyOf(id: string): Promise<string | null> {
    return (await this.#database.records.get(id))?.keyId ?? null;
  }

  /** A record's events, oldest first: its timeline. */
  async events(recordId: string): Promise<RecordEvent[]> {
    return this.#openEvents(await this.#database.events.where('recordId').equals(recordId).sortBy('sequence'));
  }

  /**
   * All records' events, in the chain's order; with `after`, only those behind that sequence number; with `since`, only those
   * from that instant on, without reading the ones before.
   */
  async chain(after = 0, since: Date | null = null): Promise<RecordEvent[]> {
    const before = since === null ? 0 : await this.#lastBefore(since.toISOString());
    const rows = await this.#database.events.where('sequence').above(Math.max(after, before)).toArray();
    return this.#openEvents(rows.filter(({ recordId }) => recordId !== null));
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
    const stored = await this.#database.documents.get(signedSha256);
    return stored === undefined ? null : ((await this.#openDocuments([stored]))[0] ?? null);
  }

  /** Every document ever signed for a record, oldest first. */
  async documents(recordId: string): Promise<DocumentRow[]> {
    const stored = await this.#database.documents.where('recordId').equals(recordId).toArray();
    const documents = await this.#openDocuments(stored);
    return documents.sort((a, b) => a.number - b.number || a.signedAt.localeCompare(b.signedAt));
  }

  /** The record whose document this is, by the document's id, or `null`. */
  async byDocument(documentId: string): Promise<StoredRecord | null> {
    const document = await this.#database.documents.where('documentId').equals(documentId).first();
    return document === undefined ? null : this.get(document.recordId);
  }

  /** How many records stand at these stages. Opens none: whoever sees no certificate may still know how many there are. */
  async countAt(stages: readonly StageName[]): Promise<number> {
    return this.#database.records.where('stage').anyOf(stages).count();
  }

  /** Forgets what was opened, as when a patient was erased. */
  forgetOpened(): void {
    this.#openedRecords.clear();
    this.#openedDocuments.clear();
    this.#openedEvents.clear();
  }

  /** Records something new, with its first events. Writing the same id twice is a `conflict`. */
  async create(
    record: NewRecord,
    details: readonly EventDetail[],
    along: Pick<Along, 'documents'> = {},
  ): Promise<Change> {
    const isSettled = details.some(({ type }) => type === 'issued' || type === 'imported');
    const row: RecordRow = {
      ...record,
      createdAt: this.#means.clock.now().toISOString(),
      stage: 'recorded',
      state: initialState,
    };
    return this.#change({ content: record.content, id: null, isSettled, details }, async (write, prepared) => {
      const existing = await this.#database.records.get(record.id);
      if (existing !== undefined) return this.#conflict(existing);
      const key = prepared === null ? null : await this.#clinical().keys.commit(prepared);
      if (key === null) return { kind: 'missing' };
      return this.#append(write, { row, lastSequence: 0 }, details, { ...along, key, isNew: true });
    });
  }

  /** Replaces a draft's content. Only a draft's: once issued, content is locked (`conflict`). */
  async saveDraft(
    id: string,
    content: CertificateContent,
    coverageSource: RecordRow['coverageSource'],
  ): Promise<Change> {
    return this.#change({ content, id, isSettled: false, details: [] }, async (write, prepared) => {
      const stored = await this.#database.records.get(id);
      if (stored === undefined || prepared === null) return { kind: 'missing' };
      const opened = await this.#openNow(stored);
      if (opened === null) return damaged(id);
      if (opened.row.stage !== 'recorded') return this.#conflict(stored);
      const key = await this.#clinical().keys.commit(prepared);
      const row = { ...opened.row, content, coverageSource };
      return this.#append(write, { ...opened, row }, [], { key, isNew: true });
    });
  }

  /** Appends events to a record, with what belongs to them. */
  async append(id: string, details: readonly EventDetail[], along: Along = {}): Promise<Change> {
    const isSettled = details.some(({ type }) => type === 'issued' || type === 'imported');
    const content = along.content ?? null;
    return this.#change({ content, id, isSettled, details }, async (write, prepared) => {
      const stored = await this.#database.records.get(id);
      if (stored === undefined) return { kind: 'missing' };
      const opened = await this.#openNow(stored);
      if (opened === null) return damaged(id);
      if (along.when?.(opened.row.state) === false) return { kind: 'conflict', record: this.#read(opened.row) };
      const { keys } = this.#clinical();
      const held = keys.key(stored.keyId);
      const key =
        prepared === null ? (held === null ? null : { id: stored.keyId, key: held }) : await keys.commit(prepared);
      if (key === null) return damaged(id);
      const row = content === null ? opened.row : { ...opened.row, content };
      return this.#append(write, { ...opened, row }, details, { ...along, key, isNew: content !== null });
    });
  }

  async #append(
    write: Write,
    { row, lastSequence }: OpenRecord,
    details: readonly EventDetail[],
    along: { documents?: readonly DocumentRow[]; key: PatientKey; isNew: boolean },
  ): Promise<Change> {
    const { key } = along;
    const events = await this.#means.log.append(write, row.id, details, key);
    const state = applyEvents(row.state, events);
    const changed: RecordRow = { ...row, state, stage: state.stage };
    for (const document of along.documents ?? [])
      write.put('documents', document.signedSha256, sealDocument(document, key, write.number));
    const last = events.at(-1)?.sequence ?? lastSequence;
    write.put('records', row.id, sealRecord({ row: changed, lastSequence: last }, key, write.number));
    // What it is found by is new, or won't change any more.
    if (along.isNew || (row.stage === 'recorded' && changed.stage !== 'recorded'))
      await this.#clinical().index.note(changed, key.id, write.number);
    return { kind: 'written', record: this.#read(changed), events };
  }

  /** Prepares the key, then writes; once more with another key, if the patient was erased in between. */
  async #change(
    about: {
      content: CertificateContent | null;
      /** `null`: a new record. */
      id: string | null;
      isSettled: boolean;
      details: readonly EventDetail[];
    },
    change: (write: Write, prepared: PreparedKey | null) => Promise<Change>,
  ): Promise<Change> {
    const { keys, index } = this.#clinical();
    const options: WriteOptions = {
      needsJournal: about.details.some(({ type }) => beginnings.includes(type)),
      strict: about.details.some(({ type }) => promises.includes(type)),
    };
    for (let again = true; ; again = false) {
      try {
        const prepared = await this.#prepare(about);
        if (prepared !== null && 'kind' in prepared) return prepared;
        const written = await this.#means.writer.write(
          ['records', 'events', 'documents', 'checkpoints'],
          (write) => change(write, prepared),
          { ...options, beside: ['patientKeys', 'searchTail'] },
        );
        if (written.kind === 'storage-failed') return written;
        await index.packIfFull();
        return written.value;
      } catch (error) {
        if (!(error instanceof KeyGone)) return storageFailure(error);
        keys.forget(error.id);
        if (!again) return { kind: 'storage-failed', reason: 'damaged', text: `patientKeys ${error.id}` };
      }
    }
  }

  async #prepare(about: {
    content: CertificateContent | null;
    id: string | null;
    isSettled: boolean;
  }): Promise<PreparedKey | StorageFailure | null> {
    if (about.content === null) return null;
    const current = about.id === null ? null : await this.keyOf(about.id);
    return this.#clinical().keys.prepare(about.content, current, about.isSettled);
  }

  async #conflict(stored: SealedRecord): Promise<Change> {
    const opened = await this.#openNow(stored);
    return opened === null ? damaged(stored.id) : { kind: 'conflict', record: this.#read(opened.row) };
  }

  /** Opens a row. An older one that was put back is said, and its state computed from the events. */
  async #openNow(stored: SealedRecord): Promise<OpenRecord | null> {
    const { keys } = this.#clinical();
    await keys.load([stored.keyId]);
    const opened = this.#open(stored);
    if (opened === null) return null;
    const sequences = await this.#database.events.where('recordId').equals(stored.id).primaryKeys();
    const last = sequences.reduce((highest, sequence) => Math.max(highest, sequence), 0);
    if (last <= opened.lastSequence) return opened;
    this.#means.damages.note({ table: 'records', key: stored.id, what: 'old' });
    const state = applyEvents(initialState, await this.events(stored.id));
    return { row: { ...opened.row, state, stage: state.stage }, lastSequence: last };
  }

  #open(stored: SealedRecord): OpenRecord | null {
    const key = this.#clinical().keys.key(stored.keyId);
    const opened = key === null ? null : this.#openedRecords.opened(stored.id, stored, () => openRecord(stored, key));
    const { stage, createdAt } = opened?.row ?? {};
    // What stands in the open beside it may have been changed since it was opened.
    if (opened !== null && stage === stored.stage && createdAt === stored.createdAt) return opened;
    this.#means.damages.note({ table: 'records', key: stored.id, what: 'closed' });
    return null;
  }

  async #openAll(rows: readonly SealedRecord[]): Promise<StoredRecord[]> {
    await this.#clinical().keys.load(rows.map(({ keyId }) => keyId));
    return rows.flatMap((row) => {
      const opened = this.#open(row);
      return opened === null ? [] : [this.#read(opened.row)];
    });
  }

  /** Events of erased patients are left out: they are links of the chain and nothing more. */
  async #openEvents(rows: readonly SealedEvent[]): Promise<RecordEvent[]> {
    const { keys } = this.#clinical();
    await keys.load(rows.flatMap(({ keyId }) => keyId ?? []));
    return rows.flatMap((row) => {
      const key = row.keyId === null ? null : keys.key(row.keyId);
      if (key === null) return [];
      const event = this.#openedEvents.opened(row.sequence, row, () => openEvent(row, key));
      if (event === null) this.#means.damages.note({ table: 'events', key: String(row.sequence), what: 'closed' });
      return event ?? [];
    });
  }

  async #openDocuments(rows: readonly SealedDocument[]): Promise<DocumentRow[]> {
    const { keys } = this.#clinical();
    await keys.load(rows.map(({ keyId }) => keyId));
    return rows.flatMap((row) => {
      const key = keys.key(row.keyId);
      const document =
        key === null ? null : this.#openedDocuments.opened(row.signedSha256, row, () => openDocument(row, key));
      if (document === null) this.#means.damages.note({ table: 'documents', key: row.signedSha256, what: 'closed' });
      return document ?? [];
    });
  }

  #clinical(): { readonly keys: PatientKeys; readonly index: SearchIndex } {
    if (this.#means.clinical === null) throw new CertificatesClosed();
    return this.#means.clinical;
  }

  #read(row: RecordRow): StoredRecord {
    const { id, createdAt, content, corrects, coverageSource, cancels } = row;
    const state = stateAt(row.state, this.#means.clock.now());
    return cancels === null
      ? { kind: 'certificate', id, createdAt, content, corrects, coverageSource, state }
      : {
          kind: 'cancellation',
          id,
          createdAt,
          certificateId: cancels.certificateId,
          cancelledDocumentId: cancels.documentId,
          content,
          state,
        };
  }
}

function damaged(id: string): StorageFailure {
  return { kind: 'storage-failed', reason: 'damaged', text: `records ${id}` };
}
