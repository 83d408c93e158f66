import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTexts } from '../../../renderer/texts';
import { sha256Hex } from '../../../renderer/domain/event-chain';
import { days, hours, minutes, openPractice, type TestPractice } from '../../support/practice';

// The office against the rehearsal world: real protocols on loopback, the database in memory.

let practice: TestPractice;
beforeAll(async () => {
  practice = await openPractice();
});
afterEach(() => practice.break({}));
afterAll(() => practice.stop());

const stageOf = async (id: string) => (await practice.office.store.records.get(id))?.state.stage;

describe('an outage from beginning to end', () => {
  it('holds back what it concerns, prints KK, and sends everything once when it ends', async () => {
    const { office } = practice;
    await practice.break({ everything: true });
    const outage = await office.declareOutage({ kind: 'all' }, 'Leitung');
    const records = [await practice.issue(practice.content(0)), await practice.issue(practice.content(1))];
    expect((await office.adviseCopies(practice.content(0))).copies).toEqual(['KK', 'AG', 'V']);
    expect(await office.printSlips(records[0]?.id ?? '', ['KK', 'AG', 'V'], null)).toMatchObject({ kind: 'printed' });
    expect(await office.submit()).toMatchObject({ kind: 'done', handedOver: 0 });
    expect((await office.agenda()).heldBack).toHaveLength(2);

    await practice.break({});
    expect(await office.endOutage(outage.id)).toMatchObject({ kind: 'done', handedOver: 2, failed: 0 });
    for (const { id } of records) expect((await practice.answered(id, 'handed-over')).state.stage).toBe('delivered');
    expect(await office.submit()).toMatchObject({ kind: 'done', handedOver: 0 });
    expect((await office.adviseCopies(practice.content(0))).copies).toEqual(['AG', 'V']);
    expect(await office.store.checkChain('start')).toMatchObject({ kind: 'held' });
  });

  it('of one provider concerns its insurers only', async () => {
    const { office, world } = practice;
    const bitmarck = world.payers.find(({ provider }) => provider.startsWith('BITMARCK'))?.provider ?? '';
    const outage = await office.declareOutage({ kind: 'provider', provider: bitmarck }, 'Rückläufer');
    const hit = world.patients.findIndex(
      ({ payerIk }) => world.payers.find(({ ik }) => ik === payerIk)?.provider === bitmarck,
    );
    const spared = world.patients.findIndex(
      ({ payerIk }) => world.payers.find(({ ik }) => ik === payerIk)?.provider !== bitmarck,
    );
    const held = await practice.issue(practice.content(hit));
    const free = await practice.issue(practice.content(spared));
    expect((await office.adviseCopies(practice.content(hit))).copies).toContain('KK');
    expect((await office.adviseCopies(practice.content(spared))).copies).not.toContain('KK');
    await office.submit();
    expect(await stageOf(held.id)).toBe('issued');
    expect((await practice.answered(free.id, 'handed-over')).state.stage).toBe('delivered');
    await office.endOutage(outage.id);
    expect((await practice.answered(held.id, 'handed-over')).state.stage).toBe('delivered');
  });
});

