import Dexie from 'dexie';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { EventDetail } from '../../../renderer/domain/event';
import { applyEvents, initialState } from '../../../renderer/domain/state';
import { recordStateSchema } from '../../../renderer/domain/state-schema';
import { Database, journaledTables, vaultName, type JournaledTable } from '../../../renderer/store/database';
import type { JournalEntry, JournalWriting } from '../../../renderer/store/journal';
import { journalRow } from '../../../renderer/store/journal-rows';
import { Store } from '../../../renderer/store/store';
import { exampleContent } from '../../support/content';
import { documentId, happened } from '../../support/events';
import { MemoryJournal, testKeys } from '../../support/memory-journal';

// Writes that come while another is on its way share a transaction, on a real IndexedDB in Chromium.

const clock = { now: () => new Date('2026-11-23T09:00:00Z'), sleep: () => Promise.resolve() };
const keys = testKeys();
const names: string[] = [];

/** Knows how many entries it was given in one piece. */
class CountingJournal extends MemoryJournal {
  readonly pieces: number[] = [];
  override prepare(entries: readonly JournalEntry[]): () => Promise<readonly JournalWriting[]> {
    const append = super.prepare(entries);
    return () => {
      this.pieces.push(entries.length);
      return append();
    };
  }
}

async function openStore(newId: () => string = () => crypto.randomUUID()) {
  const name = `together-${crypto.randomUUID()}`;
  names.push(name);
  const journal = new CountingJournal();
  const opened = await Store.open(name, { clock, newId, keys, journal, user: () => 'AB' });
  if (opened.kind !== 'open') throw new Error(opened.text);
  journal.pieces.length = 0;
  return { name, journal, store: opened.store };
}

