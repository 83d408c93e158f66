import { z } from 'zod';
import type { AuditDetail, AuditEvent } from '../domain/audit';
import type { EventDetail } from '../domain/event';
import type { Outage, OutageScope } from '../domain/outage';
import type { Payer } from '../domain/payer';
import { openClinical, type Clinical } from './clinical';
import { CertificatesClosed, Records, type Change } from './records';
import { Damages, type Damage } from './damages';
import type { CatalogueRow, Database, MailRow, PatientRow, RecipientRow } from './database';
import { Erasure } from './erasure';
import { EventLog, type ChainCheck } from './event-log';
import { NotWritten, type StorageFailure } from './failures';
import { mailRow, type NewMail } from './mails';
import { NoticingStore } from './noticing';
import { Outages } from './outages';
import { PracticeValues } from './practice-values';
import { watchQuery } from './watch';
import { openDatabase, type StoreMeans } from './open';
import { exportPatient, type PatientExport } from './patient-export';
import { Payers } from './payers';
import { Recipients } from './recipients';
import { withoutWrite } from './plain-rows';
import { Trail } from './trail';
import { fillIndex } from './fill-index';
import type { Summary } from './summaries';
import {
  changedNames,
  restorationPausesSchema,
  restoredHoldSchema,
  setupSchema,
  type RestorationPauses,
  type RestoredHold,
  type Setup,
} from './setup';
import type { JournalState, MustWrite, Writer } from './writer';

export { NotWritten } from './failures';
export type { RestorationPauses, Setup } from './setup';

/** Its key in `meta`. */
const restoredHold = 'restored-hold';

const contactsSchema = z.record(z.string(), z.string());
/** When each component outside last answered properly, by its name; ISO instants. */
export type Contacts = z.output<typeof contactsSchema>;

/** Everything the practice owns on this computer. One object for one open database. */
export class Store {
  readonly records: Records;
  readonly noticing: NoticingStore;
  /** The insurers, and the versions of the insurer file that they come from. */
  readonly insurers: Payers;
  /** The audit trail as people read it. */
  readonly trail: Trail;
  /** UUID namespace of this installation: documents' ids are made from it (UUID v5). */
  readonly namespace: string;
  /** Whether the keys that open certificates are there: not while an administrator is logged in. */
  readonly hasClinicalKey: boolean;
  /** The database is of a newer program: it is read, and nothing is written into it. */
  readonly isReadOnly: boolean;
  readonly #database: Database;
  readonly #means: StoreMeans;
  readonly #writer: Writer;
  readonly #log: EventLog;
  readonly #damages = new Damages();
  readonly #values: PracticeValues;
  readonly #outages: Outages;
  readonly #recipients: Recipients;
  readonly #clinical: Clinical | null;
  #user: () => string;

