import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { usualNoticing, type NoticingSettings } from '../../../renderer/domain/settings';
import { Watching } from '../../../renderer/outbox/watching';
import { days, hours, minutes, openPractice, type TestPractice } from '../../support/practice';

// What the program notices by itself, against the rehearsal world: real protocols on loopback, a clock that is moved by hand.

const bitmarck = 'BITMARCK SERVICE GMBH';
let practice: TestPractice;
let watching: Watching;
beforeAll(async () => {
  practice = await openPractice();
  const { office, clock } = practice;
  watching = new Watching({ store: office.store, host: office.host, clock }, 0.5);
});
afterAll(() => practice.stop());

const setUp = async (noticing: Partial<NoticingSettings>) => {
  const setup = await practice.office.store.setup();
  if (setup === null) throw new Error('The practice is set up.');
  const changed = { ...setup, settings: { ...setup.settings, noticing: { ...usualNoticing, ...noticing } } };
  await practice.office.store.saveSetup(changed);
  return changed;
};
/** Lets time pass and does what is due then. */
const turn = async (passed: number, noticing: Partial<NoticingSettings>) => {
  practice.clock.move(passed);
  return watching.turn(await setUp(noticing));
};

describe('the TI-Lagebild', () => {
  const on = { lagebild: true, probes: false };

  it('is never asked where the practice did not say so', async () => {
    const read = vi.spyOn(practice.office.host.lagebild, 'read');
    await turn(6 * minutes, { lagebild: false });
    expect(read).not.toHaveBeenCalled();
    expect((await practice.office.noticing()).lagebild).toMatchObject({ kind: 'no-word', why: 'off' });
    read.mockRestore();
  });

  it('is asked at most every five minutes, by all windows together, and kept', async () => {
    const read = vi.spyOn(practice.office.host.lagebild, 'read');
    for (let number = 0; number < 10; number += 1) await turn(minutes, on);
    expect(read).toHaveBeenCalledTimes(2);
    const { lagebild } = await practice.office.noticing();
    expect(lagebild).toMatchObject({ kind: 'word', down: [] });
    expect(await practice.office.lagebildHistory()).toHaveLength(2);
    read.mockRestore();
  });

  it('a provider that is out there in two looks is proposed, confirmed by the user, and its end offered', async () => {
    const { office } = practice;
    await practice.break({ providers: [{ provider: bitmarck, mode: 'vanish' }] });
    await turn(5 * minutes, on);
    expect((await office.noticing()).proposals).toEqual([]);
    await turn(5 * minutes, on);
    const [proposal] = (await office.noticing()).proposals;
    expect(proposal).toMatchObject({ scope: { kind: 'provider', provider: bitmarck }, evidence: { lagebild: 'down' } });
    expect(await office.store.outages()).toEqual([]);
    if (proposal === undefined) throw new Error('One is proposed.');
    const outage = await office.declareOutage(proposal.scope, '');
    expect((await office.noticing()).proposals).toEqual([]);
    await turn(5 * minutes, on);
    await practice.break({});
    await turn(5 * minutes, on);
    expect((await office.noticing()).endOffers).toEqual([]);
    await turn(5 * minutes, on);
    const [offer] = (await office.noticing()).endOffers;
    expect(offer).toMatchObject({ outageId: outage.id, by: 'lagebild' });
    if (offer === undefined) throw new Error('Its end is offered.');
    await office.dismiss(offer);
    await turn(5 * minutes, on);
    expect((await office.noticing()).endOffers).toEqual([]);
    await office.store.endOutage(outage.id);
  });

  it('gone, unreadable or out of date is no word, and what it said before is still there', async () => {
    const { office } = practice;
    const before = (await office.lagebildHistory()).length;
    for (const [fault, why] of [
      ['down', 'unreachable'],
      ['malformed', 'not-understood'],
      ['stale', 'stale'],
    ] as const) {
      await practice.break({ lagebild: fault });
      await turn(5 * minutes, on);
      expect((await office.noticing()).lagebild).toMatchObject({ kind: 'no-word', why });
    }
    expect(await office.lagebildHistory()).toHaveLength(before);
    await practice.break({});
    await turn(20 * days, on);
    expect(await office.lagebildHistory()).toHaveLength(1);
  });
});

