import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../../electron/contract/host';
import { printerTroubles } from '../../../electron/contract/printer-trouble';
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
    const { settings } = rehearsalSetup(practice.world);
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

describe('a printer that does not print', () => {
  type Print = Host['printing']['print'];
  let answer: Print | null = null;
  let isSilent = false;
  let trouble: TestPractice;
  /** Everything but printing may fall silent: the calls never come back. */
  const silent = <G extends object>(group: G): G =>
    new Proxy(group, {
      get: (target, name, receiver): unknown =>
        isSilent ? () => new Promise(() => undefined) : Reflect.get(target, name, receiver),
    });
  beforeAll(async () => {
    trouble = await openPractice((host) => ({
      ...host,
      mail: silent(host.mail),
      connector: silent(host.connector),
      directory: silent(host.directory),
      rehearsal: silent(host.rehearsal),
      printing: { ...host.printing, print: (job) => (answer ?? host.printing.print)(job) },
    }));
  });
  afterAll(() => trouble.stop());
  afterEach(() => {
    answer = null;
    isSilent = false;
  });
  const printedOf = async (id: string) => (await trouble.office.store.records.get(id))?.state.printed;

  it.each(printerTroubles)(
    '%s: the certificate is not printed, the user is told why, and the next print works',
    async (code) => {
      const { office } = trouble;
      const record = await trouble.issue(trouble.content(0));
      answer = () => Promise.resolve({ kind: 'failed', failure: { reason: 'printer', code, text: 'technical' } });
      expect(await office.printSlips(record.id, ['KK', 'AG'], null)).toMatchObject({ what: `printer-${code}` });
      expect(await printedOf(record.id)).toEqual([]);
      answer = null;
      expect(await office.printSlips(record.id, ['KK', 'AG'], null)).toEqual({ kind: 'printed', copies: ['KK', 'AG'] });
      expect(await printedOf(record.id)).toEqual(['KK', 'AG']);
    },
  );

  it('a spooler that tells no more: not printed until the user says so', async () => {
    const { office } = trouble;
    const record = await trouble.issue(trouble.content(1));
    answer = () => Promise.resolve({ kind: 'ok', value: { jobId: '1', done: false } });
    expect(await office.printSlips(record.id, ['AG', 'V'], null)).toEqual({ kind: 'unseen', copies: ['AG', 'V'] });
    expect(await printedOf(record.id)).toEqual([]);
    expect(await office.printPdf(new Uint8Array([1]), { paper: 'A4', jobName: 'Brief' }, null)).toEqual({
      kind: 'unseen',
    });
    await office.notePrinted(record.id, ['AG', 'V']);
    expect(await printedOf(record.id)).toEqual(['AG', 'V']);
  });

  it('copies on two printers, one of which fails: noted is what came out', async () => {
    const { office } = trouble;
    const setup = await office.store.setup();
    if (setup === null) throw new Error('no set-up');
    const copyPrinters = { KK: { printerId: 'other', tray: null }, AG: null, V: null };
    await office.saveSetup({ ...setup, settings: { ...setup.settings, copyPrinters } });
    const record = await trouble.issue(trouble.content(2));
    answer = ({ printerId }) =>
      Promise.resolve(
        printerId === 'other'
          ? { kind: 'failed', failure: { reason: 'printer', code: 'paper', text: '' } }
          : { kind: 'ok', value: { jobId: '1', done: true } },
      );
    expect(await office.printSlips(record.id, ['AG', 'KK'], null)).toMatchObject({ what: 'printer-paper' });
    expect(await printedOf(record.id)).toEqual(['AG']);
    await office.saveSetup(setup);
  });

  it('paper first: slips come while everything else outside never answers', async () => {
    const { office } = trouble;
    const content = trouble.content(3);
    isSilent = true;
    const record = await trouble.issue(content);
    expect(pagesOf(await office.drawSlips(record, ['KK', 'AG', 'V']))).toBe(3);
    expect(await office.printSlips(record.id, ['KK', 'AG', 'V'], null)).toMatchObject({ kind: 'printed' });
    expect(pagesOf(await office.drawPosting([record.id]))).toBe(3);
    expect(pagesOf(await office.drawForms(content, 'blank', ['KK']))).toBe(1);
  });
});
