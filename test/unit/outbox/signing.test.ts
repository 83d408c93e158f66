import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { documentsAtOnce, type CardChoice } from '../../../electron/contract/contract';
import type { Practitioner } from '../../../renderer/domain/certificate';
import { isIssuersCard, isPracticesCard } from '../../../renderer/outbox/signer';
import { openPractice, type TestPractice } from '../../support/practice';

// Signing as the office does it, against the rehearsal world's connector.

let practice: TestPractice;
/** Every call to the connector's signature service: which card, and how many documents under one PIN. */
const calls: { card: CardChoice; documents: number }[] = [];
/** How many documents each message between page and host held, either way. */
const messages: number[] = [];
let handedOver = 0;
let afterSigning: () => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  practice = await openPractice((host) => ({
    ...host,
    connector: {
      ...host.connector,
      handOver: (some) => {
        handedOver += some.documents.length;
        messages.push(some.documents.length);
        return host.connector.handOver(some);
      },
      outcomes: async (batch) => {
        const outcomes = await host.connector.outcomes(batch);
        messages.push(outcomes.length);
        return outcomes;
      },
      sign: async (job) => {
        calls.push({ card: job.card, documents: handedOver + job.documents.length });
        handedOver = 0;
        const signed = await host.connector.sign(job);
        messages.push(job.documents.length, signed.kind === 'ok' ? signed.value.length : 0);
        await afterSigning();
        return signed;
      },
    },
  }));
});
beforeEach(() => {
  calls.length = 0;
  messages.length = 0;
  practice.as('doctor');
  afterSigning = () => Promise.resolve();
});
afterEach(() => practice.break({}));
afterAll(() => practice.stop());

const colleague = { family: 'Öztürk-Weiß', given: 'Şule', title: 'Dr. med.', lanr: '838382202' };
const contentBy = (patient: number, issuer: Partial<Practitioner> = {}) => {
  const content = practice.content(patient);
  return { ...content, issuer: { ...content.issuer, ...issuer } };
};
const signedEvents = async (id: string) =>
  (await practice.office.store.records.events(id)).flatMap(({ detail }) => (detail.type === 'signed' ? [detail] : []));
const stageOf = async (id: string) => (await practice.office.store.records.get(id))?.state.stage;

describe('signing (P4-01, P4-02)', () => {
  it('asks each doctor for the PIN once, however many certificates there are, and no message holds many of them', async () => {
    await practice.office.host.rehearsal.insertCards({ holders: [{ ...colleague, number: colleague.lanr }] });
    const records = [];
    for (let index = 0; index < 24; index += 1)
      records.push(await practice.issue(contentBy(index % 10, index % 8 === 7 ? colleague : {})));
    expect(await practice.office.submit()).toMatchObject({ kind: 'done', handedOver: 24 });
    expect(calls.map(({ documents }) => documents).sort((a, b) => a - b)).toEqual([3, 21]);
    expect(Math.max(...messages)).toBe(documentsAtOnce);
    // There and back; the batch that is larger than a message ends with an empty one.
    expect(messages.sort((a, b) => a - b)).toEqual([0, 1, 1, 3, 3, documentsAtOnce, documentsAtOnce]);
    const byColleague = await signedEvents(records[7]?.id ?? '');
    expect(byColleague[0]?.signer).toEqual({ card: 'HBA', commonName: 'Dr. med. Şule Öztürk-Weiß', reason: null });
  });

  it('the card is pulled in the middle of a batch: what is signed stays signed and goes out, the rest is told why', async () => {
    const records = await Promise.all([1, 2, 3, 4, 5].map((patient) => practice.issue(practice.content(patient))));
    await practice.break({ connector: 'card-pulled' });
    expect(await practice.office.submit()).toMatchObject({
      kind: 'stopped',
      handedOver: 2,
      obstacle: { what: 'connector-card-missing' },
    });
    const left = (await practice.office.agenda()).owed.filter(({ state }) => state.stage === 'issued');
    expect(left).toHaveLength(3);
    for (const { state } of left) expect(state.setback).toMatchObject({ kind: 'signing-failed', code: '4047' });
    await practice.break({});
    expect(await practice.office.submit()).toMatchObject({ kind: 'done', handedOver: 3 });
    for (const { id } of records) {
      expect(await practice.office.store.records.documents(id)).toHaveLength(1);
      await practice.answered(id, 'handed-over');
    }
  });

  it('with the practice’s card only on explicit choice, and the reason stands in the event', async () => {
    const record = await practice.issue(contentBy(6, { family: 'Verreist', given: 'Udo', lanr: '838382202' }));
    expect(await practice.office.submit()).toMatchObject({
      kind: 'stopped',
      obstacle: { what: 'connector-card-missing' },
    });
    expect(await stageOf(record.id)).toBe('issued');
    const reason = 'Heilberufsausweis verloren';
    expect(await practice.office.submit([record.id], { practiceCardFor: reason })).toMatchObject({
      kind: 'done',
      handedOver: 1,
    });
    expect(calls.map(({ card }) => card.kind)).toEqual(['HBA', 'SMC-B']);
    const [signed] = await signedEvents(record.id);
    expect(signed?.signer).toEqual({ card: 'SMC-B', commonName: `${practice.world.practice.name} TEST-ONLY`, reason });
    expect((await practice.answered(record.id, 'handed-over')).state.stage).toBe('delivered');
  });

  it('another practice’s card is not believed', async () => {
    const { office } = practice;
    const setup = await office.store.setup();
    if (setup === null) throw new Error('no set-up');
    const { settings } = setup;
    practice.as('administrator');
    await office.saveSetup({
      ...setup,
      settings: { ...settings, practice: { ...settings.practice, name: 'Praxis Dr. Ganz Anders' } },
    });
    practice.as('doctor');
    const record = await practice.issue();
    await office.submit([record.id], { practiceCardFor: 'verloren' });
    practice.as('administrator');
    await office.saveSetup(setup);
    practice.as('doctor');
    expect(await stageOf(record.id)).toBe('issued');
    expect((await office.store.records.get(record.id))?.state.setback?.code).toBe('not-verified');
    expect(await office.submit()).toMatchObject({ kind: 'done', handedOver: 1 });
  });

  it('never by somebody who may not: nothing is signed, and what is signed goes out', async () => {
    const { office } = practice;
    const signed = await practice.issue(practice.content(8));
    await practice.break({ smtp: 'down' });
    await office.submit();
    expect(await stageOf(signed.id)).toBe('signed');
    await practice.break({});
    const unsigned = await practice.issue(practice.content(9));
    calls.length = 0;
    practice.as('assistant');
    expect(await office.submit()).toMatchObject({ kind: 'done', handedOver: 1 });
    expect(calls).toEqual([]);
    expect(await stageOf(unsigned.id)).toBe('issued');
    practice.as('doctor');
    expect(await office.submit()).toMatchObject({ kind: 'done', handedOver: 1 });
  });

  it('stopping ends it for every doctor: what is signed stays signed', async () => {
    const { office } = practice;
    const own = await practice.issue(practice.content(1));
    const colleagues = await practice.issue(contentBy(2, colleague));
    afterSigning = () => office.stopSigning();
    expect(await office.submit()).toMatchObject({ kind: 'stopped', obstacle: { what: 'connector-cancelled' } });
    expect(calls).toHaveLength(1);
    expect([await stageOf(own.id), await stageOf(colleagues.id)].sort()).toEqual(['issued', 'signed']);
    afterSigning = () => Promise.resolve();
    expect(await office.submit()).toMatchObject({ kind: 'done', handedOver: 2 });
  });
});

