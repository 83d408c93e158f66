import { describe, expect, it, vi } from 'vitest';
import type { EventDetail, RecordEvent } from '../../../renderer/domain/event';
import { Restoration } from '../../../renderer/outbox/restoration';
import { Store } from '../../../renderer/store/store';
import { exampleContent } from '../../support/content';
import { happened } from '../../support/events';
import { MemoryJournal, testKeys } from '../../support/memory-journal';
import { days, hours, minutes, TestClock } from '../../support/practice';

const { recorded, issued, signed, attempting, handedOver, delivered, bounced } = happened;
const payer = '109500969';

async function open() {
  const clock = new TestClock();
  const newId = () => crypto.randomUUID();
  const opened = await Store.open(`restoration-${newId()}`, {
    clock,
    newId,
    keys: testKeys(),
    journal: new MemoryJournal(),
    user: () => 'AB',
  });
  if (opened.kind !== 'open') throw new Error(opened.text);
  const { store } = opened;
  const record = async (id: string, ...details: EventDetail[]) => {
    await store.records.create(
      { id, kind: 'certificate', content: exampleContent(), corrects: null, coverageSource: 'typed', cancels: null },
      [recorded, issued],
    );
    await add(id, ...details);
  };
  /** Each a minute after the last one. */
  const add = async (id: string, ...details: EventDetail[]) => {
    for (const detail of details) {
      await store.records.append(id, [detail]);
      clock.move(minutes);
    }
  };
  /** A new start of the program: knows nothing but the store. */
  const started = async () => {
    const restoration = new Restoration({ store, clock });
    return { restoration, view: await restoration.view() };
  };
  return { store, clock, record, add, started };
}

describe('what a start reads of the past', () => {
  it('no event older than two weeks, and no record that is done', async () => {
    const { store, clock, record, started } = await open();
    for (let number = 0; number < 40; number += 1) {
      await record(`old-${number}`, signed(`d${number}`), attempting('a', `d${number}`), handedOver('a'));
      await store.records.append(`old-${number}`, [delivered(`d${number}`)]);
    }
    clock.move(20 * days);
    await record('new', signed(), attempting('n'), handedOver('n'), delivered());
    const list = vi.spyOn(store.records, 'list');
    const get = vi.spyOn(store.records, 'get');
    const read: RecordEvent[] = [];
    const chain = store.records.chain.bind(store.records);
    vi.spyOn(store.records, 'chain').mockImplementation(async (...range) => {
      const events = await chain(...range);
      read.push(...events);
      return events;
    });
    const { view } = await started();
    expect(view.payers).toEqual([]);
    for (const [stages] of list.mock.calls) expect(stages).not.toContain('delivered');
    expect(list.mock.calls.every(([stages]) => stages !== undefined)).toBe(true);
    expect(get).not.toHaveBeenCalled();
    expect(read).toHaveLength(6);
  });

  it('what a long closed program left waiting still goes one canary first after the outage of that time', async () => {
    const { store, clock, record, started } = await open();
    const outage = await store.declareOutage({ kind: 'all' }, '');
    await record('waiting');
    await record('second', signed());
    clock.move(hours);
    await store.endOutage(outage.id);
    clock.move(40 * days);
    const { restoration, view } = await started();
    expect(view.payers).toMatchObject([{ key: payer, owed: 2, health: { state: 'probing', window: 1 } }]);
    const [waiting] = await store.records.list(['issued']);
    expect(waiting === undefined ? null : restoration.isToBeSigned(waiting)).toBe(true);
    const queue = await restoration.queue(await store.records.list(['signed']), 'due');
    expect(restoration.take(queue)?.id).toBe('second');
  });

  it('an old outage says nothing about an insurer to whom nothing has been waiting since', async () => {
    const { store, clock, started } = await open();
    const outage = await store.declareOutage({ kind: 'all' }, '');
    await store.endOutage(outage.id);
    clock.move(40 * days);
    expect((await started()).view.payers).toEqual([]);
  });

  it('an insurer whose mails bounced a month ago is probed, not flooded', async () => {
    const { clock, record, started } = await open();
    for (const id of ['a', 'b', 'c'])
      await record(id, signed(`d-${id}`), attempting('x', `d-${id}`), handedOver('x'), bounced(`d-${id}`));
    clock.move(30 * days);
    expect((await started()).view.payers).toMatchObject([
      { owed: 3, health: { state: 'probing', reason: 'bounced', window: 1 } },
    ]);
  });

  it('a program that ran on and one that starts know the same of the last two weeks', async () => {
    const { clock, store, record, add, started } = await open();
    const { restoration } = await started();
    const outage = await store.declareOutage({ kind: 'all' }, '');
    await record('a', signed('d-a'));
    await record('b', signed('d-b'));
    clock.move(days);
    await store.endOutage(outage.id);
    await add('a', attempting('1', 'd-a'), handedOver('1'));
    await restoration.catchUp();
    await add('a', delivered('d-a'));
    await add('b', attempting('2', 'd-b'), handedOver('2'));
    for (const later of [0, 10 * minutes, hours, 9 * days]) {
      clock.move(later);
      const view = await restoration.view();
      expect(view).toEqual((await started()).view);
      expect(view.payers).toMatchObject([{ owed: 1, delivered: 1 }]);
    }
  });

  it('two readers at once follow no event twice', async () => {
    const { record, started } = await open();
    const { restoration } = await started();
    await record('a', signed('d-a'), attempting('1', 'd-a'), handedOver('1'), bounced('d-a'));
    await Promise.all([restoration.follow(), restoration.follow(), restoration.catchUp()]);
    expect((await restoration.view()).payers).toMatchObject([{ health: { failures: 1 } }]);
  });
});

describe('the chain from an instant on', () => {
  it('is what reading all of it and leaving out the rest would give', async () => {
    const { store, clock, record } = await open();
    const instants = [clock.now()];
    for (let number = 0; number < 13; number += 1) {
      await record(`r${number}`, signed(`d${number}`));
      clock.move(number % 3 === 0 ? 0 : hours);
      instants.push(clock.now());
    }
    clock.move(days);
    instants.push(clock.now());
    const all = await store.records.chain();
    for (const since of instants) {
      const expected = all.filter(({ at }) => at >= since.toISOString());
      expect(await store.records.chain(0, since)).toEqual(expected);
      expect(await store.records.chain(5, since)).toEqual(expected.filter(({ sequence }) => sequence > 5));
    }
  });
});
