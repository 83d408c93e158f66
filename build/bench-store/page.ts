import { hexToBytes } from '@noble/hashes/utils.js';
import type { CertificateContent } from '../../renderer/domain/certificate';
import { initialState } from '../../renderer/domain/state';
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

const vaultBench = {
  /** Milliseconds for `count` certificates of returning patients: raw, the same content and events in the open, and by the store. */
  async storing(hex: HexKeys, count: number): Promise<{ raw: number; store: number }> {
    const { store, close } = await openArchived('storing', hex, 'liveArchive');
    const raw = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('raw', 1);
      request.onupgradeneeded = () => {
        const records = request.result.createObjectStore('records', { keyPath: 'id' });
        for (const index of ['stage', 'createdAt']) records.createIndex(index, index);
        const events = request.result.createObjectStore('events', { keyPath: 'sequence' });
        events.createIndex('id', 'id', { unique: true });
        events.createIndex('recordId', 'recordId');
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('not opened'));
    });
    const create = (content: CertificateContent, id = newId()) =>
      store.records.create(
        { id, kind: 'certificate', content, corrects: null, coverageSource: 'card', cancels: null },
        [{ type: 'recorded' }, { type: 'issued', byHand: false }],
      );
    const patients = 20;
    for (let number = 0; number < patients; number += 1) await create(contentOf(number));
    const times = { raw: 0, store: 0 };
    for (let round = 0; round < count; round += 1) {
      const content = contentOf(round % patients);
      let start = performance.now();
      const id = newId();
      const at = new Date().toISOString();
      const event = { recordId: id, at, user: 'AB', previousHash: '0'.repeat(64), hash: '1'.repeat(64) };
      await write(raw, {
        records: [{ id, kind: 'certificate', createdAt: at, stage: 'issued', state: initialState, content }],
        events: [
          { ...event, id: newId(), sequence: round * 2 + 1, detail: { type: 'recorded' } },
          { ...event, id: newId(), sequence: round * 2 + 2, detail: { type: 'issued', byHand: false } },
        ],
      });
      times.raw += performance.now() - start;
      start = performance.now();
      const created = await create(content);
      times.store += performance.now() - start;
      if (created.kind !== 'written') throw new Error(created.kind);
    }
    raw.close();
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