describe('whose card it was', () => {
  const signer = (commonName: string, more: { serialNumber?: string; telematikId?: string } = {}) => ({
    commonName,
    serialNumber: more.serialNumber ?? null,
    telematikId: more.telematikId ?? null,
    notAfter: '2030-01-01T00:00:00.000Z',
  });
  const issuer = (change: Partial<Practitioner> = {}) => ({
    ...practice.content().issuer,
    family: 'Müller',
    given: 'Anna Maria',
    lanr: '838382202',
    telematikId: null,
    ...change,
  });

  it.each([
    ['Dr. med. Anna Müller', {}, {}, true],
    ['ANNA MUELLER TEST-ONLY', {}, {}, true],
    ['Berta Müller', {}, {}, false],
    ['Anna Müllerhausen', {}, {}, false],
    // Number and Telematik-ID outweigh the name.
    ['Anna Müller', { serialNumber: '838382202' }, {}, true],
    ['Anna Müller', { serialNumber: '999999901' }, {}, false],
    // On a real card the number is the card's own, not the doctor's.
    ['Anna Müller', { serialNumber: '10.80276883110000009999' }, {}, true],
    ['Anna Meier', { telematikId: '1-1.58.1' }, { telematikId: '1-1.58.1' }, true],
    ['Anna Müller', { telematikId: '1-1.58.2' }, { telematikId: '1-1.58.1' }, false],
    ['Anna Müller', { telematikId: '1-1.58.2' }, {}, true],
  ] as const)('%s, %o, of %o: %s', (name, onCard, known, fits) => {
    expect(isIssuersCard(issuer(known), signer(name, onCard))).toBe(fits);
  });

  it.each([
    ['Hausarztpraxis am Markt', 'Praxis am Markt TEST-ONLY', {}, null, true],
    ['Dres. Müller und Meier', 'Arztpraxis Dr. Mueller', {}, null, true],
    ['Praxis Dr. Müller', 'Praxis Dr. Meier', {}, null, false],
    ['Praxis', 'Praxis', {}, null, false],
    ['Praxis Dr. Müller', 'ganz anders', { telematikId: '1-2.3' }, '1-2.3', true],
    ['Praxis Dr. Müller', 'Praxis Dr. Müller', { telematikId: '1-2.4' }, '1-2.3', false],
  ] as const)('«%s», signed by «%s»: %s', (name, onCard, more, telematikId, fits) => {
    expect(isPracticesCard({ ...practice.content().practice, name, telematikId }, signer(onCard, more))).toBe(fits);
  });
});
