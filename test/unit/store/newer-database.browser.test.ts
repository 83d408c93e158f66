import Dexie from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import { Database, databaseVersion, nativeVersion, vaultName } from '../../../renderer/store/database';
import { openValue, sealValue } from '../../../renderer/store/rows';
import { Store } from '../../../renderer/store/store';
import { exampleContent } from '../../support/content';
import { happened } from '../../support/events';
import { MemoryJournal, testKeys } from '../../support/memory-journal';

// A newer program has been here: its data are read, and nothing is written into them.

const clock = { now: () => new Date('2026-11-23T09:00:00Z'), sleep: () => Promise.resolve() };
const newId = () => crypto.randomUUID();
const names: string[] = [];

/** A vault with one issued certificate. */
async function vault() {
  const name = `newer-${newId()}`;
  names.push(name);
  const means = { clock, newId, keys: testKeys(), journal: new MemoryJournal(), user: () => 'AB' };
  const open = async () => {
    const opened = await Store.open(name, means);
    if (opened.kind !== 'open') throw new Error(`${opened.reason} ${opened.text}`);
    return opened.store;
  };
  const store = await open();
  const id = newId();
  const content = exampleContent({ patient: { family: 'Zukunft' } });
  const created = await store.records.create(
    { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
    [happened.recorded, happened.issued],
  );
  expect(created.kind).toBe('written');
  await store.declareOutage({ kind: 'all' }, 'Übung');
  store.close();
  return { name, means, open, id, content };
}

/** Every byte of every table, to see whether anything was changed. */
async function everything(name: string): Promise<string> {
  const raw = new Dexie(vaultName(name));
  await raw.open();
  const rows = await Promise.all(raw.tables.map(async (table) => [table.name, await table.toArray()]));
  const text = JSON.stringify([raw.verno, rows], (_, value: unknown) =>
    value instanceof Uint8Array ? [...value] : value,
  );
  raw.close();
  return text;
}

/** What a newer program would have made of it: another version, another table, another index. */
async function upgrade(name: string) {
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open(vaultName(name), nativeVersion + 10);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('later', { keyPath: 'id' }).add({ id: 'kept' });
      request.transaction?.objectStore('records').createIndex('later', 'later');
    };
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
    request.onerror = () => reject(request.error ?? new Error('not opened'));
  });
}

async function versionOf(name: string): Promise<number | undefined> {
  return (await indexedDB.databases()).find((one) => one.name === vaultName(name))?.version;
}

afterEach(async () => {
  for (const name of names.splice(0)) await Promise.all([Dexie.delete(name), Dexie.delete(vaultName(name))]);
});

describe('a database of a newer program', () => {
  it('is read, searched and listed; every write is refused in words, and not a byte or version changes', async () => {
    const { name, means, open, id, content } = await vault();
    await upgrade(name);
    const before = await everything(name);
    const store = await open();
    expect(store.isReadOnly).toBe(true);
    expect((await store.records.get(id))?.content.patient.family).toBe('Zukunft');
    expect((await store.records.list()).map((record) => record.id)).toEqual([id]);
    expect(await store.searchCertificates('zukunft')).toEqual([id]);
    expect(await store.records.events(id)).toHaveLength(2);
    expect(await store.outages()).toHaveLength(1);
    expect(await store.checkChain('start')).toMatchObject({ kind: 'held' });
    expect(await store.completeIndex()).toBe(false);

    const refused = { kind: 'storage-failed', reason: 'newer-version' };
    const written = means.journal.entries.size;
    expect(await store.records.append(id, [happened.signed()])).toMatchObject(refused);
    expect(
      await store.records.create(
        { id: newId(), kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
        [happened.recorded],
      ),
    ).toMatchObject(refused);
    await expect(store.declareOutage({ kind: 'all' }, 'x')).rejects.toMatchObject({ failure: refused });
    await expect(store.audit({ type: 'logged-out' })).rejects.toMatchObject({ failure: refused });
    await expect(store.savePatients([])).rejects.toMatchObject({ failure: refused });
    // What goes past the journal is guarded by the database itself.
    const recipient = { payerId: '1', payerIk: '1', address: 'x', checkedAt: '' };
    await expect(store.saveRecipient(recipient)).rejects.toMatchObject({ name: 'ReadOnlyError' });
    await expect(store.saveContact('connector')).rejects.toMatchObject({ name: 'ReadOnlyError' });
    store.close();
    expect(await everything(name)).toBe(before);
    expect(await versionOf(name)).toBe(nativeVersion + 10);
    expect(means.journal.entries.size).toBe(written);
  });

  it('is told by the format in its sealed head too, where the tables are the same', async () => {
    const { name, means, open, id } = await vault();
    const raw = new Database(name);
    const row = await raw.meta.get('installation');
    const head = row === undefined ? null : openValue('meta', 'installation', row, means.keys.practice);
    if (row === undefined || typeof head?.value !== 'object') throw new Error('It is there.');
    expect(head.value).toMatchObject({ format: databaseVersion });
    const later = { ...head.value, format: databaseVersion + 1 };
    const sealed = sealValue('meta', 'installation', row.write, later, means.keys.practice);
    await raw.meta.put({ ...row, sealed });
    raw.close();
    const before = await everything(name);
    const store = await open();
    expect(store.isReadOnly).toBe(true);
    expect((await store.records.get(id))?.id).toBe(id);
    expect(await store.records.append(id, [happened.signed()])).toMatchObject({ reason: 'newer-version' });
    store.close();
    expect(await everything(name)).toBe(before);
  });

  it('with rows that this program can’t make sense of shows the others and says so', async () => {
    const { name, means, open, id } = await vault();
    const raw = new Database(name);
    const row = await raw.outages.toCollection().first();
    if (row === undefined) throw new Error('It is there.');
    const later = { id: row.id, scope: { kind: 'a-later-kind' }, startedAt: row.startedAt };
    const sealed = sealValue('outages', row.id, row.write, later, means.keys.practice);
    await raw.outages.put({ ...row, sealed });
    raw.close();
    await upgrade(name);
    const store = await open();
    expect(await store.outages()).toEqual([]);
    expect(store.damages()).toEqual([{ table: 'outages', key: row.id, what: 'closed' }]);
    expect((await store.records.get(id))?.id).toBe(id);
    store.close();
  });

  it('opens with its own keys only', async () => {
    const { name, means } = await vault();
    await upgrade(name);
    const opened = await Store.open(name, { ...means, keys: testKeys() });
    expect(opened).toMatchObject({ kind: 'storage-failed', reason: 'wrong-keys' });
  });
});
