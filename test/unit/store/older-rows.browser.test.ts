import Dexie from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import { journaledTables, vaultName } from '../../../renderer/store/database';
import type { Store } from '../../../renderer/store/store';
import { archivedPractice } from '../../support/archived-practice';
import { exampleContent } from '../../support/content';
import { happened } from '../../support/events';

// A row that opens and is not the last one written under its key: whole older ones put back, rows taken away from outside. Each is said, in every
// table whose rows change, and nothing is repaired silently.

const names: string[] = [];
const newId = () => crypto.randomUUID();
let minute = 0;
const clock = {
  now: () => new Date(Date.UTC(2026, 10, 26, 9, (minute += 1))),
  sleep: () => Promise.resolve(),
};
const mail: Parameters<Store['saveMail']>[0] = {
  ...{ account: 'a', uid: 'u1', header: new Uint8Array([1, 2]), raw: new Uint8Array([3]) },
  ...{ status: 'unmatched', what: 'receipt', recordId: null },
};
const content = exampleContent({ patient: { family: 'Eins' }, coverage: { insuredId: 'A111111111' } });
const person = { id: 'A111111111', patient: content.patient, coverage: content.coverage };

function practice() {
  const name = `older-${newId()}`;
  names.push(name);
  return archivedPractice(name, clock.now);
}
type Practice = ReturnType<typeof practice>;

async function outageOf(store: Store): Promise<string> {
  const [outage] = await store.outages();
  if (outage === undefined) throw new Error('It is there.');
  return outage.id;
}

/** For each table: a row, the same row changed later, and what takes it away for good, where something does. */
const cases: Readonly<
  Record<
    'meta' | 'outages' | 'mails' | 'patients',
    { put: (store: Store) => Promise<void>; change: (store: Store) => Promise<void> }
  >
> = {
  meta: {
    put: (store) => store.saveRestorationPauses({ everything: true, payers: [] }),
    change: (store) => store.saveRestorationPauses({ everything: false, payers: [] }),
  },
  outages: {
    put: async (store) => {
      await store.declareOutage({ kind: 'all' }, 'Kabel');
    },
    change: async (store) => store.endOutage(await outageOf(store)),
  },
  mails: {
    put: (store) => store.saveMail(mail),
    change: (store) => store.saveMail({ ...mail, status: 'unreadable' }),
  },
  patients: {
    put: (store) => store.savePatients([{ ...person, usedAt: '2026-11-01T08:00:00Z' }]),
    change: (store) => store.savePatients([{ ...person, usedAt: '2026-11-26T08:00:00Z' }]),
  },
};

const tables = ['meta', 'outages', 'mails', 'patients'] as const;

/** The row of a table that `put` wrote last. */
async function rowOf(of: Practice, table: keyof typeof cases): Promise<{ key: string; row: object }> {
  return of.raw(async (database) => {
    const row = await database.table<object, string>(table).orderBy('write').last();
    const key: unknown = new Map(Object.entries(row ?? {})).get(journaledTables[table]);
    if (row === undefined || typeof key !== 'string') throw new Error('It is there.');
    return { key, row };
  });
}

afterEach(async () => {
  for (const name of names.splice(0)) await Dexie.delete(vaultName(name));
});

