import Dexie, { type EntityTable } from 'dexie';
import type { Clock } from '../domain/clock';
import { canonicalJson, chainStart, linkEvent, sha256Hex, type ChainLink } from '../domain/event-chain';
import type { EventDetail } from '../domain/event';
import type { Outage } from '../domain/outage';
import type { Payer } from '../domain/payer';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { CatalogueRow, Database, DocumentRow, MailRow, PatientRow, RecipientRow, RecordRow } from './database';
import { nativeVersion } from './database';
import { EventLog } from './event-log';
import { Damages } from './damages';
import type { StorageFailure } from './failures';
import type { Journal } from './journal';
import type { OpenKeys } from './open-keys';
import { identityOf, PatientKeys, type PreparedKey } from './patient-keys';
import { sealDetail, sealDocument, sealMail, sealPatient, sealRecord, sealValue } from './rows';
import { SearchIndex } from './search-index';
import { sealRecipient } from './recipients';
import type { Writer } from './writer';

/** An event as version 1 kept it: its hash was over what it says in the open. */
interface PlainEvent {
  sequence: number;
  id: string;
  recordId: string;
  at: string;
  user: string;
  detail: EventDetail;
  previousHash: string;
  hash: string;
}

/** The database of version 1. */
export class PlainDatabase extends Dexie {
  declare records: EntityTable<RecordRow, 'id'>;
  declare events: EntityTable<PlainEvent, 'sequence'>;
  declare documents: EntityTable<DocumentRow, 'signedSha256'>;
  declare mails: EntityTable<MailRow, 'key'>;
  declare outages: EntityTable<Outage, 'id'>;
  declare payers: EntityTable<Payer, 'id'>;
  declare patients: EntityTable<PatientRow, 'id'>;
  declare catalogues: EntityTable<CatalogueRow, 'year'>;
  declare recipients: EntityTable<RecipientRow, 'payerId'>;
  declare meta: EntityTable<{ key: string; value: unknown }, 'key'>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      records: 'id, stage, createdAt',
      events: 'sequence, &id, recordId',
      documents: 'signedSha256, recordId, documentId',
      mails: 'key, status, fetchedAt, recordId',
      outages: 'id, startedAt',
      payers: 'id, *iks',
      patients: 'id, usedAt',
      catalogues: 'year',
      recipients: 'payerId',
      meta: 'key',
    });
  }
}

/** So many rows are sealed in one write. */
const atOnce = 200;
/** In `counters`: everything of version 1 is sealed, and only its deletion may be open. */
const sealedMark = 'version-1-sealed';

interface Means {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly keys: OpenKeys;
  readonly journal: Journal;
  readonly user: () => string;
}

/**
 * Seals a plain database of version 1 (`version`: its native one, 0 where there is none) into the new one, then deletes it as a whole.
 * It is complete until everything stands in the new one: after a crash in between, it is gone through again from where it stopped.
 */
export async function sealVersion1(
  name: string,
  version: number,
  database: Database,
  writer: Writer,
  means: Means,
): Promise<StorageFailure | null> {
  if (version === 0 && (await database.counters.get(sealedMark)) !== undefined) await putMarker(name);
  if (version === 0 || version >= nativeVersion) return null;
  const { clinical } = means.keys;
  if (clinical === null)
    return { kind: 'storage-failed', reason: 'wrong-keys', text: 'The data of version 1 need a clinical key.' };
  const old = new PlainDatabase(name);
  await old.open();
  try {
    if ((await database.counters.get(sealedMark)) === undefined) {
      const failure = await new Sealing(old, database, writer, { ...means, clinical }).run();
      if (failure !== null) return failure;
    }
  } finally {
    old.close();
  }
  await Dexie.delete(name);
  await putMarker(name);
  return null;
}

/** An older program would find nothing and begin anew: it finds this, and says that the data are from a newer one. */
async function putMarker(name: string): Promise<void> {
  const marker = new Dexie(name);
  marker.version(nativeVersion / 10).stores({});
  await marker.open();
  marker.close();
}

class Sealing {
  readonly #old: PlainDatabase;
  readonly #new: Database;
  readonly #writer: Writer;
  readonly #means: Means & { readonly clinical: Uint8Array };
  readonly #keys: PatientKeys;
  readonly #index: SearchIndex;

  constructor(
    old: PlainDatabase,
    database: Database,
    writer: Writer,
    means: Means & { readonly clinical: Uint8Array },
  ) {
    this.#old = old;
    this.#new = database;
    this.#writer = writer;
    this.#means = means;
    this.#keys = new PatientKeys(database, means);
    this.#index = new SearchIndex(database, means);
  }

