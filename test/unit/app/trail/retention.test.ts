import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { drawErasureCertificate } from '../../../../renderer/form/erasure-certificate';
import { hours, openPractice, type TestPractice } from '../../../support/practice';
import { loadFormFonts } from '../../../../build/form-fonts';

const yearHours = 366 * 24 * hours;

describe('retention, erasing and a patient’s data', () => {
  let practice: TestPractice;
  beforeAll(async () => {
    practice = await openPractice();
  });
  afterAll(async () => practice.stop());
  beforeEach(() => practice.as('doctor'));

  it('only doctors change the retention, erase, and export a patient’s data', async () => {
    const { office } = practice;
    const setup = await office.store.setup();
    if (setup === null) throw new Error('no set-up');
    const longer = { ...setup, settings: { ...setup.settings, retentionYears: 15 } };
    const record = await practice.issue();
    const keyId = (await office.store.records.keyOf(record.id)) ?? '';
    const refused = { kind: 'obstacle', what: 'role-erasure' };
    for (const role of ['assistant', 'administrator'] as const) {
      practice.as(role);
      expect(await office.saveSetup(longer)).toMatchObject(refused);
      expect(await office.erasePatient(keyId)).toMatchObject(refused);
      expect(await office.exportPatient(keyId)).toMatchObject(refused);
    }
    practice.as('doctor');
    expect(await office.saveSetup(longer)).toEqual({ kind: 'saved' });
    expect((await office.store.setup())?.settings.retentionYears).toBe(15);
  });

  it('a patient’s data go out whole, and the trail says so without a name', async () => {
    const { office } = practice;
    const record = await practice.issue(practice.content(1));
    const keyId = (await office.store.records.keyOf(record.id)) ?? '';
    practice.confirmFactor();
    const exported = await office.exportPatient(keyId);
    if (exported.kind !== 'exported') throw new Error(exported.kind);
    const read = z
      .object({
        patient: z.object({ family: z.string() }),
        certificates: z.array(z.object({ record: z.object({ id: z.string() }), events: z.array(z.unknown()) })),
      })
      .parse(JSON.parse(exported.json));
    expect(read.patient.family).toBe(record.content.patient.family);
    expect(read.certificates.map((one) => one.record.id)).toContain(record.id);
    const { entries } = await office.store.trail.page(
      { user: null, kind: 'exported', day: null },
      { below: null, limit: 1 },
    );
    expect(entries[0]?.content).toEqual({ kind: 'practice', detail: { type: 'exported', what: 'patient', keyId } });
    practice.confirmFactor();
    expect(await office.exportPatient('nobody')).toEqual({ kind: 'nothing' });
  });

  it('before the retention is over it is erased only on request: with a reason and a second factor, and never what is owed', async () => {
    const { office } = practice;
    const record = await practice.issue(practice.content(3));
    const keyId = (await office.store.records.keyOf(record.id)) ?? '';
    const request = { ground: 'wrongly-recorded', note: 'Falsche Karte gesteckt' } as const;
    const obstacle = (what: string) => ({ kind: 'obstacle', what });
    practice.confirmFactor();
    expect(await office.eraseOnRequest(keyId, request)).toEqual({ kind: 'owed' });
    await office.discard(record.id, 'Probe');
    expect(await office.store.erasure.outlook(keyId, 10)).toMatchObject({ certificates: 1, isOwed: false });

    expect(await office.erasePatient(keyId)).toMatchObject(obstacle('within-retention'));
    expect(await office.eraseOnRequest(keyId, request)).toMatchObject(obstacle('second-factor'));
    practice.confirmFactor();
    expect(await office.eraseOnRequest(keyId, { ...request, note: ' ' })).toMatchObject(obstacle('erasure-no-reason'));
    practice.as('administrator');
    practice.confirmFactor();
    expect(await office.eraseOnRequest(keyId, request)).toMatchObject(obstacle('role-erasure'));
    practice.as('doctor');
    expect(await office.store.records.get(record.id)).not.toBeNull();

    practice.confirmFactor();
    const erased = await office.eraseOnRequest(keyId, request);
    if (erased.kind !== 'erased') throw new Error(erased.kind);
    expect(erased).toMatchObject(request);
    expect(await office.store.records.get(record.id)).toBeNull();
    const { entries } = await office.store.trail.page(
      { user: null, kind: 'safekeeping', day: null },
      { below: null, limit: 1 },
    );
    expect(entries[0]?.content).toMatchObject({ kind: 'practice', detail: { type: 'erased', ...request } });
    const fonts = await loadFormFonts();
    const drawn = await drawErasureCertificate({ ...erased, practice: 'Praxis Nord', test: true }, fonts);
    expect(drawn).toMatchObject({ kind: 'drawn', pages: 1 });
  });

  it('what is owed is neither proposed nor erased; what is done and past the retention is', async () => {
    const { office } = practice;
    const record = await practice.issue(practice.content(2));
    const keyId = (await office.store.records.keyOf(record.id)) ?? '';
    practice.clock.move(11 * yearHours);
    expect((await office.store.erasure.proposals(10)).map((one) => one.keyId)).not.toContain(keyId);
    expect(await office.erasePatient(keyId)).toEqual({ kind: 'owed' });
    expect(await office.store.records.get(record.id)).not.toBeNull();
    expect(await office.discard(record.id, 'test')).toMatchObject({ kind: 'written' });
    expect((await office.store.erasure.proposals(10)).map((one) => one.keyId)).not.toContain(keyId);
    // The practice keeps everything for 15 years, as was set above.
    practice.clock.move(16 * yearHours);
    expect((await office.store.erasure.proposals(10)).map((one) => one.keyId)).toContain(keyId);
    const erased = await office.erasePatient(keyId);
    if (erased.kind !== 'erased') throw new Error(erased.kind);
    expect(await office.store.records.get(record.id)).toBeNull();
    const fonts = await loadFormFonts();
    expect(await drawErasureCertificate({ ...erased, practice: 'Praxis Nord', test: true }, fonts)).toMatchObject({
      kind: 'drawn',
      pages: 1,
    });
  });
});
