import Dexie from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import type { Damage } from '../../../renderer/store/damages';
import { Database, vaultName } from '../../../renderer/store/database';
import { blockSize } from '../../../renderer/store/search-index';
import { Store } from '../../../renderer/store/store';
import { exampleContent } from '../../support/content';
import { documentId, happened } from '../../support/events';
import { MemoryJournal, testKeys } from '../../support/memory-journal';

// Every table whose rows are sealed: one byte changed in each field of a row, two rows swapped, an older row put back. Each is noticed and said,
// nothing is repaired silently, and the rest goes on.

const clock = { now: () => new Date('2026-11-23T09:00:00Z'), sleep: () => Promise.resolve() };
const newId = () => crypto.randomUUID();
const names: string[] = [];

async function vault() {
  const name = `changed-${newId()}`;
  names.push(name);
  const means = { clock, newId, keys: testKeys(), journal: new MemoryJournal(), user: () => 'AB' };
  const open = async () => {
    const opened = await Store.open(name, means);
    if (opened.kind !== 'open') throw new Error(`${opened.reason} ${opened.text}`);
    return opened.store;
  };
  const store = await open();
  const ids: string[] = [];
  for (const [family, insuredId] of [
    ['Eins', 'A111111111'],
    ['Zwei', 'B222222222'],
  ] as const) {
    const id = newId();
    ids.push(id);
    const content = exampleContent({ patient: { family }, coverage: { insuredId } });
    await store.records.create(
      { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
      [happened.recorded, happened.issued],
    );
    const bytes = { xml: new Uint8Array([1, 2, 3]), signed: new Uint8Array([4, 5, 6]) };
    const at = clock.now().toISOString();
    const document = { signedSha256: id.padEnd(64, '0'), documentId, recordId: id, number: 1, ...bytes };
    await store.records.append(id, [happened.signed()], { documents: [{ ...document, timestamp: at, signedAt: at }] });
    await store.saveMail({
      ...{ account: 'a', uid: family, header: new Uint8Array([1, 2]), raw: new Uint8Array([3]) },
      ...{ status: 'matched', what: 'receipt', recordId: id },
    });
    await store.savePatients([{ id: insuredId, patient: content.patient, coverage: content.coverage, usedAt: at }]);
    await store.declareOutage({ kind: 'all' }, family);
    await store.saveRestorationPauses({ everything: false, payers: [family] });
    await store.sealChain();
  }
  store.close();
  return { name, open, ids };
}

/** What a reader of each table does. What it gives is what the user sees. */
const readers: Readonly<Record<string, (store: Store, ids: readonly string[]) => Promise<unknown>>> = {
  records: async (store) => (await store.records.list()).length,
  documents: async (store, ids) => (await Promise.all(ids.map((id) => store.records.documents(id)))).flat().length,
  mails: async (store) => (await store.mails()).length,
  patients: async (store) => (await store.patients()).length,
  outages: async (store) => (await store.outages()).length,
  // Two certificates each have a key of their own: what it sealed closes with it.
  patientKeys: async (store) => (await store.records.list()).length,
  searchTail: async (store) => (await store.searchCertificates('')).length,
  checkpoints: async (store) => {
    await store.checkChain('start');
    return store.damages().length === 0 ? 2 : 1;
  },
};

/** The fields of which a change must be noticed. (A patient key's `index` is told when something is recorded with it, see below.) */
const fields: Readonly<Record<string, readonly string[]>> = {
  records: ['sealed', 'stage', 'createdAt', 'keyId', 'write'],
  documents: ['sealed', 'keyId', 'write'],
  mails: ['sealed', 'status', 'fetchedAt', 'recordId', 'keyId', 'write'],
  patients: ['sealed', 'usedAt', 'write'],
  outages: ['sealed', 'startedAt', 'write'],
  patientKeys: ['wrapped'],
  searchTail: ['sealed', 'write'],
  checkpoints: ['sealed', 'write'],
};

/** The value with one byte (letter, digit) other than it was; bytes at three places: nonce, content, tag. */
function changedValues(value: unknown): unknown[] {
  if (value instanceof Uint8Array)
    return [0, value.length >> 1, value.length - 1].map((at) =>
      value.map((byte, index) => (index === at ? byte ^ 1 : byte)),
    );
  if (typeof value === 'number') return [value + 1];
  if (typeof value === 'string') return [`${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`];
  return ['x'];
}

function damagesOf(table: string, found: readonly Damage[]): readonly Damage[] {
  return found.filter((damage) => damage.table === table);
}

afterEach(async () => {
  for (const name of names.splice(0)) await Dexie.delete(vaultName(name));
});

describe('rows that were changed from outside', () => {
  it.each(Object.keys(readers))('%s: a byte in each field, and two rows swapped', async (table) => {
    const { name, open, ids } = await vault();
    const read = readers[table];
    if (read === undefined) throw new Error('There is one.');
    const raw = new Database(name);
    const target = raw.table<Record<string, unknown>, string | number>(table);
    const rows = await target.toArray();
    const [first, second] = rows;
    if (first === undefined || second === undefined) throw new Error('They are there.');
    const look = async (what: string) => {
      const store = await open();
      const seen = await read(store, ids);
      expect(seen, `${what}: shown`).toBeLessThan(2);
      expect(damagesOf(table, store.damages()).length, `${what}: said`).toBeGreaterThan(0);
      // The rest goes on.
      if (table !== 'records' && table !== 'patientKeys') expect(await store.records.list()).toHaveLength(2);
      expect(await store.restorationPauses()).toEqual({ everything: false, payers: ['Zwei'] });
      store.close();
    };
    for (const field of fields[table] ?? []) {
      for (const value of changedValues(first[field])) {
        const changed = { ...first, [field]: value };
        await target.put(changed);
        await look(`${table}.${field}`);
        expect(
          await target.get(
            target.schema.primKey.keyPath === 'sequence'
              ? Number(first['sequence'])
              : String(first[String(target.schema.primKey.keyPath)]),
          ),
          'not repaired',
        ).toEqual(changed);
      }
      await target.put(first);
    }
    // Each under the other's key, with everything that is not the key.
    const key = String(target.schema.primKey.keyPath);
    const kept = table === 'patientKeys' ? [key, 'index'] : [key];
    const under = (row: Record<string, unknown>, other: Record<string, unknown>) => ({
      ...other,
      ...Object.fromEntries(kept.map((name_) => [name_, row[name_]])),
    });
    await target.bulkPut([under(first, second), under(second, first)]);
    await look(`${table} swapped`);
    await target.bulkPut([first, second]);
    const store = await open();
    expect(await read(store, ids)).toBe(2);
    expect(store.damages()).toEqual([]);
    store.close();
    raw.close();
  });

  it('events: every field that is a link of the chain, and two swapped', async () => {
    const { name, open } = await vault();
    const raw = new Database(name);
    const [, event, other] = await raw.events.toArray();
    if (event === undefined || other === undefined) throw new Error('They are there.');
    const store = await open();
    const check = () => store.checkChain('start');
    const before = await check();
    expect(before.kind).toBe('held');
    for (const field of ['id', 'recordId', 'at', 'user', 'keyId', 'previousHash', 'hash', 'sealed'] as const)
      for (const value of changedValues(event[field])) {
        await raw.events.put({ ...event, [field]: value });
        expect(await check(), field).toEqual({ kind: 'broken', sequence: 2, what: 'changed' });
      }
    await raw.events.delete(other.sequence);
    await raw.events.put({ ...other, sequence: event.sequence });
    await raw.events.put({ ...event, sequence: other.sequence });
    expect((await check()).kind).toBe('broken');
    await raw.events.bulkDelete([event.sequence, other.sequence]);
    await raw.events.bulkPut([event, other]);
    expect(await check()).toEqual(before);
    raw.close();
    store.close();
  });

  it('settings: never taken for a first start', async () => {
    const { name, open } = await vault();
    const raw = new Database(name);
    const row = await raw.meta.get('restoration-pauses');
    if (row === undefined) throw new Error('It is there.');
    const store = await open();
    for (const field of ['sealed', 'write'] as const)
      for (const value of changedValues(row[field])) {
        await raw.meta.put({ ...row, [field]: value });
        await expect(store.restorationPauses()).rejects.toThrow('changed from outside');
      }
    expect(store.damages()).toEqual([{ table: 'meta', key: 'restoration-pauses', what: 'closed' }]);
    const installation = await raw.meta.get('installation');
    if (installation === undefined) throw new Error('It is there.');
    await raw.meta.put({ ...installation, key: 'restoration-pauses' });
    await expect(store.restorationPauses()).rejects.toThrow('changed from outside');
    await raw.meta.put(row);
    expect(await store.restorationPauses()).toEqual({ everything: false, payers: ['Zwei'] });
    raw.close();
    store.close();
  });

  it('patients’ keys: one whose index names another patient seals nothing more', async () => {
    const { name, open } = await vault();
    const raw = new Database(name);
    const [one, two] = await raw.patientKeys.toArray();
    if (one === undefined || two === undefined) throw new Error('They are there.');
    await raw.patientKeys.bulkDelete([one.id, two.id]);
    await raw.patientKeys.bulkPut([
      { ...one, index: two.index },
      { ...two, index: one.index },
    ]);
    const store = await open();
    const content = exampleContent({ patient: { family: 'Eins' }, coverage: { insuredId: 'A111111111' } });
    const again = await store.records.create(
      { id: newId(), kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
      [happened.recorded],
    );
    expect(again).toMatchObject({ kind: 'storage-failed', reason: 'damaged' });
    expect(damagesOf('patientKeys', store.damages())).toHaveLength(1);
    expect(await store.records.list()).toHaveLength(2);
    raw.close();
    store.close();
  });

  it('blocks of the search index: said, and made anew from the records at the next start; an old one put back too', async () => {
    const { name, open } = await vault();
    const raw = new Database(name);
    // Made anew, everything stands in one block.
    await raw.searchTail.clear();
    const maker = await open();
    expect(await maker.completeIndex()).toBe(true);
    maker.close();
    const [block] = await raw.searchBlocks.toArray();
    if (block === undefined) throw new Error('It is there.');
    expect(blockSize).toBeGreaterThan(2);
    for (const sealed of changedValues(block.sealed)) {
      if (!(sealed instanceof Uint8Array)) throw new Error('They are bytes.');
      await raw.searchBlocks.put({ ...block, sealed });
      const store = await open();
      expect(await store.searchCertificates('eins')).toEqual([]);
      expect(store.damages()).toEqual([{ table: 'searchBlocks', key: block.id, what: 'closed' }]);
      expect(await store.records.list()).toHaveLength(2);
      store.close();
    }
    await raw.searchBlocks.put(block);
    const other = await open();
    // Another block in this one's place doesn't open; the same one twice is more than there are records.
    await raw.searchBlocks.put({ ...block, id: 'copy' });
    expect(await other.searchCertificates('eins')).toHaveLength(1);
    expect(other.damages()).toEqual([{ table: 'searchBlocks', key: 'copy', what: 'closed' }]);
    other.close();
    const again = await open();
    await raw.searchBlocks.clear();
    expect(await again.completeIndex()).toBe(true);
    expect(await again.searchCertificates('eins')).toHaveLength(1);
    again.close();
    raw.close();
  });
});