  async run(): Promise<StorageFailure | null> {
    const events = await this.#old.events.orderBy('sequence').toArray();
    // Positions are counted anew: a gap in the old chain would else be one in the new chain too.
    const lastOf = new Map(events.map(({ recordId }, index) => [recordId, index + 1]));
    return (
      (await this.#practiceRows()) ??
      (await this.#records(lastOf)) ??
      (await this.#events(events)) ??
      (await this.#mails()) ??
      (await this.#patients()) ??
      (await this.#finish(events))
    );
  }

  async #practiceRows(): Promise<StorageFailure | null> {
    const old = this.#old;
    const [meta, outages, payers, catalogues, recipients] = await Promise.all([
      old.meta.toArray(),
      old.outages.toArray(),
      old.payers.toArray(),
      old.catalogues.toArray(),
      old.recipients.toArray(),
    ]);
    const { practice } = this.#means.keys;
    await this.#new.recipients.bulkPut(recipients.map((recipient) => sealRecipient(recipient, practice)));
    const written = await this.#writer.write(['meta', 'outages', 'payers', 'catalogues'], async (write) => {
      const { number } = write;
      for (const { key, value } of meta)
        write.put('meta', key, { key, write: number, sealed: sealValue('meta', key, number, value, practice) });
      for (const outage of outages) {
        const { id, startedAt } = outage;
        const sealed = sealValue('outages', id, number, outage, practice);
        write.put('outages', id, { id, startedAt, write: number, sealed });
      }
      for (const payer of payers) write.put('payers', payer.id, { ...payer, write: number });
      for (const catalogue of catalogues) write.put('catalogues', catalogue.year, { ...catalogue, write: number });
    });
    return failureOf(written);
  }

  async #records(lastOf: ReadonlyMap<string, number>): Promise<StorageFailure | null> {
    const sealed = new Set(await this.#new.records.toCollection().primaryKeys());
    const ids = (await this.#old.records.toCollection().primaryKeys()).filter((id) => !sealed.has(id));
    for (const some of pieces(ids)) {
      const rows = (await this.#old.records.bulkGet(some)).filter((row) => row !== undefined);
      const documents = await this.#old.documents.where('recordId').anyOf(some).toArray();
      const prepared = await this.#prepare(rows);
      if (!(prepared instanceof Map)) return prepared;
      const written = await this.#writer.write(
        ['records', 'documents'],
        async (write) => {
          for (const row of rows) {
            const ready = prepared.get(row.id);
            if (ready === undefined) continue;
            const key = await this.#keys.commit(ready);
            const lastSequence = lastOf.get(row.id) ?? 0;
            write.putSealed('records', row.id, async () => sealRecord({ row, lastSequence }, key, write.number));
            for (const document of documents.filter(({ recordId }) => recordId === row.id))
              write.putSealed('documents', document.signedSha256, async () =>
                sealDocument(document, key, write.number),
              );
            this.#index.note(row, key.id, write);
          }
        },
        { beside: ['patientKeys', 'searchTail'] },
      );
      const failure = failureOf(written);
      if (failure !== null) return failure;
      await this.#index.packIfFull();
    }
    return null;
  }

  /** A key for each record; one for all of the same person. */
  async #prepare(rows: readonly RecordRow[]): Promise<Map<string, PreparedKey> | StorageFailure> {
    const byIdentity = new Map<string, PreparedKey>();
    const byRecord = new Map<string, PreparedKey>();
    for (const row of rows) {
      const identity = identityOf(row.content);
      const known = identity === null ? undefined : byIdentity.get(identity);
      const key = known ?? (await this.#keys.prepare(row.content, null, row.stage !== 'recorded'));
      if (!('id' in key)) return key;
      if (identity !== null && row.stage !== 'recorded') byIdentity.set(identity, key);
      byRecord.set(row.id, key);
    }
    return byRecord;
  }

  async #events(events: readonly PlainEvent[]): Promise<StorageFailure | null> {
    const last = (await this.#new.events.orderBy('sequence').last()) ?? null;
    let link: Pick<ChainLink, 'sequence' | 'hash'> | null = last;
    for (const some of pieces(events.slice(last?.sequence ?? 0))) {
      const records = await this.#new.records.bulkGet([...new Set(some.map(({ recordId }) => recordId))]);
      const keyIdOf = new Map(records.flatMap((row) => (row === undefined ? [] : [[row.id, row.keyId] as const])));
      await this.#keys.load(keyIdOf.values());
      const written = await this.#writer.write(['events'], async (write) => {
        for (const { id, recordId, at, user, detail } of some) {
          const sequence: number = (link?.sequence ?? 0) + 1;
          const keyId = keyIdOf.get(recordId) ?? null;
          const key = keyId === null ? null : this.#keys.key(keyId);
          // An event of a record that is gone says nothing any more about anybody we know; it stays in the chain.
          const sealed = sealDetail(detail, sequence, key ?? this.#means.clinical);
          const next = linkEvent(link, { id, recordId, at, user, keyId, sealedSha256: sha256Hex(sealed) });
          const { previousHash, hash } = next;
          const row = { sequence, id, recordId, at, user, keyId, previousHash, hash, write: write.number, sealed };
          write.put('events', sequence, row);
          link = next;
        }
      });
      const failure = failureOf(written);
      if (failure !== null) return failure;
    }
    return null;
  }

  async #mails(): Promise<StorageFailure | null> {
    const sealed = new Set(await this.#new.mails.toCollection().primaryKeys());
    const keys = (await this.#old.mails.toCollection().primaryKeys()).filter((key) => !sealed.has(key));
    for (const some of pieces(keys)) {
      const rows = (await this.#old.mails.bulkGet(some)).filter((row) => row !== undefined);
      const records = await this.#new.records.bulkGet(rows.flatMap(({ recordId }) => recordId ?? []));
      const keyIdOf = new Map(records.flatMap((row) => (row === undefined ? [] : [[row.id, row.keyId] as const])));
      await this.#keys.load(keyIdOf.values());
      const written = await this.#writer.write(['mails'], async (write) => {
        for (const row of rows) {
          const keyId = keyIdOf.get(row.recordId ?? '') ?? null;
          const key = keyId === null ? null : this.#keys.key(keyId);
          const with_ = key === null ? { id: null, key: this.#means.clinical } : { id: keyId, key };
          write.putSealed('mails', row.key, async () => sealMail(row, with_, write.number));
        }
      });
      const failure = failureOf(written);
      if (failure !== null) return failure;
    }
    return null;
  }

  async #patients(): Promise<StorageFailure | null> {
    for (const some of pieces(await this.#old.patients.toArray())) {
      const prepared = await Promise.all(some.map(async (row) => ({ row, key: await this.#keys.prepareFor(row.id) })));
      const failed = prepared.find(({ key }) => !('id' in key));
      if (failed !== undefined && !('id' in failed.key)) return failed.key;
      const written = await this.#writer.write(
        ['patients'],
        async (write) => {
          for (const { row, key } of prepared) {
            if (!('id' in key)) continue;
            const held = await this.#keys.commit(key);
            write.put('patients', held.id, sealPatient(row, held, write.number));
          }
        },
        { beside: ['patientKeys'] },
      );
      const failure = failureOf(written);
      if (failure !== null) return failure;
    }
    return null;
  }

  /** Says in the chain that it was sealed, and whether the old chain held. */
  async #finish(events: readonly PlainEvent[]): Promise<StorageFailure | null> {
    const { clock, newId, user, keys } = this.#means;
    const log = new EventLog(this.#new, { clock, newId, user, practiceKey: keys.practice, damages: new Damages() });
    const records = await this.#new.records.count();
    const written = await this.#writer.write(['events', 'checkpoints'], async (write) => {
      const lastHash = events.at(-1)?.hash ?? null;
      const chain = plainChainHeld(events) ? 'held' : 'broken';
      await log.audit(write, { type: 'sealed', records, events: events.length, chain, lastHash });
      await log.seal(write);
      await this.#new.counters.put({ name: sealedMark, value: 1 });
    });
    return failureOf(written);
  }
}

/** Whether version 1's chain, over what the events said in the open, holds. */
function plainChainHeld(events: readonly PlainEvent[]): boolean {
  return events.every((event, index) => {
    const { id, sequence, recordId, at, user, detail, previousHash } = event;
    const hash = sha256Hex(utf8ToBytes(canonicalJson({ id, sequence, recordId, at, user, detail, previousHash })));
    return sequence === index + 1 && previousHash === (events[index - 1]?.hash ?? chainStart) && hash === event.hash;
  });
}

function failureOf(written: { kind: 'done' } | StorageFailure): StorageFailure | null {
  return written.kind === 'done' ? null : written;
}

function pieces<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / atOnce) }, (_, index) =>
    all.slice(index * atOnce, (index + 1) * atOnce),
  );
}