  private constructor(database: Database, writer: Writer, namespace: string, means: StoreMeans) {
    const { clock, newId, keys } = means;
    this.#database = database;
    this.#means = means;
    this.#writer = writer;
    this.#user = means.user;
    this.namespace = namespace;
    this.noticing = new NoticingStore(database);
    this.#values = new PracticeValues(database, { practiceKey: keys.practice, damages: this.#damages });
    const user = () => this.#user();
    const { clinical, former = [], practice: practiceKey } = keys;
    const mustWrite: MustWrite = (...write) => this.#mustWrite(...write);
    const damages = this.#damages;
    this.#log = new EventLog(database, { clock, newId, user, practiceKey, damages, follow: means.follow });
    this.#outages = new Outages(database, { practiceKey, mustWrite, damages, newId, user, now: () => this.#now() });
    this.#recipients = new Recipients(database, { practiceKey, damages });
    this.#clinical =
      clinical === null ? null : openClinical(database, { ...means, clinical, former, mustWrite, damages });
    this.hasClinicalKey = keys.clinical !== null;
    this.isReadOnly = database.isReadOnly;
    this.records = new Records(database, {
      clock,
      writer,
      log: this.#log,
      clinical: this.#clinical,
      damages: this.#damages,
    });
    this.trail = new Trail(database, { practiceKey: keys.practice, keys: this.#clinical?.keys ?? null });
    this.insurers = new Payers(database, (tables, change) => this.#mustWrite(tables, change));
  }

  /**
   * Opens the database, making it on the first start. A database of a newer program is opened for reading only (`isReadOnly`); a plain one of
   * version 1 is sealed first.
   */
  static async open(name: string, means: StoreMeans): Promise<{ kind: 'open'; store: Store } | StorageFailure> {
    const opened = await openDatabase(name, means);
    if (opened.kind !== 'open') return opened;
    return { kind: 'open', store: new Store(opened.database, opened.writer, opened.namespace, means) };
  }

  close(): void {
    this.#log.close();
    this.#writer.close();
    this.#database.close();
  }

  /** Who works from now on: stands in every event. */
  setUser(name: string): void {
    this.#user = () => name;
  }

  /** Runs a query again whenever what it read changes, in this window or another. Returns how to stop. */
  watch<T>(query: () => Promise<T>, onValue: (value: T) => void, onError: (error: unknown) => void): () => void {
    return watchQuery(query, onValue, onError);
  }

  /** How far the second copy on disk is. */
  journal(): JournalState {
    return this.#writer.journalState;
  }

  /** Calls back whenever `journal` says something else. Returns how to stop. */
  onJournal(listener: () => void): () => void {
    return this.#writer.onJournal(listener);
  }

  /** Tries now to bring the second copy what it lacks. Whether it has everything. */
  async catchUpJournal(): Promise<boolean> {
    return this.#writer.catchUp();
  }

  /** Whether the database had room for the last write; where it had none, it is tried again first. */
  async hasRoom(): Promise<boolean> {
    await this.#writer.room.tryAgain(this.#database);
    return !this.#writer.room.isFull;
  }

  /** Calls back when a write finds no room any more, and when one does again. Returns how to stop. */
  onRoom(listener: () => void): () => void {
    return this.#writer.room.onChange(listener);
  }

  /** What was found changed from outside or broken since the start. */
  damages(): readonly Damage[] {
    return this.#damages.all();
  }

  /** Says of rows that comparing them with the archive showed them changed from outside. */
  noteDamages(found: readonly Damage[]): void {
    found.forEach((damage) => this.#damages.note(damage));
  }

  onDamage(listener: () => void): () => void {
    return this.#damages.onFound(listener);
  }

  /** The set-up, or `null` before the first start's assistant is through. */
  async setup(): Promise<Setup | null> {
    return this.#values.get('setup', setupSchema);
  }

  async saveSetup(setup: Setup): Promise<void> {
    const before = await this.setup();
    const after = setupSchema.parse(setup);
    const changed = changedNames(before, after);
    if (before !== null && changed.length === 0) return;
    await this.#mustWrite(['meta', 'events', 'checkpoints'], async (write) => {
      this.#values.put(write, 'setup', after);
      if (before !== null) await this.#log.audit(write, { type: 'settings-changed', what: changed });
    });
  }

  /** All outages, newest first. */
  async outages(): Promise<Outage[]> {
    return this.#outages.all();
  }

  /** The user declares an outage (P6-03). */
  async declareOutage(scope: OutageScope, reason: string): Promise<Outage> {
    return this.#outages.declare(scope, reason);
  }

  /** The user ends an outage (P6-03). Ending one twice keeps the first end. */
  async endOutage(id: string): Promise<void> {
    await this.#outages.change(id, (outage) => ({ ...outage, endedAt: outage.endedAt ?? this.#now() }));
  }

  /** The user takes an outage's end back: the services weren't there after all. */
  async reopenOutage(id: string): Promise<void> {
    await this.#outages.change(id, (outage) => ({ ...outage, endedAt: null }));
  }

  /** The user says that the outage still lasts. */
  async confirmOutage(id: string): Promise<void> {
    await this.#outages.change(id, (outage) => ({ ...outage, confirmedAt: this.#now() }));
  }

  async contacts(): Promise<Contacts> {
    return (await this.noticing.recall('contacts', contactsSchema)) ?? {};
  }

  /** Keeps that a component has answered just now. */
  async saveContact(component: string): Promise<void> {
    await this.noticing.change('contacts', contactsSchema, (known) => ({
      value: { ...known, [component]: this.#now() },
      result: null,
    }));
  }

  /** What of the restoration waits for the user's word: everything, or these insurers (by `payerKeyOf`). */
  async restorationPauses(): Promise<RestorationPauses> {
    return (await this.#values.get('restoration-pauses', restorationPausesSchema)) ?? { everything: false, payers: [] };
  }

  async saveRestorationPauses(pauses: RestorationPauses): Promise<void> {
    const value = restorationPausesSchema.parse(pauses);
    await this.#mustWrite(['meta'], async (write) => this.#values.put(write, 'restoration-pauses', value));
  }

  /** Whether sending rests since a backup was put back; `null`: it doesn't. */
  async restoredHold(): Promise<RestoredHold | null> {
    return this.#values.get(restoredHold, restoredHoldSchema);
  }

  /** A backup was put back: nothing is sent from now on, after a restart neither. */
  async holdAfterRestore(place: string): Promise<void> {
    await this.#mustWrite(['meta', 'events', 'checkpoints'], async (write) => {
      this.#values.put(write, restoredHold, { reason: 'restored', since: this.#now(), place });
      await this.#log.audit(write, { type: 'backup-restored', place });
    });
  }

  /** Somebody has decided that sending goes on. */
  async endRestoredHold(): Promise<void> {
    await this.#mustWrite(['meta', 'events', 'checkpoints'], async (write) => {
      write.remove('meta', restoredHold);
      await this.#log.audit(write, { type: 'restored-hold-ended' });
    });
  }