describe('exactly once', () => {
  it('two submissions at once send each certificate one time', async () => {
    const { office } = practice;
    const record = await practice.issue();
    const before = (await office.host.rehearsal.received({ from: 0 })).length;
    const runs = await Promise.all([office.submit(), office.submit()]);
    expect(runs.map(({ kind }) => kind).sort()).toEqual(['already-running', 'done']);
    await practice.answered(record.id, 'handed-over');
    expect((await office.host.rehearsal.received({ from: 0 })).length).toBe(before + 1);
  });

  it('a submission while the mailbox is being looked into waits for the look, and is not turned away', async () => {
    const { office } = practice;
    const record = await practice.issue(practice.content(2));
    const looking = office.collect();
    expect(await office.submit()).toMatchObject({ kind: 'done', handedOver: 1 });
    expect(await looking).toMatchObject({ kind: 'done' });
    await practice.answered(record.id, 'handed-over');
  });

  it('an attempt without an answer is unknown, and the very same bytes go again', async () => {
    const { office } = practice;
    const record = await practice.issue();
    await practice.break({ smtp: 'drop-after-data' });
    const before = (await office.host.rehearsal.received({ from: 0 })).length;
    await office.submit();
    expect(await stageOf(record.id)).toBe('unknown');
    await practice.break({});
    await office.submit();
    expect((await practice.answered(record.id, 'handed-over', 'unknown')).state.stage).toBe('delivered');
    const received = (await office.host.rehearsal.received({ from: before })).filter(
      ({ envelopeId }) => envelopeId !== '',
    );
    expect(new Set(received.map(({ documentId }) => documentId)).size).toBe(1);
    expect(new Set(received.map(({ xmlSha256 }) => xmlSha256)).size).toBe(1);
    expect(await office.store.records.documents(record.id)).toHaveLength(1);
  });

  it('a crash between «attempting» and the outcome leaves it unknown after the restart, not lost and not sent anew', async () => {
    const { office } = practice;
    const record = await practice.issue();
    await office.submit();
    const sent = await practice.answered(record.id, 'handed-over');
    const documentId = 'document' in sent.state ? sent.state.document.documentId : '';
    await office.store.records.append(record.id, [
      { type: 'resend-requested', reason: '' },
      {
        type: 'attempting',
        attemptId: crypto.randomUUID(),
        documentId,
        recipient: { payerIk: '1', address: 'x@y' },
        messageId: '<m@eau>',
      },
    ]);
    const restarted = await practice.restart();
    expect(await restarted.wakeUp()).toEqual({ kind: 'ready' });
    expect((await restarted.store.records.get(record.id))?.state.stage).toBe('unknown');
    await restarted.submit();
    expect((await practice.answered(record.id, 'handed-over', 'unknown')).state.stage).toBe('delivered');
    expect(await office.store.records.documents(record.id)).toHaveLength(1);
  });

  it('sending again on purpose sends the same bytes', async () => {
    const { office } = practice;
    const record = await practice.issue();
    await office.submit();
    await practice.answered(record.id, 'handed-over');
    const before = (await office.host.rehearsal.received({ from: 0 })).length;
    expect(await office.submit([record.id])).toMatchObject({ kind: 'done', handedOver: 1 });
    expect((await practice.answered(record.id, 'handed-over')).state.stage).toBe('delivered');
    const [again] = await office.host.rehearsal.received({ from: before });
    const [document] = await office.store.records.documents(record.id);
    expect(again?.xmlSha256).toBe(document === undefined ? '' : sha256Hex(document.xml));
    expect(again?.verdict).not.toBe('101');
  });
});

describe('when something outside fails', () => {
  it('a refused login stops the run with one failure and sends nothing', async () => {
    const { office } = practice;
    const records = [await practice.issue(practice.content(2)), await practice.issue(practice.content(3))];
    await practice.break({ smtp: 'down' });
    expect(await office.submit()).toMatchObject({ kind: 'stopped', handedOver: 0 });
    for (const { id } of records) expect(await stageOf(id)).toBe('signed');
    await practice.break({});
    expect(await office.submit()).toMatchObject({ kind: 'done', handedOver: 2 });
    for (const { id } of records) await practice.answered(id, 'handed-over');
  });

  it('without DSN nothing is sent (P5-03)', async () => {
    const record = await practice.issue();
    // A connection that is still open was promised DSN when it was made: the server goes down and comes back without it.
    await practice.break({ smtp: 'down' });
    await practice.break({ smtp: 'no-dsn' });
    expect(await practice.office.submit()).toMatchObject({ kind: 'stopped', obstacle: { what: 'sending-no-dsn' } });
    expect(await stageOf(record.id)).toBe('signed');
    await practice.break({});
    await practice.office.submit();
    await practice.answered(record.id, 'handed-over');
  });

  it('no KIM address: the certificate is set back, and goes when the directory has one (P5-02)', async () => {
    const { office } = practice;
    const record = await practice.issue(practice.content(4));
    await practice.break({ directory: 'empty' });
    practice.clock.move(1 * days);
    await office.submit();
    expect((await office.agenda()).setBack.map(({ id }) => id)).toContain(record.id);
    await practice.break({});
    expect(await office.submit()).toMatchObject({ kind: 'done', handedOver: 1 });
    expect((await practice.answered(record.id, 'handed-over')).state.stage).toBe('delivered');
  });

  it('the connector gives up in the middle of a batch: what is signed stays signed and goes out', async () => {
    const { office } = practice;
    const records = await Promise.all([5, 6, 7, 8].map((patient) => practice.issue(practice.content(patient))));
    await practice.break({ connector: 'dies-mid-batch' });
    await office.submit();
    await practice.break({});
    await office.submit();
    for (const { id } of records) {
      expect((await practice.answered(id, 'handed-over')).state.stage).toBe('delivered');
      expect(await office.store.records.documents(id)).toHaveLength(1);
    }
  });

  it('a signature that does not verify is never stored', async () => {
    const { office } = practice;
    const record = await practice.issue();
    await practice.break({ connector: 'bad-signature' });
    await office.submit();
    expect(await stageOf(record.id)).toBe('issued');
    expect(await office.store.records.documents(record.id)).toEqual([]);
    await practice.break({});
    await office.submit();
    await practice.answered(record.id, 'handed-over');
  });

  it('a mail that bounces is owed again and retried after four hours, not before (P5-04)', async () => {
    const { office, world } = practice;
    const patient = world.patients.findIndex(({ payerIk }) =>
      world.payers.find(({ ik }) => ik === payerIk)?.provider.startsWith('BITMARCK'),
    );
    const provider = world.payers.find(({ ik }) => ik === world.patients[patient]?.payerIk)?.provider ?? '';
    await practice.break({ providers: [{ provider, mode: 'bounce' }] });
    const record = await practice.issue(practice.content(patient));
    await office.submit();
    const bounced = await practice.answered(record.id, 'handed-over');
    expect(bounced.state.stage).toBe('signed');
    expect(bounced.state.setback?.kind).toMatch(/^(delivery-failed|kim-error)$/);
    await practice.break({});
    const stop = office.keepGoing();
    await expect.poll(() => stageOf(record.id), { timeout: 8000 }).toMatch(/handed-over|delivered/);
    await stop();
    const [first, second] = (await office.store.records.events(record.id)).filter(
      ({ detail }) => detail.type === 'attempting',
    );
    expect(new Date(second?.at ?? 0).getTime() - new Date(first?.at ?? 0).getTime()).toBeGreaterThanOrEqual(
      4 * hours - minutes,
    );
  });
});

