import Dexie from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import { vaultName } from '../../../renderer/store/database';
import { Store } from '../../../renderer/store/store';
import { exampleContent } from '../../support/content';
import { documentId, happened } from '../../support/events';
import { MemoryJournal, testKeys } from '../../support/memory-journal';

// Real IndexedDB in Chromium: what the program keeps its records in.

const names: string[] = [];
const clock = { now: () => new Date('2026-11-23T09:00:00Z'), sleep: () => Promise.resolve() };
const newId = () => crypto.randomUUID();
const keys = testKeys();
let journal = new MemoryJournal();

async function openStore(name = `test-${newId()}`): Promise<Store> {
  names.push(name);
  const opened = await Store.open(name, { clock, newId, keys, journal, user: () => 'AB' });
  if (opened.kind !== 'open') throw new Error(opened.text);
  return opened.store;
}

async function draft(store: Store, id = newId()): Promise<string> {
  const created = await store.records.create(
    { id, kind: 'certificate', content: exampleContent(), corrects: null, coverageSource: 'typed', cancels: null },
    [happened.recorded],
  );
  expect(created.kind).toBe('written');
  return id;
}

const signedRow = (recordId: string, hash: string) => ({
  signedSha256: hash,
  documentId,
  recordId,
  number: 1,
  timestamp: clock.now().toISOString(),
  xml: new Uint8Array([1, 2, 3]),
  signed: new Uint8Array([4, 5, 6]),
  signedAt: clock.now().toISOString(),
});

describe('watching a query', () => {
  it('many writes are told while they go on, by a few queries, and the last one for certain', async () => {
    const store = await openStore();
    let asked = 0;
    const told: number[] = [];
    const stop = store.watch(
      async () => {
        asked += 1;
        return (await store.records.list()).length;
      },
      (count) => told.push(count),
      (error) => {
        throw error;
      },
    );
    const writes = 300;
    for (let number = 0; number < writes; number += 1) await draft(store);
    const whileWriting = told.length;
    await expect.poll(() => told.at(-1), { timeout: 5_000 }).toBe(writes);
    expect(whileWriting).toBeGreaterThan(1);
    expect(asked).toBeLessThan(writes / 3);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    // Quiet again: the next single write is told, too; after stopping, nothing is.
    await draft(store);
    await expect.poll(() => told.at(-1), { timeout: 5_000 }).toBe(writes + 1);
    stop();
    await draft(store);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(told.at(-1)).toBe(writes + 1);
    store.close();
  });

  it('a query that can’t be answered is told as an error', async () => {
    const store = await openStore();
    const error = await new Promise((resolve) => {
      store.watch(
        () => Promise.reject(new Error('unreadable')),
        () => undefined,
        resolve,
      );
    });
    expect(error).toEqual(new Error('unreadable'));
    store.close();
  });
});

afterEach(async () => {
  for (const name of names.splice(0)) {
    await Dexie.delete(name);
    await Dexie.delete(vaultName(name));
  }
  journal = new MemoryJournal();
});