/** A certificate of the patient with this number. */
function create(store: Store, id: string, patient: number, details: readonly EventDetail[] = [happened.recorded]) {
  const content = exampleContent({ coverage: { insuredId: `A${String(patient).padStart(9, '0')}` } });
  return store.records.create(
    { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
    details,
  );
}

function cancellationOf(certificateId: string, id: string, patient: number) {
  const content = exampleContent({ coverage: { insuredId: `A${String(patient).padStart(9, '0')}` } });
  const cancels = { certificateId, documentId };
  return { id, kind: 'cancellation' as const, content, corrects: null, coverageSource: 'typed' as const, cancels };
}

/** Writes that go one by one: what is asked for meanwhile, however long it takes to get ready, goes together after them. */
function busy(store: Store): Promise<void>[] {
  return Array.from({ length: 12 }, () => store.audit({ type: 'logged-out' }));
}

/** Everything that must hold whatever was written at once: the chain, each record's state, and the journal, which has what the database has. */
async function expectWhole(name: string, store: Store, journal: MemoryJournal): Promise<void> {
  const chain = await store.checkChain('start');
  expect(chain.kind).toBe('held');
  for (const { id, state } of await store.records.list())
    // What a row keeps of the state is what its schema knows.
    expect(state).toEqual(recordStateSchema.parse(applyEvents(initialState, await store.records.events(id))));
  const numbers = [...journal.entries.keys()].sort((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  const database = new Database(name);
  await database.open();
  expect((await database.counters.get('write'))?.value).toBe(numbers.length);
  expect(chain).toMatchObject({ until: await database.events.count() });
  const journaled = new Map<string, string | null>();
  for (const number of numbers)
    for (const { table, key, row } of journal.entries.get(number)?.rows ?? []) journaled.set(`${table} ${key}`, row);
  for (const table of compared)
    for (const row of await database.table<object, string>(table).toArray()) {
      const key = String(new Map<string, unknown>(Object.entries(row)).get(journaledTables[table]));
      const { row: expected } = journalRow(table, key, row);
      expect(parsed(journaled.get(`${table} ${key}`) ?? null)).toEqual(parsed(expected));
      journaled.delete(`${table} ${key}`);
    }
  expect([...journaled.values()].filter((row) => row !== null)).toEqual([]);
  database.close();
  expect(store.damages()).toEqual([]);
}

const compared = ['records', 'events', 'checkpoints', 'documents', 'meta'] as const satisfies readonly JournaledTable[];

const parsed = (row: string | null): unknown => (row === null ? null : JSON.parse(row));

afterEach(async () => {
  for (const name of names.splice(0)) {
    await Dexie.delete(name);
    await Dexie.delete(vaultName(name));
  }
});

describe('writes that come while another is on its way', () => {
  it('go into the journal in fewer pieces than there are writes, each with its own number', async () => {
    const { name, store, journal } = await openStore();
    const ids = Array.from({ length: 40 }, () => crypto.randomUUID());
    const made = await Promise.all(ids.map((id, index) => create(store, id, index % 5)));
    expect(made.map(({ kind }) => kind)).toEqual(ids.map(() => 'written'));
    expect(journal.pieces.length).toBeLessThan(10);
    expect(Math.max(...journal.pieces)).toBeLessThanOrEqual(20);
    expect(journal.pieces.reduce((sum, count) => sum + count, 0)).toBe(40);
    expect((await store.searchCertificates('')).toSorted()).toEqual(ids.toSorted());
    await expectWhole(name, store, journal);
    store.close();
  });

  it('see what those before them did to the same record', async () => {
    const { name, store, journal } = await openStore();
    const id = crypto.randomUUID();
    await create(store, id, 1, [happened.recorded, happened.issued]);
    const isIssued = { when: ({ stage }: { stage: string }) => stage === 'issued' };
    const [, ...changes] = await Promise.all([
      Promise.all(busy(store)),
      ...Array.from({ length: 5 }, () => create(store, crypto.randomUUID(), 2)),
      ...Array.from({ length: 5 }, () => store.records.append(id, [happened.signed()], isIssued)),
    ]);
    expect(changes.filter(({ kind }) => kind === 'written')).toHaveLength(6);
    expect(changes.filter(({ kind }) => kind === 'conflict')).toHaveLength(4);
    await expectWhole(name, store, journal);
    store.close();
  });

  it('a certificate is cancelled once, whatever else happens to it at the same time', async () => {
    const { name, store, journal } = await openStore();
    const id = crypto.randomUUID();
    await create(store, id, 1, [happened.recorded, happened.issued, happened.signed()]);
    await store.records.append(id, [happened.attempting('a'), happened.handedOver('a')]);
    const isHandedOver = ({ stage }: { stage: string }) => stage === 'handed-over' || stage === 'delivered';
    const [, first, delivered, second] = await Promise.all([
      Promise.all(busy(store)),
      store.records.cancel(cancellationOf(id, crypto.randomUUID(), 1), [happened.recorded], isHandedOver),
      store.records.append(id, [happened.delivered()]),
      store.records.cancel(cancellationOf(id, crypto.randomUUID(), 1), [happened.recorded], isHandedOver),
    ]);
    expect(delivered.kind).toBe('written');
    expect([first.kind, second.kind].toSorted()).toEqual(['conflict', 'written']);
    expect((await store.records.list()).filter(({ kind }) => kind === 'cancellation')).toHaveLength(1);
    await expectWhole(name, store, journal);
    store.close();
  });

  it('one that goes wrong takes none of the others with it', async () => {
    let repeated: string | null = null;
    const { name, store, journal } = await openStore(() => repeated ?? crypto.randomUUID());
    const ids = Array.from({ length: 12 }, () => crypto.randomUUID());
    await Promise.all(ids.map((id) => create(store, id, 3)));
    // Two events of the same id: the database refuses the second one, when all of the group's rows are put.
    const [known] = await store.records.events(ids[0] ?? '');
    const wrong = new Error('asked wrongly');
    const outcomes = await Promise.allSettled([
      ...ids.slice(0, 3).map((id) => store.records.append(id, [happened.issued])),
      store.records.append(ids[3] ?? '', [happened.issued], {
        when: () => {
          repeated = known?.id ?? null;
          return true;
        },
      }),
      store.records.append(ids[4] ?? '', [happened.issued], {
        when: () => {
          repeated = null;
          return true;
        },
      }),
      store.records.append(ids[5] ?? '', [happened.issued], {
        when: () => {
          throw wrong;
        },
      }),
      ...ids.slice(6).map((id) => store.records.append(id, [happened.issued])),
    ]);
    const kinds = outcomes.map((one) => (one.status === 'fulfilled' ? one.value.kind : 'rejected'));
    expect(kinds).toEqual(ids.map((_, at) => (at === 3 ? 'storage-failed' : at === 5 ? 'rejected' : 'written')));
    expect(outcomes[5]).toEqual({ status: 'rejected', reason: wrong });
    await expectWhole(name, store, journal);
    store.close();
  });

  it('are all told of a journal that failed, and follow when it is back', async () => {
    const { name, store, journal } = await openStore();
    const ids = Array.from({ length: 10 }, () => crypto.randomUUID());
    await Promise.all(ids.map((id) => create(store, id, 4, [happened.recorded])));
    journal.failure = { kind: 'failed', reason: 'full', text: 'ENOSPC' };
    const noted = await Promise.all(ids.map((id) => store.records.append(id, [happened.unknown('a')])));
    expect(new Set(noted.map(({ kind }) => kind))).toEqual(new Set(['written']));
    expect(store.journal()).toMatchObject({ kind: 'behind', writes: 10, reason: 'full' });
    const begun = await Promise.all(ids.map((id) => store.records.append(id, [happened.issued])));
    expect(new Set(begun.map(({ kind }) => kind))).toEqual(new Set(['storage-failed']));
    journal.failure = null;
    expect(await store.catchUpJournal()).toBe(true);
    await expectWhole(name, store, journal);
    store.close();
  });

  it('whatever comes at once, chain, states and journal are as if it had come one after the other', async () => {
    const step = fc.record({
      what: fc.constantFrom('create', 'issue', 'sign', 'attempt', 'draft', 'cancel'),
      record: fc.nat({ max: 5 }),
      patient: fc.nat({ max: 2 }),
    });
    const begun: readonly EventDetail[][] = [
      [happened.recorded],
      [happened.recorded, happened.issued],
      [happened.recorded, happened.issued, happened.signed()],
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
        const { name, store, journal } = await openStore();
        const ids = Array.from({ length: 6 }, () => crypto.randomUUID());
        // The last three are there at first.
        for (const [index, details] of begun.entries()) await create(store, ids[index + 3] ?? '', index, details);
        const once = new Set<string>();
        const note = (change: { readonly kind: string }, what: string) => {
          if (change.kind !== 'written') return;
          // None of these may happen to a record a second time.
          expect(once).not.toContain(what);
          once.add(what);
        };
        await Promise.all([
          ...busy(store),
          ...steps.map(async ({ what, record, patient }) => {
            const id = ids[record] ?? '';
            const content = exampleContent({ coverage: { insuredId: `A${String(patient).padStart(9, '0')}` } });
            if (what === 'create') note(await create(store, id, patient), `create ${id}`);
            else if (what === 'draft') await store.records.saveDraft(id, content, 'typed');
            else if (what === 'cancel') {
              const cancellation = cancellationOf(id, crypto.randomUUID(), patient);
              const isSigned = ({ stage }: { stage: string }) => stage === 'signed';
              note(await store.records.cancel(cancellation, [happened.recorded], isSigned), `cancel ${id}`);
            } else {
              const from = { issue: 'recorded', sign: 'issued', attempt: 'signed' }[what];
              const detail = { issue: happened.issued, sign: happened.signed(), attempt: happened.attempting('a') }[
                what
              ];
              const isThere = { when: ({ stage }: { stage: string }) => stage === from };
              note(await store.records.append(id, [detail], isThere), `${what} ${id}`);
            }
          }),
        ]);
        await expectWhole(name, store, journal);
        store.close();
      }),
      { numRuns: 20 },
    );
  });
});
