import Dexie from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import type { Payer } from '../../../renderer/domain/payer';
import { openTables, type OpenTable } from '../../../renderer/store/archive/open-rows';
import { vaultName, type RecipientRow } from '../../../renderer/store/database';
import type { Store } from '../../../renderer/store/store';
import { archivedPractice } from '../../support/archived-practice';

// Insurers, their files and catalogues stand in the open: whoever can write to the profile could change one and nothing in the row would tell. The archive
// does: each change, each older row put back, each one made up or taken away is said, and nothing is repaired silently.

const names: string[] = [];
const practice = () => {
  const name = `open-${crypto.randomUUID()}`;
  names.push(name);
  return archivedPractice(name, () => new Date('2026-11-26T09:00:00Z'));
};
type Practice = ReturnType<typeof practice>;

const payer = (id: string, name: string): Payer => ({
  ...{ id, name, iks: [id], provider: 'BITMARCK SERVICE GMBH', vknr: null },
  address: { line: 'Weg 1', postalCode: '12345', city: 'Ort' },
});
const file = {
  ...{ id: 'f1', fileName: 'kassen.xml', importedAt: '2026-10-01T08:00:00Z', validFrom: '2026-10-01' },
  ...{ validUntil: null, producedOn: null, count: 1 },
};
const catalogue = (code: string) => ({
  ...{ year: '2026', source: 'icd.xml', importedAt: '2026-10-01T08:00:00Z' },
  entries: [{ title: 'Titel', code }],
});

/** For each table: a row under `key`, and the same row changed later. */
const cases: Readonly<
  Record<OpenTable, { key: string; put: (store: Store) => Promise<void>; change: (store: Store) => Promise<void> }>
> = {
  payers: {
    key: '101575519',
    put: (store) => store.savePayers([payer('101575519', 'Alt'), payer('108310400', 'Andere')]),
    change: (store) => store.savePayers([payer('101575519', 'Neu')]),
  },
  payerFiles: {
    key: 'f1',
    put: (store) => store.insurers.saveFile(file, [{ ik: '1' }]),
    change: (store) => store.insurers.replace([], { fileId: 'f1', madeFor: '2026-11-26', changesOn: null }),
  },
  payerFileEntries: {
    key: 'f1',
    put: (store) => store.insurers.saveFile(file, [{ ik: '1' }]),
    change: (store) => store.insurers.saveFile(file, [{ ik: '2' }]),
  },
  catalogues: {
    key: '2026',
    put: (store) => store.saveCatalogue(catalogue('J06.9')),
    change: (store) => store.saveCatalogue(catalogue('J20.9')),
  },
};

/** So many later writes that the row's own is not among those that are compared one by one at the start. */
const later = async (store: Store) => {
  for (let number = 0; number < 70; number += 1)
    await store.saveRestorationPauses({ everything: false, payers: [String(number)] });
};
const rowOf = (of: Practice, table: OpenTable, key: string): Promise<object> =>
  of.raw(async (database) => {
    const row = await database.table<object, string>(table).get(key);
    if (row === undefined) throw new Error('It is there.');
    return row;
  });
const put = (of: Practice, table: OpenTable, row: object) =>
  of.raw((database) => database.table<object, string>(table).put(row));
const take = (of: Practice, table: OpenTable, key: string) =>
  of.raw((database) => database.table<object, string>(table).delete(key));

/** What somebody would change who wants certificates to go astray. */
const changed: Readonly<Record<OpenTable, (row: object) => object>> = {
  payers: (row) => ({ ...row, iks: ['101575519', '999999999'] }),
  payerFiles: (row) => ({ ...row, validFrom: '2020-01-01' }),
  payerFileEntries: (row) => ({ ...row, entries: [{ ik: '999999999' }] }),
  catalogues: (row) => ({ ...row, entries: [{ title: 'Anderer Titel', code: 'J20.9' }] }),
};

afterEach(async () => {
  for (const name of names.splice(0)) await Dexie.delete(vaultName(name));
});

