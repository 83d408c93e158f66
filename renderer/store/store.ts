import { z } from 'zod';
import { connectionsSchema, type Connections } from '../../electron/contract/connections';
import type { Clock } from '../domain/clock';
import { outageSchema, type Outage, type OutageScope } from '../domain/outage';
import type { Payer } from '../domain/payer';
import { settingsSchema, type Settings } from '../domain/settings';
import {
  Database,
  nativeVersion,
  type CatalogueRow,
  type MailRow,
  type PatientRow,
  type RecipientRow,
} from './database';
import { storageFailure, type StorageFailure } from './failures';
import { NoticingStore } from './noticing';
import { Records } from './records';
import { watchQuery } from './watch';

/** What the program is set to: the practice's settings and how to reach the components outside. */
export interface Setup {
  readonly settings: Settings;
  readonly connections: Connections;
}

const restorationPausesSchema = z.object({ everything: z.boolean(), payers: z.array(z.string()) });
/** What of the restoration the user has stopped for the time being. Kept here, so that it holds after a restart. */
export type RestorationPauses = z.output<typeof restorationPausesSchema>;

const contactsSchema = z.record(z.string(), z.string());
/** When each component outside last answered properly, by its name; ISO instants. */
export type Contacts = z.output<typeof contactsSchema>;

const setupSchema = z.object({ settings: settingsSchema, connections: connectionsSchema });
const installationSchema = z.object({ namespace: z.uuid(), createdAt: z.string() });

/** Everything the practice owns on this computer. One object for one open database. */
export class Store {
  readonly records: Records;
  readonly noticing: NoticingStore;
  /** UUID namespace of this installation: documents' ids are made from it (UUID v5). */
  readonly namespace: string;
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #newId: () => string;
  #operator = '';

  private constructor(database: Database, namespace: string, options: { clock: Clock; newId: () => string }) {
    this.#database = database;
    this.#clock = options.clock;
    this.#newId = options.newId;
    this.namespace = namespace;
    this.noticing = new NoticingStore(database);
    this.records = new Records(database, { ...options, user: () => this.#operator });
  }

  /** Opens the database, making it on the first start. A database from a newer program is refused and left as it is. */
  static async open(
    name: string,
    options: { clock: Clock; newId: () => string },
  ): Promise<{ kind: 'open'; store: Store } | StorageFailure> {
    const database = new Database(name);
    try {
      // Dexie would open a newer database and patch it to its own taste: so look first.
      const existing = (await indexedDB.databases()).find((one) => one.name === name);
      if ((existing?.version ?? 0) > nativeVersion) {
        return { kind: 'storage-failed', reason: 'newer-version', text: `version ${existing?.version ?? 0}` };
      }
      await database.open();
      const found = await database.meta.get('installation');
      const installation =
        found === undefined
          ? { namespace: options.newId(), createdAt: options.clock.now().toISOString() }
          : installationSchema.parse(found.value);
      if (found === undefined) await database.meta.add({ key: 'installation', value: installation });
      const store = new Store(database, installation.namespace, options);
      await store.setup();
      return { kind: 'open', store };
    } catch (error) {
      database.close();
      return storageFailure(error);
    }
  }

  close(): void {
    this.#database.close();
  }

  /** Runs a query again whenever what it read changes, in this window or another. Returns how to stop. */
  watch<T>(query: () => Promise<T>, onValue: (value: T) => void, onError: (error: unknown) => void): () => void {
    return watchQuery(query, onValue, onError);
  }

  /** The set-up, or `null` before the first start's assistant is through. */
  async setup(): Promise<Setup | null> {
    const row = await this.#database.meta.get('setup');
    if (row === undefined) return null;
    const setup = setupSchema.parse(row.value);
    this.#operator = setup.settings.operator;
    return setup;
  }

  async saveSetup(setup: Setup): Promise<void> {
    await this.#database.meta.put({ key: 'setup', value: setupSchema.parse(setup) });
    this.#operator = setup.settings.operator;
  }

  /** All outages, newest first. */
  async outages(): Promise<Outage[]> {
    return this.#database.outages.orderBy('startedAt').reverse().toArray();
  }

  /** The user declares an outage (P6-03). */
  async declareOutage(scope: OutageScope, reason: string): Promise<Outage> {
    const outage = outageSchema.parse({
      id: this.#newId(),
      scope,
      reason,
      startedAt: this.#clock.now().toISOString(),
      declaredBy: this.#operator,
      confirmedAt: null,
      endedAt: null,
    });
    await this.#database.outages.add(outage);
    return outage;
  }

  /** The user ends an outage (P6-03). Ending one twice keeps the first end. */
  async endOutage(id: string): Promise<void> {
    await this.#database.transaction('rw', this.#database.outages, async () => {
      const outage = await this.#database.outages.get(id);
      if (outage?.endedAt === null)
        await this.#database.outages.put({ ...outage, endedAt: this.#clock.now().toISOString() });
    });
  }

