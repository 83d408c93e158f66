import Dexie from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { initialState } from '../../../renderer/domain/state';
import { Database, nativeVersion, vaultName } from '../../../renderer/store/database';
import { PlainDatabase } from '../../../renderer/store/from-version-1';
import type { JournalEntry, JournalWriting } from '../../../renderer/store/journal';
import { journalRow } from '../../../renderer/store/journal-rows';
import { Store } from '../../../renderer/store/store';
import { applyEntry } from '../../../renderer/store/writer';
import { exampleContent } from '../../support/content';
import { documentId, happened } from '../../support/events';
import { MemoryJournal, testKeys } from '../../support/memory-journal';

// The plain database of version 1 is sealed; the program is killed at every step of it and started again: nothing is lost, nothing doubled.

const clock = { now: () => new Date('2026-11-23T09:00:00Z'), sleep: () => Promise.resolve() };
const newId = () => crypto.randomUUID();
const names: string[] = [];

class Killed extends Error {}

/** Ends the program at one of the writes: before its transaction is there, or right after. */
class KilledJournal extends MemoryJournal {
  left = Infinity;
  when: 'before' | 'after' = 'before';

  override append(entry: JournalEntry): Promise<JournalWriting> {
    this.left -= 1;
    if (this.left > 0) return super.append(entry);
    if (this.when === 'before') throw new Killed();
    // The journal may have it or not: here it has, as with a host that lives on.
    return super.append(entry).then(() => Promise.reject<JournalWriting>(new Killed()));
  }

  override prepare(entries: readonly JournalEntry[]): () => Promise<readonly JournalWriting[]> {
    const append = super.prepare(entries);
    return () => {
      const writings = append();
      // Nobody waits for it yet while the transaction ends.
      writings.catch(() => undefined);
      return writings;
    };
  }
}

/** A database of version 1 with so many certificates, each with an event, a document and a mail, of so many patients. */
async function plainDatabase(name: string, count = 3, patients = 2) {
  names.push(name);
  const old = new PlainDatabase(name);
  const at = clock.now().toISOString();
  const ids = Array.from({ length: count }, newId);
  await old.meta.put({ key: 'installation', value: { namespace: newId(), createdAt: at } });
  await old.outages.put({
    ...{ id: 'outage', scope: { kind: 'all' }, reason: 'x', startedAt: at },
    ...{ declaredBy: 'AB', confirmedAt: null, endedAt: null },
  });
  // In one go: what is tested comes after it.
  await old.transaction('rw', old.tables, async () => {
    for (const [index, id] of ids.entries()) await putCertificate(old, { id, index, at, patients });
  });
  old.close();
  return ids;
}

async function putCertificate(
  old: PlainDatabase,
  { id, index, at, patients }: { id: string; index: number; at: string; patients: number },
) {
  const insuredId = `A${String(111_111_110 + (index % patients))}`;
  const content = exampleContent({ patient: { family: `Alt${String(index)}` }, coverage: { insuredId } });
  await old.records.put({
    ...{ id, kind: 'certificate', createdAt: at, stage: 'issued', content },
    ...{ corrects: null, coverageSource: 'card', cancels: null },
    state: { ...initialState, stage: 'issued', since: at, issuedAt: at },
  });
  await old.events.put({
    ...{ sequence: index + 1, id: newId(), recordId: id, at, user: 'CD', detail: happened.recorded },
    ...{ previousHash: '0'.repeat(64), hash: 'f'.repeat(64) },
  });
  await old.documents.put({
    ...{ signedSha256: String(index).padStart(64, '0'), documentId, recordId: id, number: 1 },
    ...{ timestamp: at, signedAt: at, xml: new Uint8Array([1]), signed: new Uint8Array([2]) },
  });
  await old.mails.put({
    ...{ key: `a\n${String(index)}`, account: 'a', uid: String(index), fetchedAt: at },
    ...{ header: new Uint8Array([1]), raw: null, status: 'matched', what: 'receipt', recordId: id },
  });
  await old.patients.put({ id: insuredId, patient: content.patient, coverage: content.coverage, usedAt: at });
}

async function expectWhole(store: Store, name: string, ids: readonly string[], patients = 2) {
  expect((await store.records.list()).map(({ id }) => id).sort()).toEqual([...ids].sort());
  const events = await store.records.eventsOf(ids);
  expect(events.map(({ recordId }) => recordId).sort()).toEqual([...ids].sort());
  const documents = await Promise.all(ids.map((id) => store.records.documents(id)));
  expect(documents.filter(({ length }) => length !== 1)).toEqual([]);
  expect(await store.mails()).toHaveLength(ids.length);
  expect(await store.patients()).toHaveLength(patients);
  expect(await store.outages()).toHaveLength(1);
  expect(await store.checkChain('start')).toMatchObject({ kind: 'held' });
  const sealed = (await store.auditTrail({ after: 0, limit: 100 })).filter(({ detail }) => detail.type === 'sealed');
  expect(sealed).toHaveLength(1);
  expect(sealed[0]?.detail).toMatchObject({ records: ids.length, events: ids.length });
  expect((await store.searchCertificates('alt')).toSorted()).toEqual([...ids].sort());
  expect(store.damages()).toEqual([]);
  const raw = new Database(name);
  expect(await raw.patientKeys.count(), 'a key for each patient').toBe(patients);
  raw.close();
  const left = (await indexedDB.databases()).find((one) => one.name === name);
  expect(left?.version, 'an older program finds a newer one').toBe(nativeVersion);
}

