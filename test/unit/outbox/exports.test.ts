import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FreshFactor } from '../../../renderer/outbox/fresh-factor';
import type { Obstacle } from '../../../renderer/outbox/office';
import { minutes, openPractice, type TestPractice } from '../../support/practice';

const signature = { signature: new Uint8Array(64), publicKey: new Uint8Array(32) };

describe('what leaves the program as a file', () => {
  let practice: TestPractice;
  let keyId = '';
  let outageId = '';
  let mailKey = '';
  beforeAll(async () => {
    practice = await openPractice();
    const record = await practice.issue();
    await practice.office.submit([record.id]);
    await practice.answered(record.id, 'signed', 'handed-over');
    keyId = (await practice.office.store.records.keyOf(record.id)) ?? '';
    outageId = (await practice.office.declareOutage({ kind: 'practice' }, 'Probe')).id;
    mailKey = (await practice.office.store.mails())[0]?.key ?? '';
  });
  afterAll(async () => practice.stop());
  beforeEach(() => practice.as('doctor'));

  const exports: readonly (readonly [string, () => Promise<{ readonly kind: string } | Obstacle>, string])[] = [
    ['a patient’s data', () => practice.office.exportPatient(keyId), 'role-erasure'],
    ['the audit trail', () => practice.office.exportTrail(() => Promise.resolve(signature)), 'role-audit-trail'],
    ['the report as PDF', () => practice.office.exportOutageReport(outageId), 'role-print'],
    ['the report as CSV', () => practice.office.writeOutageReport(outageId), 'role-print'],
    ['a message', () => practice.office.exportMail(mailKey), 'role-see-certificates'],
  ];

  const noted = async () =>
    (await practice.office.store.trail.page({ user: null, kind: 'exported', day: null }, { below: null, limit: 100 }))
      .entries.length;

  it.each(exports)('%s needs a second factor confirmed just now, which counts once', async (_name, run) => {
    const before = await noted();
    expect(await run()).toMatchObject({ kind: 'obstacle', what: 'second-factor' });
    expect(await noted(), 'nothing was noted as exported').toBe(before);
    practice.confirmFactor();
    expect((await run()).kind).toMatch(/^(exported|written)$/);
    expect(await noted()).toBe(before + 1);
    expect(await run()).toMatchObject({ kind: 'obstacle', what: 'second-factor' });
    practice.confirmFactor();
    practice.clock.move(2 * minutes);
    expect(await run()).toMatchObject({ kind: 'obstacle', what: 'second-factor' });
  });

  it.each(exports)('%s is refused to a role that may not, whatever was confirmed', async (_name, run, refusal) => {
    practice.as(refusal === 'role-audit-trail' ? 'assistant' : 'administrator');
    practice.confirmFactor();
    expect(await run()).toMatchObject({ kind: 'obstacle', what: refusal });
  });

  it('one user’s confirmation lets nothing out for another', () => {
    const factor = new FreshFactor(() => 0);
    factor.confirm('Anna');
    expect(factor.take('Bodo')).toBe(false);
    expect(factor.take('Anna'), 'and it is used up').toBe(false);
  });
});