  /** The user takes an outage's end back: the services weren't there after all. */
  async reopenOutage(id: string): Promise<void> {
    await this.#database.outages.update(id, { endedAt: null });
  }

  /** What of the restoration waits for the user's word: everything, or these insurers (by `payerKeyOf`). */
  async restorationPauses(): Promise<RestorationPauses> {
    const row = await this.#database.meta.get('restoration-pauses');
    return row === undefined ? { everything: false, payers: [] } : restorationPausesSchema.parse(row.value);
  }

  async saveRestorationPauses(pauses: RestorationPauses): Promise<void> {
    await this.#database.meta.put({ key: 'restoration-pauses', value: restorationPausesSchema.parse(pauses) });
  }

  async contacts(): Promise<Contacts> {
    const row = await this.#database.meta.get('contacts');
    return row === undefined ? {} : contactsSchema.parse(row.value);
  }

  /** Keeps that a component has answered just now. */
  async saveContact(component: string): Promise<void> {
    await this.#database.transaction('rw', this.#database.meta, async () => {
      const value = { ...(await this.contacts()), [component]: this.#clock.now().toISOString() };
      await this.#database.meta.put({ key: 'contacts', value });
    });
  }

  /** The user says that the outage still lasts. */
  async confirmOutage(id: string): Promise<void> {
    await this.#database.outages.update(id, { confirmedAt: this.#clock.now().toISOString() });
  }

  async payers(): Promise<Payer[]> {
    return this.#database.payers.toArray();
  }

  /** The insurer that has this IK, or `null`. */
  async payer(ik: string): Promise<Payer | null> {
    return (await this.#database.payers.where('iks').equals(ik).first()) ?? null;
  }

  async savePayers(payers: readonly Payer[]): Promise<void> {
    await this.#database.payers.bulkPut([...payers]);
  }

  /** Patients seen before, last used first. */
  async patients(): Promise<PatientRow[]> {
    return this.#database.patients.orderBy('usedAt').reverse().toArray();
  }

  async savePatients(patients: readonly PatientRow[]): Promise<void> {
    await this.#database.patients.bulkPut([...patients]);
  }

  async catalogues(): Promise<CatalogueRow[]> {
    return this.#database.catalogues.toArray();
  }

  async saveCatalogue(catalogue: CatalogueRow): Promise<void> {
    await this.#database.catalogues.put(catalogue);
  }

  async recipient(payerId: string): Promise<RecipientRow | null> {
    return (await this.#database.recipients.get(payerId)) ?? null;
  }

  async saveRecipient(recipient: RecipientRow): Promise<void> {
    await this.#database.recipients.put(recipient);
  }

  /** The uids of an account that were fetched already: each message is read once, across restarts. */
  async knownUids(account: string): Promise<string[]> {
    const keys = await this.#database.mails.where('key').startsWith(`${account}\n`).primaryKeys();
    return keys.map((key) => key.slice(account.length + 1));
  }

  /** Keeps a fetched message, whatever it is. */
  async saveMail(mail: Omit<MailRow, 'key' | 'fetchedAt'>): Promise<void> {
    await this.#database.mails.put({
      ...mail,
      key: `${mail.account}\n${mail.uid}`,
      fetchedAt: this.#clock.now().toISOString(),
    });
  }

  /** Fetched messages, newest first. */
  async mails(): Promise<MailRow[]> {
    return this.#database.mails.orderBy('fetchedAt').reverse().toArray();
  }

  async mail(key: string): Promise<MailRow | null> {
    return (await this.#database.mails.get(key)) ?? null;
  }
}