describe('records on a real IndexedDB', () => {
  it('a draft is there again after closing and opening, with its events and the same installation', async () => {
    const name = `test-${newId()}`;
    const before = await openStore(name);
    const id = await draft(before);
    await before.records.saveDraft(id, exampleContent({ patient: { family: 'Ölçer' } }), 'card');
    before.close();
    const after = await openStore(name);
    const record = await after.records.get(id);
    expect(record).toMatchObject({ kind: 'certificate', coverageSource: 'card', state: { stage: 'recorded' } });
    expect(record?.content.patient.family).toBe('Ölçer');
    expect(after.namespace).toBe(before.namespace);
    after.close();
  });

  it('once issued, content is locked', async () => {
    const store = await openStore();
    const id = await draft(store);
    await store.records.append(id, [happened.issued]);
    const change = await store.records.saveDraft(id, exampleContent({ patient: { family: 'Anders' } }), 'typed');
    expect(change.kind).toBe('conflict');
    expect((await store.records.get(id))?.content.patient.family).toBe('Mustermann');
    store.close();
  });

  it('of two that change a record at once, one wins and the other writes nothing', async () => {
    const store = await openStore();
    const id = await draft(store);
    await store.records.append(id, [happened.issued, happened.signed()]);
    const attempt = (attemptId: string) =>
      store.records.append(id, [happened.attempting(attemptId)], { when: (state) => state.stage === 'signed' });
    const changes = await Promise.all([attempt('a'), attempt('b'), attempt('c')]);
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['conflict', 'conflict', 'written']);
    expect((await store.records.get(id))?.state.attempts).toHaveLength(1);
    store.close();
  });

  it('two windows appending at once still make one chain without a gap', async () => {
    const name = `test-${newId()}`;
    const [one, two] = [await openStore(name), await openStore(name)];
    const ids = await Promise.all(Array.from({ length: 20 }, (_, index) => draft(index % 2 === 0 ? one : two)));
    await Promise.all(ids.map((id, index) => (index % 2 === 0 ? two : one).records.append(id, [happened.issued])));
    const chain = await one.records.chain();
    expect(chain).toHaveLength(40);
    expect(await one.checkChain('start')).toEqual({ kind: 'held', from: 1, until: 40 });
    one.close();
    two.close();
  });

  it('event, state and signed bytes are written together or not at all', async () => {
    const store = await openStore();
    const id = await draft(store);
    await store.records.append(id, [happened.issued]);
    const refused = await store.records.append(id, [happened.signed()], {
      documents: [signedRow(id, 'f'.repeat(64))],
      when: () => false,
    });
    expect(refused.kind).toBe('conflict');
    expect(await store.records.documents(id)).toEqual([]);
    const written = await store.records.append(id, [happened.signed()], { documents: [signedRow(id, 'e'.repeat(64))] });
    expect(written.kind).toBe('written');
    expect((await store.records.document('e'.repeat(64)))?.signed).toEqual(new Uint8Array([4, 5, 6]));
    expect((await store.records.byDocument(documentId))?.id).toBe(id);
    store.close();
  });

  it('writing the same record twice is a conflict and changes nothing', async () => {
    const store = await openStore();
    const id = await draft(store);
    const again = await store.records.create(
      { id, kind: 'certificate', content: exampleContent(), corrects: null, coverageSource: 'typed', cancels: null },
      [happened.recorded],
    );
    expect(again.kind).toBe('conflict');
    expect(await store.records.chain()).toHaveLength(1);
    store.close();
  });

  it('writing to a closed database is a result, not an exception', async () => {
    const store = await openStore();
    const id = await draft(store);
    store.close();
    expect(await store.records.append(id, [happened.issued])).toMatchObject({
      kind: 'storage-failed',
      reason: 'closed',
    });
  });

  it('a database of a newer program is refused and left as it is', async () => {
    const name = `test-${newId()}`;
    names.push(name);
    const newer = new Dexie(name);
    newer.version(99).stores({ records: 'id', events: 'sequence', later: 'id' });
    await newer.open();
    await newer.table('later').add({ id: 'kept' });
    newer.close();
    const opened = await Store.open(name, { clock, newId, keys, journal, user: () => 'AB' });
    expect(opened).toMatchObject({ kind: 'storage-failed', reason: 'newer-version' });
    await newer.open();
    expect(await newer.table('later').count()).toBe(1);
    newer.close();
  });

  it('watching tells of every change, in another window too', async () => {
    const name = `test-${newId()}`;
    const [one, two] = [await openStore(name), await openStore(name)];
    const seen: number[] = [];
    const stop = one.watch(
      async () => (await one.records.list()).length,
      (count) => seen.push(count),
      (error) => {
        throw error;
      },
    );
    await draft(two);
    await expect.poll(() => seen.at(-1)).toBe(1);
    stop();
    one.close();
    two.close();
  });
});

describe('outages and mail', () => {
  it('an outage has a start, a reason, who declared it and, once, an end', async () => {
    const store = await openStore();
    const outage = await store.declareOutage({ kind: 'provider', provider: 'BITMARCK' }, 'Rückläufer');
    await store.endOutage(outage.id);
    await store.endOutage(outage.id);
    expect(await store.outages()).toEqual([{ ...outage, endedAt: '2026-11-23T09:00:00.000Z' }]);
    store.close();
  });

  it('an answer and its message are one write: both or none, in the database and in the journal (P5-04)', async () => {
    journal = new MemoryJournal();
    const store = await openStore();
    const id = await draft(store);
    await store.records.append(id, [
      happened.issued,
      happened.signed(),
      happened.attempting('a'),
      happened.handedOver('a'),
    ]);
    const before = journal.entries.size;
    const mail = { account: 'a@kim', uid: '7', header: new Uint8Array([1]), raw: new Uint8Array([1, 2]) };
    const kept = { ...mail, status: 'matched' as const, what: 'receipt', recordId: id };
    expect(await store.saveAnswer(happened.delivered(), kept)).toMatchObject({ kind: 'written' });
    expect(journal.entries.size).toBe(before + 1);
    const tables = [...journal.entries.values()].at(-1)?.rows.map(({ table }) => table);
    expect(tables?.toSorted()).toEqual(['events', 'mails', 'records']);
    expect((await store.records.get(id))?.state.stage).toBe('delivered');
    expect(await store.mails()).toEqual([{ ...kept, key: 'a@kim\n7', fetchedAt: '2026-11-23T09:00:00.000Z' }]);
    // The record isn't there: nor is the message.
    expect(await store.saveAnswer(happened.delivered(), { ...kept, uid: '8', recordId: newId() })).toEqual({
      kind: 'missing',
    });
    expect(await store.knownUids('a@kim')).toEqual(['7']);
    store.close();
  });

  it('uids are known per account, whatever the account is called', async () => {
    const store = await openStore();
    const mail = { header: new Uint8Array(), raw: null, status: 'foreign' as const, what: 'foreign', recordId: null };
    await store.saveMail({ ...mail, account: 'a@kim', uid: '1' });
    await store.saveMail({ ...mail, account: 'a@kim.de', uid: '2' });
    expect(await store.knownUids('a@kim')).toEqual(['1']);
    store.close();
  });
});
