import type { CertificateContent } from '../domain/certificate';
import type { Clock } from '../domain/clock';
import type { EventDetail, EventType, RecordEvent } from '../domain/event';
import type { StoredRecord } from '../domain/record';
import { notesOnCertificate } from '../domain/cancelling';
import { applyEvents, initialState, type RecordState } from '../domain/state';
import type { Damages } from './damages';
import type { Database, DocumentRow, JournaledTable, MailRow, RecordRow, SealedRecord } from './database';
import type { EventLog } from './event-log';
import { storageFailure, type StorageFailure } from './failures';
import { KeyGone, type PatientKeys, type PreparedKey } from './patient-keys';
import { RecordReading } from './record-reading';
import { sealDocument, sealMail, sealRecord, type OpenRecord, type PatientKey } from './rows';
import type { SearchIndex } from './search-index';
import type { Write } from './write';
import type { Writer } from './writer';

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
  /** The message that says so. */
  readonly mail?: MailRow;
}

/** A new record: a draft certificate, or a cancellation. */
export type NewRecord = Omit<RecordRow, 'stage' | 'state' | 'createdAt'>;

/** With which key events are written, and what belongs to them. */
interface Written {
  readonly documents?: readonly DocumentRow[];
  readonly mail?: MailRow;
  readonly key: PatientKey;
  /** The content is new. */
  readonly isNew: boolean;
}

/** What these begin must not begin while the second copy on disk is behind. */
const beginnings: readonly EventType[] = ['recorded', 'issued', 'imported', 'signed', 'attempting', 'cancelled'];
/** These are told as done only when both copies have them: what was promised to a patient, and the bytes that any sending will repeat. */
const promises: readonly EventType[] = ['issued', 'imported', 'signed'];

/** What a change is about. */
interface About {
  /** `null`: as it was. */
  readonly content: CertificateContent | null;
  readonly id: string;
  readonly isNew: boolean;
  /** The content is locked with it. */
  readonly isSettled: boolean;
  /** What is written besides records, events and documents. */
  readonly tables?: readonly JournaledTable[];
}

/** What a change finds in its transaction. */
interface Seen {
  readonly stored: SealedRecord | undefined;
  /** The key for its content; `null`: the content stays as it was. */
  readonly prepared: PreparedKey | null;
  /** The same, where it is no new one and stands there still. */
  readonly standing: PatientKey | null;
}

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
export class Records extends RecordReading {
  readonly #means: Means;

  constructor(database: Database, means: Means) {
    super(database, {
      clock: means.clock,
      damages: means.damages,
      keys: () => {
        if (means.clinical === null) throw new CertificatesClosed();
        return means.clinical.keys;
      },
    });
    this.#means = means;
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
    const about = { content: record.content, id: record.id, isNew: true, isSettled, details };
    return this.#change(about, async (write, { stored, prepared, standing }) => {
      if (stored !== undefined) return this.#conflict(stored);
      const key = prepared === null ? null : (standing ?? (await this.#clinical().keys.commit(prepared)));
      if (key === null) return { kind: 'missing' };
      return this.#append(write, { row, lastSequence: 0 }, details, { ...along, key, isNew: true });
    });
  }

