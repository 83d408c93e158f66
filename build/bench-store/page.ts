import { hexToBytes } from '@noble/hashes/utils.js';
import type { CertificateContent } from '../../renderer/domain/certificate';
import { connectHost } from '../../renderer/app/host-connection';
import { browserMemory } from '../../renderer/store/archive/browser-memory';
import { openArchivedStore } from '../../renderer/store/archive/open-archived';
import { Database } from '../../renderer/store/database';
import type { OpenKeys } from '../../renderer/store/open-keys';
import type { Store } from '../../renderer/store/store';
import { exampleContent } from '../../test/support/content';
import { contentOf as sampleOf, fillVault } from './fill';

// What the bench and the test of the profile's bytes do in the page: the store on a real IndexedDB on disk.

/** The vault's keys as hex, the same over several openings of the page. */
export interface HexKeys {
  readonly practice: string;
  readonly clinical: string;
}

declare global {
  interface Window {
    vaultBench?: typeof vaultBench;
    /** The store that had no room, still open. */
    withoutRoom?: { readonly store: Store; readonly close: () => void };
  }
}

const newId = () => crypto.randomUUID();
const clock = { now: () => new Date(), sleep: () => Promise.resolve() };
function keysOf(hex: HexKeys): OpenKeys & { clinical: Uint8Array } {
  return { practice: hexToBytes(hex.practice), clinical: hexToBytes(hex.clinical) };
}

const contentOf = (number: number): CertificateContent => sampleOf(number, exampleContent());

/** Opens it as the log-in does: compared with the archive first, the search index whole. */
async function openAsAtLogIn(name: string, hex: HexKeys) {
  const opened = await openArchived(name, hex);
  const standing = opened.journal?.standing.kind;
  if (standing !== 'in-step') throw new Error(standing);
  return opened;
}

/** `place`: which of the host's two archives; a second database over the same one would be rebuilt from it. */
async function openArchived(name: string, hex: HexKeys, place: 'archive' | 'liveArchive' = 'archive') {
  const opened = await openArchivedStore(name, {
    ...{ clock, newId, keys: keysOf(hex), user: () => 'AB' },
    archive: connectHost()[place],
    memory: browserMemory(name, localStorage, newId),
  });
  if (opened.kind !== 'open') throw new Error(`${opened.reason} ${opened.text}`);
  return opened;
}

async function write(database: IDBDatabase, rows: Readonly<Record<string, readonly object[]>>): Promise<void> {
  const transaction = database.transaction(Object.keys(rows), 'readwrite', { durability: 'strict' });
  for (const [table, some] of Object.entries(rows)) for (const row of some) transaction.objectStore(table).put(row);
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });
}

/** So many certificates are stored before the other way has its turn: the machine's moods hit both. */
const turn = 96;

/** Does something with each, so many at a time. */
async function sideBySide<T, R>(all: readonly T[], atOnce: number, act: (one: T) => Promise<R>): Promise<R[]> {
  const left = [...all];
  const made: R[] = [];
  const worker = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) made.push(await act(one));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return made;
}

const present = <T>(rows: readonly (T | undefined)[]): T[] => rows.filter((row) => row !== undefined);

/** A database with the same tables and indexes, and nothing in it. */
async function emptyCopyOf(of: IDBDatabase, name: string): Promise<IDBDatabase> {
  const tables = [...of.objectStoreNames];
  const stores = tables.map((table) => describeStore(of.transaction(table).objectStore(table)));
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      for (const { name: table, keyPath, indexes, ...rest } of stores) {
        const made = request.result.createObjectStore(table, { keyPath, autoIncrement: rest.autoIncrement });
        for (const index of indexes) made.createIndex(index.name, index.keyPath, index);
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('not opened'));
  });
}

function describeStore(store: IDBObjectStore) {
  const { name, keyPath, autoIncrement } = store;
  const indexes = [...store.indexNames].map((index) => {
    const { keyPath: path, unique, multiEntry } = store.index(index);
    return { name: index, keyPath: path, unique, multiEntry };
  });
  return { name, keyPath, autoIncrement, indexes };
}