  /** All insurers, from memory as long as nothing changed. */
  async payers(): Promise<readonly Payer[]> {
    return this.insurers.all();
  }

  /** The insurer that has this IK, or `null`. */
  async payer(ik: string): Promise<Payer | null> {
    return this.insurers.withIk(ik);
  }

  /** Keeps insurers; those that are there already as given are left alone. */
  async savePayers(payers: readonly Payer[]): Promise<void> {
    await this.insurers.save(payers);
  }

  /** Patients seen before, last used first. */
  async patients(): Promise<PatientRow[]> {
    return this.#clinicalKeys().patients.all();
  }

  async savePatients(patients: readonly PatientRow[]): Promise<void> {
    await this.#clinicalKeys().patients.save(patients);
  }

  async catalogues(): Promise<CatalogueRow[]> {
    return (await this.#database.catalogues.toArray()).map(withoutWrite);
  }

  async saveCatalogue(catalogue: CatalogueRow): Promise<void> {
    await this.#mustWrite(['catalogues'], async (write) =>
      write.put('catalogues', catalogue.year, { ...catalogue, write: write.number }),
    );
  }

  /** Where the insurer's intake was found last; `null`: it has to be looked up. */
  async recipient(payerId: string): Promise<RecipientRow | null> {
    return this.#recipients.get(payerId);
  }

  async saveRecipient(recipient: RecipientRow): Promise<void> {
    await this.#recipients.save(recipient);
  }

  /** The directory has no address for this insurer any more. */
  async forgetRecipient(payerId: string): Promise<void> {
    await this.#recipients.forget(payerId);
  }

  /** The uids of an account that were fetched already: each message is read once, across restarts. */
  async knownUids(account: string): Promise<string[]> {
    const keys = await this.#database.mails.where('key').startsWith(`${account}\n`).primaryKeys();
    return keys.map((key) => key.slice(account.length + 1));
  }

