import Dexie from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import { recordsAround, recordsOfTime } from '../../../renderer/outbox/outage-records';
import { Database, vaultName } from '../../../renderer/store/database';
import { Store } from '../../../renderer/store/store';
import { exampleContent } from '../../support/content';
import { happened } from '../../support/events';
import { MemoryJournal, testKeys } from '../../support/memory-journal';

// Lists over many records: only what is shown is opened. Rows that must not be opened are made unreadable, so that opening one would be said.

let now = new Date('2026-01-01T09:00:00Z');
const clock = { now: () => now, sleep: () => Promise.resolve() };
const newId = () => crypto.randomUUID();
const names: string[] = [];

async function openStore() {
  const name = `part-${newId()}`;
  names.push(name);
  const means = { clock, newId, keys: testKeys(), journal: new MemoryJournal(), user: () => 'AB' };
  const opened = await Store.open(name, means);
  if (opened.kind !== 'open') throw new Error(opened.text);
  return { name, store: opened.store };
}

async function issue(store: Store, day: string, insuredId = 'A111111111'): Promise<string> {
  now = new Date(`${day}T09:00:00Z`);
  const id = newId();
  const content = exampleContent({ coverage: { insuredId } });
  await store.records.create(
    { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
    [happened.recorded, happened.issued],
  );
  return id;
}

async function happens(store: Store, day: string, id: string, ...events: Parameters<Store['records']['append']>[1]) {
  now = new Date(`${day}T10:00:00Z`);
  expect((await store.records.append(id, events)).kind).toBe('written');
}

/** Makes rows unreadable: whoever opens one leaves a trace in the damages. */
async function close(name: string, ids: readonly string[]) {
  const raw = new Database(name);
  for (const id of ids) {
    const row = await raw.records.get(id);
    if (row === undefined) throw new Error('It is there.');
    await raw.records.put({ ...row, sealed: row.sealed.map((byte) => byte ^ 255) });
  }
  raw.close();
}

afterEach(async () => {
  now = new Date('2026-01-01T09:00:00Z');
  for (const name of names.splice(0)) await Dexie.delete(vaultName(name));
});

describe('the records of a time', () => {
  it('are those to which anything happened then; no others are opened, and what comes later is added', async () => {
    const { name, store } = await openStore();
    const [before, held, within] = [
      await issue(store, '2026-01-05'),
      await issue(store, '2026-01-09'),
      await issue(store, '2026-01-12'),
    ];
    const after = await issue(store, '2026-02-20');
    await happens(store, '2026-02-21', held, { type: 'paper-given' });
    await close(name, [before, after]);
    const outage = {
      ...{ id: 'o', scope: { kind: 'all' } as const, reason: '', declaredBy: '', confirmedAt: null },
      ...{ startedAt: '2026-01-08T00:00:00.000Z', endedAt: '2026-01-20T00:00:00.000Z' },
    };
    const ids = (records: readonly { id: string }[]) => records.map(({ id }) => id);
    expect(ids(await recordsOfTime(store, outage))).toEqual([within, held]);
    expect(store.damages()).toEqual([]);
    // While it lasts, what happens is added to what is known.
    const running = { ...outage, startedAt: '2026-02-21T00:00:00.000Z', endedAt: null };
    expect(ids(await recordsOfTime(store, running))).toEqual([held]);
    const late = await issue(store, '2026-02-22');
    expect(ids(await recordsOfTime(store, running))).toEqual([late, held]);
    expect(ids(await recordsOfTime(store, outage))).toEqual([within, held]);
    store.close();
  });

  it('on the outages’ screen: all on their way, and those that moved during or soon after an outage', async () => {
    const { name, store } = await openStore();
    const done = { type: 'discarded', reason: 'x' } as const;
    const sentLater = await issue(store, '2026-01-02');
    const long = await issue(store, '2026-01-03');
    await happens(store, '2026-01-04', long, done);
    const soonAfter = await issue(store, '2026-01-21');
    await happens(store, '2026-01-22', sentLater, done);
    await happens(store, '2026-01-23', soonAfter, done);
    const open = await issue(store, '2026-03-01');
    // Made after the end: of no outage, although something happened in the days after.
    await close(name, [long, soonAfter]);
    const outage = {
      ...{ id: 'o', scope: { kind: 'all' } as const, reason: '', declaredBy: '', confirmedAt: null },
      ...{ startedAt: '2026-01-10T00:00:00.000Z', endedAt: '2026-01-20T00:00:00.000Z' },
    };
    expect((await recordsAround(store, [outage])).map(({ id }) => id)).toEqual([open, sentLater]);
    expect(store.damages()).toEqual([]);
    store.close();
  });
});

describe('stages of all records', () => {
  it('are known without opening any, and follow every write and erasure', async () => {
    const { name, store } = await openStore();
    const [one, two] = [await issue(store, '2026-01-05'), await issue(store, '2026-01-06', 'B222222222')];
    await close(name, [one]);
    const stages = async () => Object.fromEntries(await store.records.stages());
    expect(await stages()).toEqual({ [one]: 'issued', [two]: 'issued' });
    await happens(store, '2026-01-07', two, { type: 'discarded', reason: 'x' });
    const three = await issue(store, '2026-01-08', 'C333333333');
    expect(await stages()).toEqual({ [one]: 'issued', [two]: 'discarded', [three]: 'issued' });
    const erased = await store.erasure.erase((await store.records.keyOf(two)) ?? '');
    expect(erased).toMatchObject({ kind: 'erased' });
    expect(await stages()).toEqual({ [one]: 'issued', [three]: 'issued' });
    expect(store.damages()).toEqual([]);
    store.close();
  });
});
