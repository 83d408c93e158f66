import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countOf, findPeople, otherEntries } from '../../../../renderer/app/trail/person-entries';
import { openPractice, type TestPractice } from '../../../support/practice';

// GDPR articles 15 and 17 for somebody who has two entries: came first without, then with an insured id.

describe('the entries of one person', () => {
  let practice: TestPractice;
  const born = '1961-02-03';
  const record = async (
    name: { family: string; given: string; title?: string },
    birthDate: string,
    id: string | null,
  ) => {
    const content = practice.content(0);
    const { store } = practice.office;
    const created = await store.records.create(
      {
        ...{ id: crypto.randomUUID(), kind: 'certificate', corrects: null, coverageSource: 'typed', cancels: null },
        content: {
          ...content,
          patient: { ...content.patient, ...name, birthDate },
          coverage: { ...content.coverage, insuredId: id },
        },
      },
      [{ type: 'recorded' }, { type: 'issued', byHand: true }],
    );
    if (created.kind !== 'written') throw new Error(created.kind);
  };
  beforeAll(async () => {
    practice = await openPractice();
    await record({ family: 'Zweifach', given: 'Dora' }, born, null);
    await record({ family: 'Zweifach', given: 'Dora', title: 'Dr.' }, born, 'D111111111');
    await record({ family: 'Zweifach', given: 'Dora' }, '1999-02-03', 'D222222222');
    await record({ family: 'Zweifach', given: 'Otto' }, born, 'D333333333');
  });
  afterAll(() => practice.stop());

  it('are found together, though what was typed finds only one; others of the name or birthday are others', async () => {
    const { store } = practice.office;
    const found = await findPeople(store, 'D111111111');
    expect(found.map(({ insuredId }) => insuredId)).toEqual(['D111111111', null]);
    expect(new Set(found.map(({ keyId }) => keyId)).size).toBe(2);
    expect(found.map((one) => countOf(one, found))).toEqual([2, 2]);
    const all = await findPeople(store, 'Zweifach');
    expect(all.map((one) => countOf(one, all)).sort()).toEqual([1, 1, 2, 2]);
    const places = all.flatMap((one, at) => (countOf(one, all) === 2 ? [at] : []));
    expect(places[1], 'one below the other').toBe((places[0] ?? 0) + 1);
    const otto = all.find(({ insuredId }) => insuredId === 'D333333333');
    if (otto === undefined) throw new Error('He is there.');
    expect(await otherEntries(store, otto)).toEqual([]);
  });

  it('of whom nothing is known that could agree are none', async () => {
    const { store } = practice.office;
    expect(await otherEntries(store, { keyId: 'k', name: '', birthDate: born })).toEqual([]);
    expect(await otherEntries(store, { keyId: 'k', name: 'Zweifach, Dora', birthDate: '' })).toEqual([]);
  });

  it('that was erased is none any more', async () => {
    const { office } = practice;
    const [one, other] = await findPeople(office.store, 'D111111111');
    if (one === undefined || other === undefined) throw new Error('They are two.');
    for (const { id } of await office.store.summaries(await office.store.searchCertificates('D111111111')))
      await office.discard(id, 'Probe');
    practice.confirmFactor();
    const erased = await office.eraseOnRequest(one.keyId, { ground: 'request', note: 'Wunsch' });
    expect(erased.kind).toBe('erased');
    expect(await otherEntries(office.store, other)).toEqual([]);
    expect((await findPeople(office.store, 'Zweifach Dora')).map(({ insuredId }) => insuredId)).toContain(null);
  });
});