const vaultBench = {
  /**
   * Milliseconds for `count` certificates of returning patients, `atOnce` of them on their way at a time: by the store, and raw: the very rows that the store wrote for
   * each, bytes and all, into the same tables of a database of the same make, in one strict transaction for each certificate, as many on their way. In turns, a few
   * dozen each; the first two turns only warm up.
   */
  async storing(hex: HexKeys, count: number, atOnce: number): Promise<{ raw: number; store: number }> {
    const { store, close } = await openArchived('storing', hex, 'liveArchive');
    const written = new Database('storing');
    await written.open();
    const raw = await emptyCopyOf(written.backendDB(), `raw-${newId()}`);
    const create = async (content: CertificateContent) => {
      const id = newId();
      const created = await store.records.create(
        { id, kind: 'certificate', content, corrects: null, coverageSource: 'card', cancels: null },
        [{ type: 'recorded' }, { type: 'issued', byHand: false }],
      );
      if (created.kind !== 'written') throw new Error(created.kind);
      return id;
    };
    const rowsOf = async (id: string) => ({
      records: present([await written.records.get(id)]),
      events: await written.events.where('recordId').equals(id).toArray(),
      searchTail: present([await written.searchTail.get(id)]),
      counters: present([await written.counters.get('write')]),
    });
    const patients = 20;
    for (let number = 0; number < patients; number += 1) await create(contentOf(number));
    const times = { raw: 0, store: 0 };
    for (let done = -2 * turn; done < count; done += turn) {
      if (done === 0) Object.assign(times, { raw: 0, store: 0 });
      const contents = Array.from({ length: turn }, (_, number) => contentOf(number % patients));
      let start = performance.now();
      const ids = await sideBySide(contents, atOnce, create);
      times.store += performance.now() - start;
      const rows = await Promise.all(ids.map(rowsOf));
      start = performance.now();
      await sideBySide(rows, atOnce, async (some) => write(raw, some));
      times.raw += performance.now() - start;
    }
    raw.close();
    written.close();
    close();
    return times;
  },

  /** Fills a store with so many certificates of a tenth as many patients, and lets the archive learn the patients' keys. */
  async fill(hex: HexKeys, count: number): Promise<void> {
    (await openAsAtLogIn('filled', hex)).close();
    const database = new Database('filled');
    await fillVault(database, keysOf(hex), exampleContent(), count);
    database.close();
    (await openAsAtLogIn('filled', hex)).close();
  },

  /**
   * Milliseconds from keys in hand to an open store whose search answers and whose chain was looked at from the last checkpoint, as at a
   * log-in; and those of searches after it (median of many).
   */
  async unlocking(
    hex: HexKeys,
  ): Promise<{ unlock: number; search: number; found: number; records: number; opened: number; answered: number }> {
    let start = performance.now();
    const { store, close } = await openAsAtLogIn('filled', hex);
    const opened = performance.now() - start;
    const all = await store.searchCertificates('');
    const records = all.length;
    await store.summaries(all.slice(0, 50));
    const answered = performance.now() - start;
    const chain = await store.checkChain('checkpoint');
    const unlock = performance.now() - start;
    if (chain.kind !== 'held') throw new Error(`The chain is ${chain.kind}.`);
    const times: number[] = [];
    let found = 0;
    for (const words of ['mueller', 'königsstein-5', 'A1000', 'weber 12', 'celik 77', 'nobody', '100009999']) {
      for (let round = 0; round < 3; round += 1) {
        start = performance.now();
        const ids = await store.searchCertificates(words);
        await store.summaries(ids.slice(0, 50));
        times.push(performance.now() - start);
        found += ids.length;
      }
    }
    close();
    return { unlock, search: times.sort((a, b) => a - b)[times.length >> 1] ?? 0, found, records, opened, answered };
  },

  /** Writes one certificate through the store, and one word in the open beside it: what a search of the disk must and must not find. */
  async writeSecrets(hex: HexKeys, content: CertificateContent, control: string): Promise<void> {
    const { store, close } = await openArchived('secrets', hex);
    const id = newId();
    const created = await store.records.create(
      { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
      [{ type: 'recorded' }, { type: 'issued', byHand: false }],
    );
    if (created.kind !== 'written') throw new Error(created.kind);
    await store.savePatients([
      { id: content.coverage.insuredId ?? '', patient: content.patient, coverage: content.coverage, usedAt: id },
    ]);
    const database = new Database('secrets');
    await database.recipients.put({ payerId: control, payerIk: '', address: '', checkedAt: '' });
    database.close();
    close();
  },

  /**
   * Two browsers over one archive (here: two databases). The second takes over: the first may only note, and what it notes and the second one's
   * next write stand under the same number, so that the first one's next start finds a fork. Nothing of it is written over.
   */
  async forking(
    hex: HexKeys,
  ): Promise<{ superseded: string; noted: string; issued: string; fork: string; kept: number }> {
    const record = (store: Store) =>
      store.records.create(
        {
          ...{ id: newId(), kind: 'certificate' as const, content: exampleContent() },
          ...{ corrects: null, coverageSource: 'typed' as const, cancels: null },
        },
        [{ type: 'recorded' }, { type: 'issued', byHand: false }],
      );
    const one = await openAsAtLogIn('one', hex);
    const made = await record(one.store);
    if (made.kind !== 'written') throw new Error(made.kind);
    const two = await openAsAtLogIn('two', hex);
    const noted = await one.store.records.append(made.record.id, [{ type: 'paper-given' }]);
    const issued = await record(one.store);
    const state = one.store.journal();
    const other = await record(two.store);
    if (other.kind !== 'written') throw new Error(other.kind);
    one.close();
    two.close();
    const again = await openArchived('one', hex);
    const fork = again.journal?.standing.kind ?? 'none';
    const kept = (await again.store.records.list()).length;
    again.close();
    return {
      superseded: state.kind === 'behind' ? state.reason : state.kind,
      noted: noted.kind,
      issued: issued.kind === 'storage-failed' ? issued.reason : issued.kind,
      ...{ fork, kept },
    };
  },

  /** What a write comes to when there is no room, that it is known from then on, and that reading goes on. */
  async writeWithoutRoom(hex: HexKeys): Promise<{ reason: string; hasRoom: boolean; read: boolean }> {
    const { store, close } = await openArchived('secrets', hex);
    const [record] = await store.records.list();
    if (record === undefined) throw new Error('It is there.');
    const content = exampleContent({ certificate: { diagnosisText: 'x'.repeat(4_000_000) } });
    const created = await store.records.create(
      { id: newId(), kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
      [{ type: 'recorded' }],
    );
    const read = (await store.records.get(record.id)) !== null;
    window.withoutRoom = { store, close };
    return {
      reason: created.kind === 'storage-failed' ? created.reason : created.kind,
      hasRoom: await store.hasRoom(),
      read,
    };
  },

  /** Whether there is room again. */
  async hasRoomAgain(): Promise<boolean | undefined> {
    const hasRoom = await window.withoutRoom?.store.hasRoom();
    window.withoutRoom?.close();
    return hasRoom;
  },
};

window.vaultBench = vaultBench;