describe('a row that is not the last one written under its key', () => {
  it.each(tables)('%s: an older one put back, and one taken away, are said', async (table) => {
    const { put, change } = cases[table];
    const of = practice();
    await of.life(put);
    const older = await rowOf(of, table);
    const ledger = await of.raw((database) => database.noticing.get('row-ledger'));
    await of.life(change);
    const present = await rowOf(of, table);
    expect(present.key).toBe(older.key);
    expect(await of.life(), 'as it should be').toEqual([]);

    const target = <T>(work: (rows: Dexie.Table<object, string>) => Promise<T>) =>
      of.raw((database) => work(database.table<object, string>(table)));
    await target((rows) => rows.put(older.row));
    const old = [{ table, key: older.key, what: 'old' }];
    expect(await of.life(), 'put back').toEqual(old);
    expect(await target((rows) => rows.get(older.key)), 'not repaired').toEqual(older.row);
    // Who puts an old row back puts back an old ledger, or none.
    await of.raw(async (database) => {
      if (ledger !== undefined) await database.noticing.put(ledger);
    });
    expect(await of.life(), 'with an old ledger').toEqual(old);
    await of.raw((database) => database.noticing.delete('row-ledger'));
    expect(await of.life(), 'without a ledger').toEqual(old);

    await target((rows) => rows.delete(older.key));
    expect(await of.life(), 'taken away').toEqual([{ table, key: older.key, what: 'gone' }]);
    await target((rows) => rows.put(present.row));
    expect(await of.life(), 'as it was').toEqual([]);
    await of.life(change);
    expect(await of.life(), 'written anew').toEqual([]);
  });

  it('what the program took away is not missed, and is said where it is put back: the hold after a restore', async () => {
    const of = practice();
    await of.life((store) => store.holdAfterRestore('own'));
    const hold = await rowOf(of, 'meta');
    expect(hold.key).toBe('restored-hold');
    await of.raw((database) => database.meta.delete(hold.key));
    expect(await of.life(), 'sending would go on').toEqual([{ table: 'meta', key: hold.key, what: 'gone' }]);
    await of.raw((database) => database.table<object, string>('meta').put(hold.row));
    await of.life((store) => store.endRestoredHold());
    expect(await of.life()).toEqual([]);
    await of.raw((database) => database.table<object, string>('meta').put(hold.row));
    expect(await of.life()).toEqual([{ table: 'meta', key: hold.key, what: 'old' }]);
  });

  it('an erased patient’s rows are not missed', async () => {
    const of = practice();
    await of.life(async (store) => {
      const created = await store.records.create(
        { id: newId(), kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
        [happened.recorded, happened.issued, { type: 'paper-only', rule: 'pays-alone', reason: '' }],
      );
      if (created.kind !== 'written') throw new Error(created.kind);
      await store.savePatients([{ ...person, usedAt: clock.now().toISOString() }]);
      await store.saveMail({ ...mail, recordId: created.record.id });
    });
    expect(await of.life()).toEqual([]);
    await of.life(async (store) => {
      const [patient] = await store.erasure.proposals(-1);
      if (patient === undefined) throw new Error('It can be erased.');
      expect((await store.erasure.erase(patient.keyId)).kind).toBe('erased');
    });
    expect(await of.raw((database) => database.patients.count())).toBe(0);
    expect(await of.life()).toEqual([]);
  });

  it('the archive is read on from where it was read to, and another journal from its start', async () => {
    const of = practice();
    await of.life(async (store) => {
      for (let number = 0; number < 300; number += 1)
        await store.saveRestorationPauses({ everything: false, payers: [String(number)] });
    });
    await of.life();
    const before = of.archive.read;
    await of.life();
    // What comparing the last writes reads, and nothing of the journal's beginning.
    expect(of.archive.read - before).toBeLessThan(100);
    of.archive.lineage = 'lineage-2';
    await of.life();
    expect(of.archive.read - before).toBeGreaterThan(300);
  });

  it('an archive that is away, or lacks a write, says nothing false', async () => {
    const of = practice();
    await of.life(cases.outages.put);
    await of.life(cases.outages.change);
    of.archive.failure = { reason: 'unreachable', code: null, text: 'away' };
    expect(await of.life()).toEqual([]);
    of.archive.failure = null;
    // Every write but the first and the last can't be read any more: what they put, nobody knows.
    const [first, ...rest] = of.archive.entries.values();
    if (first === undefined) throw new Error('It is there.');
    for (const { number } of rest.slice(0, -1)) of.archive.entries.set(number, { ...first, number });
    await of.raw((database) => database.noticing.delete('row-ledger'));
    expect(await of.life()).toEqual([]);
  });
});
