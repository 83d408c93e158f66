import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPractice, type TestPractice } from '../../support/practice';

describe('after a backup was put back', () => {
  let practice: TestPractice;
  beforeAll(async () => {
    practice = await openPractice();
  });
  afterAll(async () => practice.stop());
  beforeEach(() => practice.as('doctor'));
  const held = { kind: 'stopped', obstacle: { what: 'held-after-restore' }, handedOver: 0 };
  const stageOf = async (id: string) => (await practice.office.store.records.get(id))?.state.stage;

  it('nothing is signed or sent, by itself, by hand, by the end of an outage or after a restart, until a doctor decides', async () => {
    const { office } = practice;
    const signed = await practice.issue();
    await practice.break({ smtp: 'refuse-temporary' });
    await office.submit([signed.id]);
    await practice.break({});
    const issued = await practice.issue(practice.content(1));
    expect([await stageOf(signed.id), await stageOf(issued.id)]).toEqual(['signed', 'issued']);
    await office.store.holdAfterRestore('own');
    expect(await office.store.outages(), 'it is no outage').toEqual([]);

    expect(await office.submit()).toMatchObject(held);
    expect(await office.submit([signed.id])).toMatchObject(held);
    const outage = await office.declareOutage({ kind: 'practice' }, 'Probe');
    expect(await office.endOutage(outage.id)).toMatchObject(held);
    expect(await office.resumeRestoration(null)).toMatchObject(held);
    const again = await practice.restart();
    expect(await again.submit()).toMatchObject(held);
    expect([await stageOf(signed.id), await stageOf(issued.id)]).toEqual(['signed', 'issued']);

    // Answers may be fetched: they tell what was sent in the state that was lost.
    expect(await office.collect()).toMatchObject({ kind: 'done' });
    expect(await office.restoredHold()).toMatchObject({ signed: 1, unsigned: 1, unmatched: 0 });

    for (const role of ['assistant', 'administrator'] as const) {
      practice.as(role);
      expect(await office.endRestoredHold()).toMatchObject({ kind: 'obstacle', what: 'role-end-hold' });
    }
    practice.as('doctor');
    expect(await office.endRestoredHold()).toMatchObject({ kind: 'done', failed: 0 });
    expect(await office.restoredHold()).toBeNull();
    // After the outage the insurer gets one after the other; asked for by hand, both go at once.
    expect(await office.submit([signed.id, issued.id])).toMatchObject({ kind: 'done' });
    for (const { id } of [signed, issued]) expect(await stageOf(id)).toMatch(/^(handed-over|delivered)$/);
    const { entries } = await office.store.trail.page(
      { user: null, kind: 'safekeeping', day: null },
      { below: null, limit: 2 },
    );
    expect(entries.map(({ content }) => content.kind === 'practice' && content.detail.type)).toEqual([
      'restored-hold-ended',
      'backup-restored',
    ]);
  });
});