describe('insurer errors (P5-04)', () => {
  const rejectedBy = async (code: string) => {
    const { office } = practice;
    const content = practice.content(9);
    await practice.break({ insurerErrors: [{ payerIk: content.coverage.payerIk ?? '', code, count: 1 }] });
    const record = await practice.issue(content);
    await office.submit();
    const answered = await practice.answered(record.id, 'handed-over', 'delivered');
    await practice.break({});
    return answered;
  };

  it.each(['101', '103'])('%s: re-created with a new UUID and number 2, then delivered', async (code) => {
    const { office } = practice;
    const rejected = await rejectedBy(code);
    expect(rejected.state).toMatchObject({ stage: 'rejected', error: { code } });
    expect(await office.takeNextStep(rejected.id)).toMatchObject({ kind: 'done', handedOver: 1 });
    expect((await practice.answered(rejected.id, 'handed-over')).state.stage).toBe('delivered');
    const documents = await office.store.records.documents(rejected.id);
    expect(documents.map(({ number }) => number)).toEqual([1, 2]);
    expect(new Set(documents.map(({ documentId }) => documentId)).size).toBe(2);
  });

  it.each(['201', '202'])('%s: the same XML signed again', async (code) => {
    const { office } = practice;
    const rejected = await rejectedBy(code);
    await office.takeNextStep(rejected.id);
    expect((await practice.answered(rejected.id, 'handed-over')).state.stage).toBe('delivered');
    const documents = await office.store.records.documents(rejected.id);
    expect(new Set(documents.map(({ xml }) => sha256Hex(xml))).size).toBe(1);
    expect(new Set(documents.map(({ documentId }) => documentId)).size).toBe(1);
  });

  it.each([
    ['101', 2],
    ['201', 1],
  ] as const)(
    '%s: signed with the practice’s card where the doctor’s is missing, with the recorded reason (P4-02)',
    async (code, documents) => {
      const { office } = practice;
      const rejected = await rejectedBy(code);
      await office.takeNextStep(rejected.id, { practiceCardFor: 'Heilberufsausweis verloren' });
      expect((await practice.answered(rejected.id, 'handed-over')).state.stage).toBe('delivered');
      const signers = (await office.store.records.events(rejected.id)).flatMap(({ detail }) =>
        detail.type === 'signed' ? [detail.signer] : [],
      );
      expect(signers).toMatchObject([
        { card: 'HBA', reason: null },
        { card: 'SMC-B', reason: 'Heilberufsausweis verloren' },
      ]);
      const ids = (await office.store.records.documents(rejected.id)).map(({ documentId }) => documentId);
      expect(new Set(ids).size).toBe(documents);
    },
  );

  it.each(['307', '313'])('%s: the same file sent again', async (code) => {
    const { office } = practice;
    const rejected = await rejectedBy(code);
    await office.takeNextStep(rejected.id);
    expect((await practice.answered(rejected.id, 'handed-over')).state.stage).toBe('delivered');
    expect(await office.store.records.documents(rejected.id)).toHaveLength(1);
  });

  it('100 is information; the corrected certificate takes its place', async () => {
    const { office } = practice;
    const informed = await rejectedBy('100');
    expect(informed.state.stage).toBe('informed');
    const draft = await office.startDraft({ ...informed.content }, { corrects: informed.id });
    if (draft.kind !== 'written') throw new Error(draft.kind);
    await office.issue(draft.record.id, { confirmed: office.check(informed.content), byHand: false });
    expect((await office.agenda()).owed.map(({ id }) => id)).not.toContain(informed.id);
    await office.submit();
    expect((await practice.answered(draft.record.id, 'handed-over')).state.stage).toBe('delivered');
  });
});