  /**
   * Records a certificate's cancellation, and on the certificate that it is cancelled: both or none. Returns what became of the certificate; it has moved
   * on (`conflict`) where `when` doesn't hold for it any more.
   */
  async cancel(
    cancellation: NewRecord & { readonly cancels: NonNullable<NewRecord['cancels']> },
    details: readonly EventDetail[],
    when: (state: RecordState) => boolean,
  ): Promise<Change> {
    const { content, cancels } = cancellation;
    const begun: readonly EventDetail[] = [...details, { type: 'cancelled', cancellationId: cancellation.id }];
    const about = { content, id: cancellation.id, isNew: true, isSettled: true, details: begun };
    return this.#change(about, async (write, { prepared }) => {
      await write.beforeReading();
      const stored = await this.database.records.get(cancels.certificateId);
      if (stored === undefined || prepared === null) return { kind: 'missing' };
      const opened = await this.opening.now(stored);
      if (opened === null) return damaged(stored.id);
      if (!when(opened.row.state)) return { kind: 'conflict', record: this.read(opened.row) };
      const createdAt = this.#means.clock.now().toISOString();
      const row: RecordRow = { ...cancellation, createdAt, stage: 'recorded', state: initialState };
      const key = await this.#clinical().keys.commit(prepared);
      const recorded = await this.#appendHere(write, { row, lastSequence: 0 }, details, { key, isNew: true });
      if (recorded.kind !== 'written') return recorded;
      return this.#noteOnCertificate(write, opened, recorded.record);
    });
  }

  /** Replaces a draft's content. Only a draft's: once issued, content is locked (`conflict`). */
  async saveDraft(
    id: string,
    content: CertificateContent,
    coverageSource: RecordRow['coverageSource'],
  ): Promise<Change> {
    const about = { content, id, isNew: false, isSettled: false, details: [] };
    return this.#change(about, async (write, { stored, prepared, standing }) => {
      if (stored === undefined || prepared === null) return { kind: 'missing' };
      const opened = await this.opening.now(stored);
      if (opened === null) return damaged(id);
      if (opened.row.stage !== 'recorded') return this.#conflict(stored);
      const key = standing ?? (await this.#clinical().keys.commit(prepared));
      const row = { ...opened.row, content, coverageSource };
      return this.#append(write, { ...opened, row }, [], { key, isNew: true });
    });
  }

  /** Appends events to a record, with what belongs to them. */
  async append(id: string, details: readonly EventDetail[], along: Along = {}): Promise<Change> {
    const isSettled = details.some(({ type }) => type === 'issued' || type === 'imported');
    const content = along.content ?? null;
    const tables = along.mail === undefined ? [] : (['mails'] as const);
    return this.#change({ content, id, isNew: false, isSettled, details, tables }, async (write, seen) => {
      const { stored, prepared } = seen;
      if (stored === undefined) return { kind: 'missing' };
      const opened = await this.opening.now(stored);
      if (opened === null) return damaged(id);
      if (along.when?.(opened.row.state) === false) return { kind: 'conflict', record: this.read(opened.row) };
      const { keys } = this.#clinical();
      const held = keys.key(stored.keyId);
      const key =
        prepared === null
          ? held === null
            ? null
            : { id: stored.keyId, key: held }
          : (seen.standing ?? (await keys.commit(prepared)));
      if (key === null) return damaged(id);
      const row = content === null ? opened.row : { ...opened.row, content };
      return this.#append(write, { ...opened, row }, details, { ...along, key, isNew: content !== null });
    });
  }

  /** Appends events; a certificate whose cancellation they take further notes that in the same write. */
  async #append(write: Write, open: OpenRecord, details: readonly EventDetail[], along: Written): Promise<Change> {
    const { cancels } = open.row;
    const change = await this.#appendHere(write, open, details, along);
    if (cancels === null || change.kind !== 'written') return change;
    await write.beforeReading();
    const stored = await this.database.records.get(cancels.certificateId);
    const certificate = stored === undefined ? null : await this.opening.now(stored);
    // What can't be opened is told as damage; the cancellation goes its way all the same.
    if (certificate !== null) await this.#noteOnCertificate(write, certificate, change.record);
    return change;
  }

  async #noteOnCertificate(write: Write, certificate: OpenRecord, cancellation: StoredRecord): Promise<Change> {
    let { row } = certificate;
    // A row written before cancellations were followed up doesn't know where the certificate stood.
    if (row.state.stage === 'cancelled' && row.state.before === null)
      row = { ...row, state: applyEvents(initialState, await this.events(row.id)) };
    const notes = notesOnCertificate(row.state, cancellation);
    if (notes.length === 0) return { kind: 'written', record: this.read(row), events: [] };
    const keyId = await this.keyOf(row.id);
    const key = keyId === null ? null : this.#clinical().keys.key(keyId);
    if (keyId === null || key === null) return damaged(row.id);
    return this.#appendHere(write, { ...certificate, row }, notes, { key: { id: keyId, key }, isNew: false });
  }

  async #appendHere(
    write: Write,
    { row, lastSequence }: OpenRecord,
    details: readonly EventDetail[],
    along: Written,
  ): Promise<Change> {
    const { key } = along;
    const events = await this.#means.log.append(write, row.id, details, key);
    const state = applyEvents(row.state, events);
    const changed: RecordRow = { ...row, state, stage: state.stage };
    for (const document of along.documents ?? [])
      write.putSealed('documents', document.signedSha256, async () => sealDocument(document, key, write.number));
    const { mail } = along;
    if (mail !== undefined) write.putSealed('mails', mail.key, async () => sealMail(mail, key, write.number));
    const last = events.at(-1)?.sequence ?? lastSequence;
    const open = { row: changed, lastSequence: last };
    write.putSealed('records', row.id, async () => sealRecord(open, key, write.number));
    // What it is found by is new, or won't change any more.
    if (along.isNew || (row.stage === 'recorded' && changed.stage !== 'recorded'))
      this.#clinical().index.note(changed, key.id, write);
    return { kind: 'written', record: this.read(changed), events };
  }

  /** Prepares the key, then writes; once more with another key, if the patient was erased in between. */
  async #change(
    about: About & { readonly details: readonly EventDetail[] },
    change: (write: Write, seen: Seen) => Promise<Change>,
  ): Promise<Change> {
    const { keys, index } = this.#clinical();
    const { log } = this.#means;
    const options = {
      needsJournal: about.details.some(({ type }) => beginnings.includes(type)),
      strict: about.details.some(({ type }) => promises.includes(type)),
      beside: ['patientKeys', 'searchTail'],
    } as const;
    for (let again = true; ; again = false) {
      try {
        const prepared = await this.#prepare(about);
        if (prepared !== null && 'kind' in prepared) return prepared;
        const written = await this.#means.writer.lookAndWrite(
          ['records', 'events', 'documents', 'checkpoints', ...(about.tables ?? [])],
          (isFirst) =>
            Promise.all([
              this.database.records.get(about.id),
              prepared === null ? null : keys.standing(prepared),
              isFirst ? log.last() : null,
            ]),
          (write, [stored, standing, last]) => {
            log.standBehind(write, last);
            return change(write, { stored, prepared, standing });
          },
          { ...options, together: about.id },
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

  async #prepare(about: About): Promise<PreparedKey | StorageFailure | null> {
    if (about.content === null) return null;
    const current = about.isNew ? null : await this.keyOf(about.id);
    return this.#clinical().keys.prepare(about.content, current, about.isSettled);
  }

  async #conflict(stored: SealedRecord): Promise<Change> {
    const opened = await this.opening.now(stored);
    return opened === null ? damaged(stored.id) : { kind: 'conflict', record: this.read(opened.row) };
  }

  #clinical(): { readonly keys: PatientKeys; readonly index: SearchIndex } {
    if (this.#means.clinical === null) throw new CertificatesClosed();
    return this.#means.clinical;
  }
}

function damaged(id: string): StorageFailure {
  return { kind: 'storage-failed', reason: 'damaged', text: `records ${id}` };
}
