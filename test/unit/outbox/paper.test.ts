import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printTargets } from '../../../renderer/outbox/paper';
import { rehearsalSetup } from '../../../renderer/outbox/rehearsing';
import { openPractice, type TestPractice } from '../../support/practice';

let practice: TestPractice;
beforeAll(async () => {
  practice = await openPractice();
});
afterAll(() => practice.stop());

const pagesOf = (drawing: { kind: string; pages?: number }) =>
  drawing.kind === 'drawn' ? drawing.pages : drawing.kind;

describe('which copy prints where', () => {
  it('each copy to its own printer and tray, copies of the same tray in one job, a chosen printer takes all', () => {
    const { settings } = rehearsalSetup(practice.world, 'AB');
    const own = { printerId: 'oki', tray: 'InputSlot=Tray2' };
    const set = { ...settings, printerId: 'hp', copyPrinters: { KK: own, AG: null, V: null } };
    expect(printTargets(set, ['KK', 'AG', 'V'], null)).toEqual([
      { ...own, copies: ['KK'] },
      { printerId: 'hp', tray: null, copies: ['AG', 'V'] },
    ]);
    expect(printTargets(set, ['KK', 'AG'], 'other')).toEqual([
      { printerId: 'other', tray: null, copies: ['KK', 'AG'] },
    ]);
    expect(printTargets({ ...set, printerId: null }, ['KK', 'AG'], null)).toBeNull();
  });
});

describe('paper', () => {
  it('a batch holds every copy of every certificate, and is noted for all of them', async () => {
    const { office } = practice;
    const records = [await practice.issue(practice.content(0)), await practice.issue(practice.content(1))];
    const ids = records.map(({ id }) => id);
    expect(pagesOf(await office.drawBatch(ids, ['KK', 'V'], 'payer'))).toBe(4);
    expect(await office.printBatch(ids, ['KK'], 'practitioner', null)).toEqual({ kind: 'printed', copies: ['KK'] });
    for (const id of ids) expect((await office.store.records.get(id))?.state.printed).toEqual(['KK']);
    await office.printBatch(ids, ['KK'], 'time', null);
    const [, again] = (await office.store.records.events(ids[0] ?? '')).filter(
      ({ detail }) => detail.type === 'printed',
    );
    expect(again?.detail).toMatchObject({ reprint: true });
  });

  it('a printer that is gone leaves the certificate unprinted', async () => {
    const { office } = practice;
    const record = await practice.issue(practice.content(2));
    expect(await office.printSlips(record.id, ['KK'], 'no-such-printer')).toMatchObject({ kind: 'obstacle' });
    expect((await office.store.records.get(record.id))?.state.printed).toEqual([]);
  });

  it('printing needs no network: everything outside may be down', async () => {
    await practice.break({ everything: true });
    const record = await practice.issue(practice.content(3));
    expect(await practice.office.printSlips(record.id, ['KK', 'AG', 'V'], null)).toMatchObject({ kind: 'printed' });
    await practice.break({});
  });

  it('forms to fill in by hand print without a certificate', async () => {
    const { office } = practice;
    expect(pagesOf(await office.drawForms(practice.content(0), 'blank', ['KK', 'AG', 'V']))).toBe(3);
    expect(pagesOf(await office.drawForms(practice.content(0), 'patient-and-practice', ['KK']))).toBe(1);
  });

  it('P6-05: the posting bundle has a letter an insurer, the KK copies, and a list', async () => {
    const { office, world } = practice;
    const ofOnePayer = world.patients
      .map(({ payerIk }, index) => ({ payerIk, index }))
      .filter(({ payerIk }) => payerIk === world.patients[0]?.payerIk);
    const other = world.patients.findIndex(({ payerIk }) => payerIk !== world.patients[0]?.payerIk);
    const patients = [...ofOnePayer.slice(0, 2).map(({ index }) => index), other];
    const ids: string[] = [];
    for (const patient of patients) ids.push((await practice.issue(practice.content(patient))).id);
    // Two letters, three copies, one list.
    expect(pagesOf(await office.drawPosting(ids))).toBe(6);
  });

  it('a correction after paper went out has a letter that names both certificates (section 9)', async () => {
    const { office } = practice;
    const wrong = await practice.issue(practice.content(4));
    await office.notePaper(wrong.id, 'given');
    const draft = await office.startDraft(practice.content(4, { unfitUntil: '2026-11-28' }), { corrects: wrong.id });
    if (draft.kind !== 'written') throw new Error(draft.kind);
    await office.issue(draft.record.id, { confirmed: [], byHand: false });
    expect((await office.store.records.get(wrong.id))?.state.correctedBy).toBe(draft.record.id);
    expect(pagesOf(await office.drawCorrectionLetter(wrong.id))).toBe(1);
  });
});
