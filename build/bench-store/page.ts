import { hexToBytes } from '@noble/hashes/utils.js';
import type { CertificateContent } from '../../renderer/domain/certificate';
import { initialState } from '../../renderer/domain/state';
import { Database, type RecordRow } from '../../renderer/store/database';
import type { Journal } from '../../renderer/store/journal';
import type { OpenKeys } from '../../renderer/store/open-keys';
import { PatientKeys } from '../../renderer/store/patient-keys';
import { sealRecord } from '../../renderer/store/rows';
import { SearchIndex } from '../../renderer/store/search-index';
import { Store } from '../../renderer/store/store';
import { exampleContent } from '../../test/support/content';

// What the bench and the test of the profile's bytes do in the page: the store on a real IndexedDB on disk.

/** The vault's keys as hex, the same over several openings of the page. */
export interface HexKeys {
  readonly practice: string;
  readonly clinical: string;
}

declare global {
  interface Window {
    /** Node's side: appends to a file and syncs it. */
    readonly benchJournal?: (text: string) => Promise<void>;
    vaultBench?: typeof vaultBench;
  }
}

const newId = () => crypto.randomUUID();
const clock = { now: () => new Date(), sleep: () => Promise.resolve() };
const families = [
  'Müller',
  'Schmidt',
  'Schneider',
  'Fischer',
  'Weber',
  'Königsstein',
  'Wagner',
  'Becker',
  'Çelik',
  'Yılmaz',
];

const onDisk: Journal = {
  append: async (entry) => {
    await window.benchJournal?.(JSON.stringify(entry));
    return { kind: 'written' };
  },
  keepPatientKey: async (id) => {
    await window.benchJournal?.(id);
    return { kind: 'written' };
  },
  forgetPatientKey: () => Promise.resolve({ kind: 'written' }),
};

function keysOf(hex: HexKeys): OpenKeys & { clinical: Uint8Array } {
  return { practice: hexToBytes(hex.practice), clinical: hexToBytes(hex.clinical) };
}

async function openStore(name: string, hex: HexKeys): Promise<Store> {
  const opened = await Store.open(name, { clock, newId, keys: keysOf(hex), journal: onDisk, user: () => 'AB' });
  if (opened.kind !== 'open') throw new Error(`${opened.reason} ${opened.text}`);
  return opened.store;
}

function contentOf(number: number): CertificateContent {
  const family = `${families[number % families.length] ?? ''}-${String(number)}`;
  return exampleContent({ patient: { family }, coverage: { insuredId: `A${String(100_000_000 + number)}` } });
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
    const store = await openStore('storing', hex);
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
    store.close();
    return times;
  },

  /** Fills a store with so many certificates of a tenth as many patients, in large writes. */
  async fill(hex: HexKeys, count: number): Promise<void> {
    (await openStore('filled', hex)).close();
    const database = new Database('filled');
    const { clinical } = keysOf(hex);
    const index = new SearchIndex(database, { clinical, newId });
    const journal: Journal = { ...onDisk, keepPatientKey: () => Promise.resolve({ kind: 'written' }) };
    const keys = new PatientKeys(database, { clinical, newId, journal });
    const atOnce = 512;
    for (let from = 0; from < count; from += atOnce) {
      const rows = [];
      for (let number = from; number < Math.min(count, from + atOnce); number += 1) {
        const content = contentOf(number % (count / 10));
        const prepared = await keys.prepareFor(content.coverage.insuredId ?? '');
        if (!('id' in prepared)) throw new Error(prepared.text);
        const key = await keys.commit(prepared);
        const createdAt = new Date(Date.UTC(2024, 0, 1) + number * 300_000).toISOString();
        const base: Omit<RecordRow, 'content'> = {
          ...{
            id: newId(),
            kind: 'certificate',
            createdAt,
            stage: 'paper-only',
            corrects: null,
            coverageSource: 'card',
          },
          ...{ cancels: null, state: { ...initialState, stage: 'paper-only', rule: 'P1', reason: '' } },
        };
        rows.push({ row: { ...base, content }, key, keyId: key.id, write: number + 10 });
      }
      await database.records.bulkPut(
        rows.map(({ row, key, write: at }) => sealRecord({ row, lastSequence: 0 }, key, at)),
      );
      await index.add(rows);
    }
    database.close();
  },

  /** From keys in hand to a store whose search answers: milliseconds, and those of searches after it (median of many). */
  async unlocking(hex: HexKeys): Promise<{ unlock: number; search: number; found: number; records: number }> {
    let start = performance.now();
    const store = await openStore('filled', hex);
    const records = (await store.searchCertificates('')).length;
    await store.summaries((await store.searchCertificates('')).slice(0, 50));
    const unlock = performance.now() - start;
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
    store.close();
    return { unlock, search: times.sort((a, b) => a - b)[times.length >> 1] ?? 0, found, records };
  },

  /** Writes one certificate through the store, and one word in the open beside it: what a search of the disk must and must not find. */
  async writeSecrets(hex: HexKeys, content: CertificateContent, control: string): Promise<void> {
    const store = await openStore('secrets', hex);
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
    store.close();
  },

  /** Whether writing is a result when there is no room, and reading goes on. */
  async writeWithoutRoom(hex: HexKeys): Promise<{ reason: string; read: boolean }> {
    const store = await openStore('secrets', hex);
    const [record] = await store.records.list();
    if (record === undefined) throw new Error('It is there.');
    const content = exampleContent({ certificate: { diagnosisText: 'x'.repeat(4_000_000) } });
    const created = await store.records.create(
      { id: newId(), kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
      [{ type: 'recorded' }],
    );
    const read = (await store.records.get(record.id)) !== null;
    store.close();
    return { reason: created.kind === 'storage-failed' ? created.reason : created.kind, read };
  },
};

window.vaultBench = vaultBench;
