import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PaperPolicy } from '../../../renderer/domain/paper-policy';
import { minutes, openPractice, type TestPractice } from '../../support/practice';

let practice: TestPractice;
beforeAll(async () => {
  practice = await openPractice();
});
afterAll(() => practice.stop());

async function choose(paper: PaperPolicy['paper']): Promise<void> {
  const { office, clock } = practice;
  clock.move(minutes);
  const setup = await office.store.setup();
  if (setup === null) throw new Error('The practice is set up.');
  practice.as('administrator');
  const settings = { ...setup.settings, paperPolicy: { paper, since: null } };
  expect(await office.saveSetup({ ...setup, settings })).toEqual({ kind: 'saved' });
  practice.as('doctor');
  clock.move(minutes);
}

const declare = () => practice.office.declareOutage({ kind: 'all' }, 'Strom weg');
const stageOf = async (id: string) => (await practice.office.store.records.get(id))?.state.stage;
const typesOf = async (id: string) => (await practice.office.store.records.events(id)).map(({ detail }) => detail.type);

afterEach(async () => {
  for (const outage of await practice.office.store.outages())
    if (outage.endedAt === null) await practice.office.endOutage(outage.id);
});

describe('policy «sent too»', () => {
  it('paper given in an outage is only noted: the certificate goes out when the outage ends', async () => {
    const outage = await declare();
    const { id } = await practice.issue();
    await practice.office.notePaper(id, 'given');
    expect(await stageOf(id)).toBe('issued');
    await practice.office.endOutage(outage.id);
    expect((await practice.answered(id, 'handed-over', 'issued', 'signed')).state).toMatchObject({
      stage: 'delivered',
      paper: 'given',
    });
  });
});

describe('policy «done»', () => {
  it('paper given or posted in an outage is done, with the reason in its own event, and is never sent', async () => {
    await choose('done');
    const outage = await declare();
    const given = await practice.issue(practice.content(1));
    const posted = await practice.issue(practice.content(2));
    const owed = await practice.issue(practice.content(3));
    await practice.office.notePaper(given.id, 'given');
    await practice.office.notePaper(posted.id, 'posted');
    const events = await practice.office.store.records.events(given.id);
    const [noted, done] = events.slice(-2).map(({ detail }) => detail);
    expect(noted).toEqual({ type: 'paper-given' });
    expect(done).toMatchObject({ type: 'paper-only', rule: 'practice-policy' });
    expect(done?.type === 'paper-only' ? done.reason : '').toContain('Strom weg');
    await practice.office.endOutage(outage.id);
    await practice.office.submit();
    expect(await stageOf(given.id)).toBe('paper-only');
    expect(await stageOf(posted.id)).toBe('paper-only');
    expect(await typesOf(posted.id)).not.toContain('attempting');
    expect(await typesOf(owed.id)).toContain('handed-over');
  });

  it('a slip given while everything works is an extra: the certificate is sent', async () => {
    const { id } = await practice.issue(practice.content(4));
    await practice.office.notePaper(id, 'given');
    expect(await stageOf(id)).toBe('issued');
    await practice.office.submit([id]);
    expect(await typesOf(id)).toContain('handed-over');
  });

  it('what was handed over before goes on as it is, whatever happens on paper', async () => {
    const { id } = await practice.issue(practice.content(5));
    await practice.office.submit([id]);
    await declare();
    await practice.office.notePaper(id, 'posted');
    expect(await typesOf(id)).not.toContain('paper-only');
  });

  it('paper noted twice is done once', async () => {
    await declare();
    const { id } = await practice.issue(practice.content(6));
    await practice.office.notePaper(id, 'given');
    await practice.office.notePaper(id, 'posted');
    expect((await typesOf(id)).filter((type) => type === 'paper-only')).toHaveLength(1);
    expect((await practice.office.store.records.get(id))?.state).toMatchObject({
      stage: 'paper-only',
      paper: 'posted',
    });
  });
});

describe('changing the policy', () => {
  it('to «done»: what was issued before stays owed, given on paper or not; what is issued after it is done', async () => {
    await choose('sent-too');
    await declare();
    const before = await practice.issue(practice.content(7));
    await practice.office.notePaper(before.id, 'given');
    const lying = await practice.issue(practice.content(8));
    await choose('done');
    await practice.office.notePaper(lying.id, 'given');
    const after = await practice.issue(practice.content(9));
    await practice.office.notePaper(after.id, 'given');
    expect([await stageOf(before.id), await stageOf(lying.id), await stageOf(after.id)]).toEqual([
      'issued',
      'issued',
      'paper-only',
    ]);
  });

  it('back to «sent too»: what is done stays done, and whatever has no paper yet is sent', async () => {
    await choose('done');
    await declare();
    const done = await practice.issue(practice.content(0));
    await practice.office.notePaper(done.id, 'given');
    const owed = await practice.issue(practice.content(1));
    await choose('sent-too');
    await practice.office.notePaper(owed.id, 'given');
    expect([await stageOf(done.id), await stageOf(owed.id)]).toEqual(['paper-only', 'issued']);
  });

  it('saving something else moves no date', async () => {
    await choose('done');
    const since = (await practice.office.store.setup())?.settings.paperPolicy.since;
    await choose('done');
    expect((await practice.office.store.setup())?.settings.paperPolicy.since).toBe(since);
    expect(since).not.toBeNull();
  });
});
