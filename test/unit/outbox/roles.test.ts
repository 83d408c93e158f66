import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { awaitingSignature } from '../../../renderer/outbox/agenda';
import { isAboutWorkplace } from '../../../renderer/outbox/permitted';
import { createTexts } from '../../../renderer/texts';
import { hours, openPractice, type TestPractice } from '../../support/practice';

describe('what each role may do in the office', () => {
  let practice: TestPractice;
  beforeAll(async () => {
    practice = await openPractice();
  });
  afterAll(async () => practice.stop());
  beforeEach(() => practice.as('doctor'));

  const refused = (what: string) => ({ kind: 'obstacle', what });
  const draft = async () => {
    const started = await practice.office.startDraft(practice.content());
    if (started.kind !== 'written') throw new Error(started.kind);
    return started.record.id;
  };
  const stageOf = async (id: string) => (await practice.office.store.records.get(id))?.state.stage;

  it('an assistant records, prints and hands out, but does not issue, cancel, or discard what was issued', async () => {
    const { office } = practice;
    const issued = await practice.issue();
    practice.as('assistant');
    const id = await draft();
    expect(await office.saveDraft(id, practice.content(1), 'typed')).toMatchObject({ kind: 'written' });
    expect(await office.issue(id, { confirmed: office.check(practice.content(1)), byHand: false })).toMatchObject(
      refused('role-issue'),
    );
    expect(await stageOf(id)).toBe('recorded');
    expect(await office.printSlips(issued.id, ['KK'], null)).toMatchObject({ kind: 'printed' });
    expect(await office.notePaper(issued.id, 'given')).toMatchObject({ kind: 'written' });
    expect(await office.discard(issued.id, 'x')).toMatchObject(refused('role-discard-issued'));
    expect(await office.cancel(issued.id)).toMatchObject(refused('role-cancel'));
    expect(await stageOf(issued.id)).toBe('issued');
    expect(await office.discard(id, 'draft')).toMatchObject({ kind: 'written' });
  });

  it('rehearsal and live never turn into each other: each has a vault of its own', async () => {
    const { office } = practice;
    practice.as('administrator');
    const setup = await office.store.setup();
    if (setup === null) throw new Error('No set-up.');
    const live = { ...setup, settings: { ...setup.settings, mode: 'live' as const } };
    expect(await office.saveSetup(live)).toMatchObject(refused('mode-fixed'));
    expect((await office.store.setup())?.settings.mode).toBe('rehearsal');
  });

  it('the outage ends while an assistant is at the desk: what is signed goes, the rest waits for a doctor, and then goes by itself', async () => {
    const { office } = practice;
    const signed = await practice.issue();
    await practice.break({ smtp: 'refuse-temporary' });
    await office.submit([signed.id]);
    expect(await stageOf(signed.id)).toBe('signed');
    await practice.break({});
    const outage = await office.declareOutage({ kind: 'all' }, 'Test');
    const unsigned = await practice.issue(practice.content(2));

    practice.clock.move(2 * hours);
    practice.as('assistant');
    await office.endOutage(outage.id);
    expect((await practice.answered(signed.id, 'signed', 'handed-over', 'unknown')).state.stage).toBe('delivered');
    expect(await stageOf(unsigned.id)).toBe('issued');
    const waiting = awaitingSignature(await office.agenda()).map(({ id }) => id);
    expect(waiting).toContain(unsigned.id);
    // Chosen by hand it doesn't go either, and the words say who is needed.
    const run = await office.submit([unsigned.id]);
    expect(run).toMatchObject({ kind: 'stopped', obstacle: { what: 'role-sign' }, handedOver: 0 });
    expect(await stageOf(unsigned.id)).toBe('issued');

    practice.as('doctor');
    expect(await office.submit()).toMatchObject({ kind: 'done' });
    expect((await practice.answered(unsigned.id, 'handed-over')).state.stage).toBe('delivered');
  });

  it('a doctor who leaves the desk in the middle of signing leaves the rest unsigned', async () => {
    const { office } = practice;
    await office.submit();
    // Each doctor's certificates are a batch of their own.
    const colleague = { family: 'Öztürk-Weiß', given: 'Şule', title: 'Dr. med.', number: '838382202' };
    await office.host.rehearsal.insertCards({ holders: [colleague] });
    const { number, ...name } = colleague;
    const ids: string[] = [];
    for (const patient of [0, 1, 2]) {
      const content = practice.content(patient);
      const issuer = patient === 2 ? { ...content.issuer, ...name, lanr: number } : content.issuer;
      ids.push((await practice.issue({ ...content, issuer })).id);
      // Oldest first: the colleague's comes last.
      practice.clock.move(60_000);
    }
    const stop = office.onProgress(() => {
      const progress = office.progress();
      if (progress.kind === 'running' && progress.step === 'signing' && progress.done > 0) practice.as('assistant');
    });
    await office.submit();
    stop();
    const stages = await Promise.all(ids.map(stageOf));
    // The first doctor's batch was at the connector already.
    expect(stages.filter((stage) => stage === 'issued')).toHaveLength(1);
    practice.as('doctor');
    await office.submit();
    expect(await Promise.all(ids.map(stageOf))).not.toContain('issued');
  });

  it('an administrator does nothing to certificates', async () => {
    const { office } = practice;
    const record = await practice.issue();
    practice.as('administrator');
    expect(await office.startDraft(practice.content())).toMatchObject(refused('role-record'));
    expect(await office.discard(record.id, 'x')).toMatchObject(refused('role-record'));
    expect(await office.issue(record.id, { confirmed: [], byHand: false })).toMatchObject(refused('role-issue'));
    expect(await office.drawSlips(record, ['KK'])).toMatchObject(refused('role-print'));
    expect(await office.drawBatch([record.id], ['KK'], 'time')).toMatchObject(refused('role-print'));
    expect(await office.printSlips(record.id, ['KK'], null)).toMatchObject(refused('role-print'));
    expect(await office.notePaper(record.id, 'given')).toMatchObject(refused('role-print'));
    expect(await office.cancel(record.id)).toMatchObject(refused('role-cancel'));
    for (const run of [await office.submit(), await office.collect(), await office.takeNextStep(record.id)])
      expect(run).toMatchObject({ kind: 'stopped', obstacle: { what: 'role-send' } });
    expect(await stageOf(record.id)).toBe('issued');
  });

  it('only the administrator changes practice, connections and mode; the desk is everybody’s', async () => {
    const { office } = practice;
    const setup = await office.store.setup();
    if (setup === null) throw new Error('no set-up');
    const renamed = { ...setup, settings: { ...setup.settings, practice: { ...setup.settings.practice, name: 'X' } } };
    const elsewhere = { ...setup, settings: { ...setup.settings, paper: 'A4' as const, lockMinutes: 3 } };
    for (const role of ['doctor', 'assistant'] as const) {
      practice.as(role);
      expect(await office.saveSetup(renamed)).toMatchObject(refused('role-practice-settings'));
      expect(await office.saveSetup({ ...setup, settings: { ...setup.settings, mode: 'live' } })).toMatchObject(
        refused('role-practice-settings'),
      );
      expect(await office.saveSetup(elsewhere)).toEqual({ kind: 'saved' });
    }
    expect((await office.store.setup())?.settings).toMatchObject({ paper: 'A4', mode: 'rehearsal' });
    practice.as('administrator');
    expect(await office.saveSetup(renamed)).toEqual({ kind: 'saved' });
    expect(isAboutWorkplace(setup, { ...setup, connections: { ...setup.connections } })).toBe(true);
  });

  it('each refusal has its words in both languages', () => {
    for (const language of ['de', 'en'] as const)
      for (const what of ['record', 'issue', 'sign', 'cancel', 'discard-issued', 'print', 'send', 'practice-settings'])
        expect(createTexts(language)(`obstacles.role-${what}`)).not.toContain('obstacles.');
  });
});