describe('paper only', () => {
  it('is never owed and never sent', async () => {
    const { office } = practice;
    const content = practice.content();
    const record = await practice.issue({ ...content, coverage: { ...content.coverage, specialGroup: '07' } });
    expect(record.state).toMatchObject({
      stage: 'paper-only',
      rule: 'special-group-07',
      reason: createTexts('de')('paperOnly.special-group-07'),
    });
    expect((await office.adviseCopies(record.content)).copies).toContain('KK');
    await office.submit();
    expect(await stageOf(record.id)).toBe('paper-only');
  });
});

describe('issuing', () => {
  it('is refused by a rule with the draft untouched, and by warnings until they are confirmed', async () => {
    const { office } = practice;
    const bad = practice.content(0, { unfitUntil: null });
    const draft = await office.startDraft(bad);
    if (draft.kind !== 'written') throw new Error(draft.kind);
    const { id } = draft.record;
    expect(await office.issue(id, { confirmed: [], byHand: false })).toMatchObject({ kind: 'refused' });
    expect(await stageOf(id)).toBe('recorded');
    const wrongDigit = practice.content(0);
    const coverage = { ...wrongDigit.coverage, insuredId: 'A000000001' };
    await office.saveDraft(id, { ...wrongDigit, coverage }, 'typed');
    expect(await office.issue(id, { confirmed: [], byHand: false })).toMatchObject({ kind: 'refused' });
    const findings = office.check({ ...wrongDigit, coverage });
    expect(await office.issue(id, { confirmed: findings, byHand: false })).toMatchObject({ kind: 'issued' });
    const confirmed = (await office.store.records.events(id)).filter(
      ({ detail }) => detail.type === 'warning-confirmed',
    );
    expect(confirmed.length).toBeGreaterThan(0);
    await office.discard(id, 'Test');
  });

  it('a name that no font can set is refused before the content is locked', async () => {
    const { office } = practice;
    const content = practice.content(0);
    const named = { ...content, patient: { ...content.patient, family: 'Muster\u{13000}' } };
    const draft = await office.startDraft(named);
    if (draft.kind !== 'written') throw new Error(draft.kind);
    const issuing = await office.issue(draft.record.id, { confirmed: office.check(named), byHand: false });
    expect(issuing).toMatchObject({ kind: 'obstacle', what: 'slip-letter' });
    expect(await stageOf(draft.record.id)).toBe('recorded');
    await office.discard(draft.record.id, 'Test');
  });

  it('what was filled in by hand during the outage is entered later with its own day', async () => {
    const { office } = practice;
    const content = practice.content(1, { issuedOn: '2026-11-20', unfitSince: '2026-11-20', assessedOn: '2026-11-20' });
    const draft = await office.startDraft(content);
    if (draft.kind !== 'written') throw new Error(draft.kind);
    const issued = await office.issue(draft.record.id, { confirmed: office.check(content), byHand: true });
    expect(issued).toMatchObject({ kind: 'issued', record: { state: { byHand: true, stage: 'issued' } } });
    await office.submit();
    expect((await practice.answered(draft.record.id, 'handed-over')).state.stage).toBe('delivered');
  });
});