const compared = ['records', 'events', 'documents', 'mails', 'patients', 'outages', 'meta'] as const;

/** What the journal has last of each row is what stands there; without putting it into a database, for many rows. */
async function expectSameRows(name: string, journal: MemoryJournal) {
  const last = new Map<string, string | null>();
  for (const { rows } of [...journal.entries.values()].sort((a, b) => a.number - b.number))
    for (const { table, key, row } of rows) last.set(`${table} ${key}`, row);
  const raw = new Database(name);
  for (const table of compared) {
    const [keys, rows] = await Promise.all([
      raw.table<object, string | number>(table).toCollection().primaryKeys(),
      raw.table<object, string | number>(table).toArray(),
    ]);
    const unlike = keys.filter((key, at) => {
      const row = rows[at] ?? null;
      return last.get(`${table} ${String(key)}`) !== journalRow(table, key, row).row;
    });
    expect(unlike, table).toEqual([]);
    expect([...last].filter(([place, row]) => place.startsWith(`${table} `) && row !== null)).toHaveLength(keys.length);
  }
  raw.close();
}

/** What the journal has comes to the same rows. */
async function expectSecondCopy(name: string, journal: MemoryJournal) {
  const [raw, copy] = [new Database(name), new Database(`${name}-copy`)];
  names.push(`${name}-copy`);
  for (const entry of [...journal.entries.values()].sort((a, b) => a.number - b.number)) await applyEntry(copy, entry);
  for (const table of compared)
    expect(await copy.table(table).toArray(), table).toEqual(await raw.table(table).toArray());
  raw.close();
  copy.close();
}

afterEach(async () => {
  vi.restoreAllMocks();
  for (const name of names.splice(0)) await Promise.all([Dexie.delete(name), Dexie.delete(vaultName(name))]);
});

describe('killed while a database of version 1 is sealed', () => {
  it.each(['before', 'after'] as const)('at every write, %s it is there', async (when) => {
    for (let write = 1; ; write += 1) {
      const name = `crash-${newId()}`;
      const ids = await plainDatabase(name);
      const journal = new KilledJournal();
      const means = { clock, newId, keys: testKeys(), journal, user: () => 'AB' };
      journal.left = write;
      journal.when = when;
      const first = await Store.open(name, means).catch((error: unknown) => {
        if (error instanceof Killed) return null;
        throw error;
      });
      const wasKilled = first === null;
      if (first?.kind === 'open') first.store.close();
      journal.left = Infinity;
      const opened = await Store.open(name, means);
      if (opened.kind !== 'open') throw new Error(`${opened.reason} ${opened.text}`);
      await expectWhole(opened.store, name, ids);
      await expectSecondCopy(name, journal);
      opened.store.close();
      if (!wasKilled) {
        expect(write, 'it was killed at several').toBeGreaterThan(5);
        return;
      }
    }
  });

  it('again and again, with more certificates than go into one write', async () => {
    const name = `crash-${newId()}`;
    const [count, patients] = [201, 5];
    const ids = await plainDatabase(name, count, patients);
    const journal = new KilledJournal();
    const means = { clock, newId, keys: testKeys(), journal, user: () => 'AB' };
    const killed: string[] = [];
    for (let isWhole = false; !isWhole;) {
      // A few writes further each time.
      journal.left = 4 + Math.floor(Math.random() * 6);
      journal.when = Math.random() < 0.5 ? 'before' : 'after';
      killed.push(`${journal.when} ${String(journal.left)}`);
      const opened = await Store.open(name, means).catch((error: unknown) => {
        if (error instanceof Killed) return null;
        throw error;
      });
      journal.left = Infinity;
      if (opened !== null) {
        if (opened.kind !== 'open') throw new Error(`${opened.reason} ${opened.text}`);
        await expectWhole(opened.store, name, ids, patients).catch((error: unknown) => {
          throw new Error(`killed ${killed.join(', ')}`, { cause: error });
        });
        opened.store.close();
        isWhole = true;
      }
    }
    expect(killed.length).toBeGreaterThan(1);
    await expectSameRows(name, journal);
  });

  it('before the plain one is deleted, and before the mark in its place is there', async () => {
    for (const place of ['delete', 'mark'] as const) {
      const name = `crash-${newId()}`;
      const ids = await plainDatabase(name);
      const means = { clock, newId, keys: testKeys(), journal: new MemoryJournal(), user: () => 'AB' };
      const really = Dexie.delete.bind(Dexie);
      vi.spyOn(Dexie, 'delete').mockImplementationOnce((database) =>
        place === 'delete'
          ? Dexie.Promise.reject(new Killed())
          : really(database).then(() => Dexie.Promise.reject(new Killed())),
      );
      await expect(Store.open(name, means)).rejects.toThrow(Killed);
      const opened = await Store.open(name, means);
      if (opened.kind !== 'open') throw new Error(`${opened.reason} ${opened.text}`);
      await expectWhole(opened.store, name, ids);
      opened.store.close();
    }
  });
});