describe('own probes (P6-03)', () => {
  const on = { lagebild: false, probes: true };

  it('ask nobody while all is well, or where they are switched off', async () => {
    const check = vi.spyOn(practice.office.host.connector, 'check');
    await turn(20 * minutes, on);
    const outage = await practice.office.declareOutage({ kind: 'practice' }, '');
    await turn(20 * minutes, { probes: false });
    expect(check).not.toHaveBeenCalled();
    await practice.office.store.endOutage(outage.id);
    check.mockRestore();
  });

  it('are silent on failure; on success the user is told and offered the end, once', async () => {
    const { office } = practice;
    await practice.break({ everything: true });
    const outage = await office.declareOutage({ kind: 'all' }, '');
    const check = vi.spyOn(office.host.connector, 'check');
    const pause = await turn(minutes, on);
    expect(pause).toBeGreaterThanOrEqual(5 * minutes);
    expect((await office.noticing()).probing?.components).toEqual({
      connector: 'fails',
      directory: 'fails',
      sending: 'fails',
      mailbox: 'fails',
    });
    expect((await office.noticing()).endOffers).toEqual([]);
    await turn(minutes, on);
    expect(check).toHaveBeenCalledTimes(1);
    // Only some of it is back.
    await practice.break({ smtp: 'down' });
    await turn(10 * minutes, on);
    expect((await office.noticing()).endOffers).toEqual([]);
    await practice.break({});
    await turn(10 * minutes, on);
    const [offer] = (await office.noticing()).endOffers;
    expect(offer).toMatchObject({ outageId: outage.id, by: 'probes' });
    expect((await office.store.outages()).find(({ id }) => id === outage.id)?.endedAt).toBeNull();
    if (offer === undefined) throw new Error('The end is offered.');
    practice.clock.move(minutes);
    await office.dismiss(offer);
    await turn(10 * minutes, on);
    expect((await office.noticing()).endOffers).toEqual([]);
    await practice.break({ pop3: 'down' });
    await turn(10 * minutes, on);
    await practice.break({});
    await turn(10 * minutes, on);
    expect((await office.noticing()).endOffers).toHaveLength(1);
    await office.store.endOutage(outage.id);
    check.mockRestore();
  });
});

describe('certificates of the connector and of the cards', () => {
  const quiet = { lagebild: false, probes: false };

  it('are looked at once a day, whatever else is switched off, and warn 60 days before they end', async () => {
    const { office } = practice;
    const asked = vi.spyOn(office.host.connector, 'certificates');
    await turn(days, quiet);
    await turn(minutes, quiet);
    await turn(hours, quiet);
    expect(asked).toHaveBeenCalledTimes(1);
    expect((await office.noticing()).certificates).toEqual([]);
    await practice.break({ connector: 'certificate-ends' });
    await turn(days, quiet);
    expect(asked).toHaveBeenCalledTimes(2);
    expect((await office.noticing()).certificates).toEqual([
      { of: 'practice', what: 'ends-soon', days: 30 },
      { of: 'doctor', what: 'ends-soon', days: 30 },
    ]);
    asked.mockRestore();
  });

  it('a connector that is down takes no warning away and raises none, and is asked again within the day', async () => {
    const { office } = practice;
    await practice.break({ everything: true });
    const asked = vi.spyOn(office.host.connector, 'certificates');
    await turn(days, quiet);
    await turn(10 * minutes, quiet);
    expect(asked).toHaveBeenCalledTimes(1);
    expect((await office.noticing()).certificates).toMatchObject([{ days: 29 }, { days: 29 }]);
    await practice.break({ connector: 'certificate-revoked' });
    await turn(hours, quiet);
    expect((await office.noticing()).certificates.map(({ what }) => what)).toEqual(['revoked', 'revoked']);
    asked.mockRestore();
  });

  it('new cards take the warning away as soon as somebody looks', async () => {
    const { office } = practice;
    await practice.break({});
    await office.inspectCertificates();
    expect((await office.noticing()).certificates).toEqual([]);
  });

  it('nothing that says whose they are is kept', async () => {
    const look = await practice.office.store.noticing.recall('certificates', z.unknown());
    expect(JSON.stringify(look)).not.toMatch(/Übung|80276/);
  });
});

describe('what the answers tell', () => {
  it('mails to two insurers of one provider come back: the provider is proposed with the figures', async () => {
    const { office } = practice;
    await practice.break({ providers: [{ provider: bitmarck, mode: 'bounce' }] });
    const hit = [0, 2, 3].map((patient) => practice.content(patient, { unfitUntil: '2026-12-16' }));
    const records = [];
    for (const content of hit) records.push(await practice.issue(content));
    await office.submit();
    for (const { id } of records) await practice.answered(id, 'handed-over');
    const [proposal, ...more] = (await office.noticing()).proposals;
    expect(more).toEqual([]);
    expect(proposal).toMatchObject({
      scope: { kind: 'provider', provider: bitmarck },
      // After the outages above, one certificate goes first to each insurer.
      evidence: { payers: 2, failed: 2, lagebild: 'no-word' },
      concerned: 2,
    });
    if (proposal === undefined) throw new Error('One is proposed.');
    await office.dismiss(proposal);
    expect((await office.noticing()).proposals).toEqual([]);
    // After a restart too.
    expect((await (await practice.restart()).noticing()).proposals).toEqual([]);
  });
});
