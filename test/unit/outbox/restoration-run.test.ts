import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../../electron/contract/host';
import { openPractice, type TestPractice } from '../../support/practice';

// A restoration in the program, against the rehearsal world: how many go at a time, and what a person can do about it.

let practice: TestPractice;
let underWay = 0;
let mostUnderWay = 0;
let submissions = 0;
/** Called before each mail leaves. */
let onSubmit: () => void = () => undefined;

const watched = (host: Host): Host => ({
  ...host,
  mail: {
    ...host.mail,
    submit: async (argument) => {
      submissions += 1;
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      onSubmit();
      try {
        return await host.mail.submit(argument);
      } finally {
        underWay -= 1;
      }
    },
  },
});

beforeAll(async () => {
  practice = await openPractice(watched);
});
beforeEach(() => {
  [underWay, mostUnderWay, submissions] = [0, 0, 0];
  onSubmit = () => undefined;
});
afterAll(() => practice.stop());

/** Certificates of patients of three insurers, issued in an outage of everything. */
async function owedInOutage(count: number): Promise<{ readonly ids: string[]; readonly outageId: string }> {
  const outage = await practice.office.declareOutage({ kind: 'all' }, 'Übung');
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    ids.push((await practice.issue(practice.content(number % 10))).id);
    practice.clock.move(1_000);
  }
  return { ids, outageId: outage.id };
}

const stagesOf = async (ids: readonly string[]) =>
  (await practice.office.store.records.getMany(ids)).map(({ state }) => state.stage);
const isWaiting = (stage: string) => stage === 'issued' || stage === 'signed';

/** Runs as the program does by itself, until everything has its receipt. */
async function untilDelivered(ids: readonly string[]): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    if ((await stagesOf(ids)).every((stage) => stage === 'delivered')) return;
    await practice.office.collect();
    await practice.office.submit();
    practice.clock.move(60_000);
  }
  throw new Error(`Not delivered: ${(await stagesOf(ids)).join(', ')}`);
}

/** How many mails each insurer got for each document. */
async function mailsOf(ids: readonly string[]): Promise<number[]> {
  const received = await practice.office.host.rehearsal.received({ from: 0 });
  const documents = await Promise.all(ids.map((id) => practice.office.store.records.documents(id)));
  return documents.map(
    (own) => received.filter(({ documentId }) => own.some((one) => one.documentId === documentId)).length,
  );
}

describe('a restoration', () => {
  it('one canary an insurer first, and never more than four on their way at a time', async () => {
    const { ids, outageId } = await owedInOutage(12);
    await practice.office.endOutage(outageId);
    await untilDelivered(ids);
    expect(submissions).toBe(12);
    expect(mostUnderWay).toBeLessThanOrEqual(4);
    expect(await mailsOf(ids)).toEqual(ids.map(() => 1));
  }, 60_000);

  it('paused, nothing goes by itself, also after a restart; resumed, it goes on', async () => {
    const { ids, outageId } = await owedInOutage(4);
    await practice.office.pauseRestoration(null);
    await practice.office.endOutage(outageId);
    expect(submissions).toBe(0);
    const again = await practice.restart();
    await again.submit();
    expect(submissions).toBe(0);
    expect((await practice.office.restoration()).paused).toBe(true);
    await practice.office.resumeRestoration(null);
    await untilDelivered(ids);
    expect(await mailsOf(ids)).toEqual([1, 1, 1, 1]);
  }, 60_000);

  it('one insurer paused keeps none of the others back', async () => {
    const { ids, outageId } = await owedInOutage(6);
    const records = await practice.office.store.records.getMany(ids);
    const ik = records[0]?.content.coverage.payerIk ?? '';
    const its = new Set(records.filter(({ content }) => content.coverage.payerIk === ik).map(({ id }) => id));
    await practice.office.pauseRestoration(ik);
    await practice.office.endOutage(outageId);
    await untilDelivered(ids.filter((id) => !its.has(id)));
    expect((await stagesOf([...its])).every(isWaiting)).toBe(true);
    await practice.office.resumeRestoration(ik);
    await untilDelivered(ids);
  }, 60_000);

  it('cancelled in the middle: what is in flight ends, the outage goes on, the rest waits for its next end', async () => {
    const { ids, outageId } = await owedInOutage(10);
    const cancelling: Promise<void>[] = [];
    onSubmit = () => {
      if (cancelling.length === 0) cancelling.push(practice.office.cancelRestoration(outageId));
    };
    await practice.office.endOutage(outageId);
    await Promise.all(cancelling);
    expect((await practice.office.store.outages()).find(({ id }) => id === outageId)?.endedAt).toBeNull();
    const waiting = (await stagesOf(ids)).filter(isWaiting).length;
    expect(waiting).toBeGreaterThan(0);
    await practice.office.submit();
    expect((await stagesOf(ids)).filter(isWaiting)).toHaveLength(waiting);
    onSubmit = () => undefined;
    await practice.office.endOutage(outageId);
    await untilDelivered(ids);
    expect(await mailsOf(ids)).toEqual(ids.map(() => 1));
  }, 60_000);
});