describe('a row in the open that is not what was written last', () => {
  it.each(openTables)('%s: changed, put back, made up and taken away is said', async (table) => {
    const { key, put: begin, change } = cases[table];
    const of = practice();
    await of.life(begin);
    const older = await rowOf(of, table, key);
    await of.life(change);
    const present = await rowOf(of, table, key);
    expect(present).not.toEqual(older);
    await of.life(later);
    expect(await of.life(), 'as it should be').toEqual([]);

    const forged = changed[table](present);
    await put(of, table, forged);
    expect(await of.life(), 'changed').toEqual([{ table, key, what: 'changed' }]);
    expect(of.standing()?.kind).toBe('in-step');
    expect(await rowOf(of, table, key), 'not repaired').toEqual(forged);
    await of.raw((database) => database.noticing.delete('row-ledger'));
    expect(await of.life(), 'without a ledger').toEqual([{ table, key, what: 'changed' }]);
    // As if a write had put it that the program made of something else, that is not there yet, or none.
    for (const write of [3, 1_000_000, 0, -1, 'x', undefined]) {
      await put(of, table, { ...forged, write });
      const [damage, ...more] = await of.life();
      expect(more).toEqual([]);
      expect(damage, String(write)).toMatchObject({ table, key });
    }
    await put(of, table, older);
    expect(await of.life(), 'put back').toEqual([{ table, key, what: 'old' }]);
    await take(of, table, key);
    expect(await of.life(), 'taken away').toEqual([{ table, key, what: 'gone' }]);

    await put(of, table, present);
    expect(await of.life(), 'as it was').toEqual([]);
    // The same in another order of its fields.
    await put(of, table, Object.fromEntries(Object.entries(present).reverse()));
    expect(await of.life(), 'in another order').toEqual([]);

    const keyName = table === 'catalogues' ? 'year' : 'id';
    for (const write of [2, undefined]) {
      await put(of, table, { ...forged, [keyName]: 'made-up', write });
      expect(await of.life(), 'made up').toEqual([{ table, key: 'made-up', what: 'changed' }]);
    }
    await take(of, table, 'made-up');
    await put(of, table, forged);
    await of.life(begin);
    await of.life(change);
    expect(await of.life(), 'written anew').toEqual([]);
  });

  it('what the program took away is not missed, and is said where it is put back', async () => {
    const of = practice();
    await of.life(cases.payerFiles.put);
    const [about, entries] = [await rowOf(of, 'payerFiles', 'f1'), await rowOf(of, 'payerFileEntries', 'f1')];
    await of.life(async (store) => {
      await store.insurers.removeFile('f1');
      await later(store);
    });
    expect(await of.life()).toEqual([]);
    await put(of, 'payerFiles', about);
    await put(of, 'payerFileEntries', entries);
    expect(await of.life()).toEqual([
      { table: 'payerFiles', key: 'f1', what: 'changed' },
      { table: 'payerFileEntries', key: 'f1', what: 'changed' },
    ]);
  });

  it('a change of one of the last writes stops everything at once: neither side is believed more', async () => {
    const of = practice();
    await of.life(cases.payers.put);
    await put(of, 'payers', changed.payers(await rowOf(of, 'payers', '101575519')));
    await of.life();
    expect(of.standing()?.kind).toBe('forked');
  });

  it('an archive that lacks a write says nothing false', async () => {
    const of = practice();
    await of.life(cases.payers.put);
    await of.life(cases.catalogues.put);
    await of.life(later);
    const [first, ...rest] = of.archive.entries.values();
    if (first === undefined) throw new Error('It is there.');
    for (const { number } of rest.slice(0, -1)) of.archive.entries.set(number, { ...first, number });
    await of.raw((database) => database.noticing.delete('row-ledger'));
    expect(await of.life()).toEqual([]);
  });
});

describe('where an insurer’s intake was found last', () => {
  const recipient: RecipientRow = {
    payerId: '101575519',
    payerIk: '101575519',
    address: 'eau@kasse.kim.test',
    checkedAt: '2026-11-26T08:00:00Z',
  };

  it('is used as it was found, and not as somebody else wrote it there', async () => {
    const of = practice();
    await of.life(async (store) => {
      await store.saveRecipient(recipient);
      await store.saveRecipient({ ...recipient, payerId: '108310400', address: 'andere@kasse.kim.test' });
      expect(await store.recipient('101575519')).toEqual(recipient);
    });
    const row = await of.raw((database) => database.recipients.get('101575519'));
    expect(JSON.stringify(row)).not.toContain('eau@kasse');
    const look = async (forged: object) => {
      await of.raw((database) => database.table<object>('recipients').put(forged));
      await of.life(async (store) => {
        expect(await store.recipient('101575519')).toBeNull();
        found = [...store.damages()];
      });
    };
    let found: unknown = null;
    // In the open, as it stood there before: looked up anew, without a word.
    await look({ ...recipient, address: 'fremd@praxis.kim.test' });
    expect(found).toEqual([]);
    // Another insurer's in its place, and a byte changed.
    const other = await of.raw((database) => database.recipients.get('108310400'));
    const damaged = [{ table: 'recipients', key: '101575519', what: 'closed' }];
    await look({ ...other, payerId: '101575519' });
    expect(found).toEqual(damaged);
    const sealed = row?.sealed;
    if (sealed === undefined) throw new Error('It is sealed.');
    await look({ payerId: '101575519', sealed: sealed.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) });
    expect(found).toEqual(damaged);
    await of.life(async (store) => {
      await store.saveRecipient(recipient);
      expect(await store.recipient('101575519')).toEqual(recipient);
      await store.forgetRecipient('101575519');
      expect(await store.recipient('101575519')).toBeNull();
    });
  });
});