  /** Keeps a fetched message, whatever it is: about a patient with that patient's key, else with the clinical one. */
  async saveMail(mail: NewMail): Promise<void> {
    const { mails } = this.#clinicalKeys();
    const keyId = mail.recordId === null ? null : await this.records.keyOf(mail.recordId);
    await mails.save(mailRow(mail, this.#now()), keyId);
  }

  /** Writes what a message says of its record and keeps the message, in one write: both or none. */
  async saveAnswer(event: EventDetail, mail: NewMail & { readonly recordId: string }): Promise<Change> {
    return this.records.append(mail.recordId, [event], { mail: mailRow(mail, this.#now()) });
  }

  /** Fetched messages, newest first. */
  async mails(): Promise<MailRow[]> {
    return this.#clinicalKeys().mails.all();
  }

  async mail(key: string): Promise<MailRow | null> {
    return this.#clinicalKeys().mails.one(key);
  }

  /** Notes in the audit trail what happened beside the records' own events. */
  async audit(detail: AuditDetail): Promise<void> {
    await this.#mustWrite(['events', 'checkpoints'], async (write) => this.#log.audit(write, detail));
  }

  /** The audit trail's own events (not the records'), oldest first. */
  async auditTrail(options: { readonly after: number; readonly limit: number }): Promise<AuditEvent[]> {
    return this.#log.auditTrail(options);
  }

  /**
   * Checks the chain of events, from the last sealed checkpoint (at start) or whole. A break is told, never repaired. `isUnhurried`: in the background,
   * so that nobody who works meanwhile feels it.
   */
  async checkChain(from: 'checkpoint' | 'start', isUnhurried = false): Promise<ChainCheck> {
    return this.#log.check(from, isUnhurried);
  }

  /** Seals up to where the chain goes now, as at log-off: what is cut away behind it is noticed from then on. */
  async sealChain(): Promise<void> {
    await this.#mustWrite(['checkpoints', 'events'], async (write) => this.#log.seal(write));
  }

  /** The ids of the records that have every word typed, newest first (all with nothing typed). */
  async searchCertificates(typed: string): Promise<string[]> {
    return this.#clinicalKeys().index.search(typed);
  }

  /** What lists show of these records, without opening them. */
  async summaries(ids: readonly string[]): Promise<Summary[]> {
    return this.#clinicalKeys().index.summaries(ids);
  }

  /** Makes the search index anew where it doesn't hold every record, as after a rebuild from the journal. Whether it had to. */
  async completeIndex(): Promise<boolean> {
    const { keys, index } = this.#clinicalKeys();
    if (this.isReadOnly) return false;
    return fillIndex(this.#database, keys, index);
  }

  /** Everything that is kept about a patient (GDPR article 15), or `null`: no such patient. */
  async patientExport(keyId: string): Promise<PatientExport | null> {
    return exportPatient(this, keyId);
  }

  /** Erasing patients, and whose time it is. */
  get erasure(): Erasure {
    const { keys, index } = this.#clinicalKeys();
    const { clock, journal } = this.#means;
    const { records } = this;
    const practiceKey = this.#means.keys.practice;
    return new Erasure(this.#database, {
      ...{ clock, journal, keys, index, records, practiceKey },
      writer: this.#writer,
      log: this.#log,
      user: this.#user,
    });
  }

  #clinicalKeys(): Clinical {
    if (this.#clinical === null) throw new CertificatesClosed();
    return this.#clinical;
  }

  #now(): string {
    return this.#means.clock.now().toISOString();
  }

  async #mustWrite(...[tables, change, beside = []]: Parameters<MustWrite>): Promise<void> {
    const written = await this.#writer.write(tables, change, { beside });
    if (written.kind === 'storage-failed') throw new NotWritten(written);
  }
}
