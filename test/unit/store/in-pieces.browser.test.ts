import Dexie from 'dexie';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Database, vaultName } from '../../../renderer/store/database';
import { fetchInPieces, mapInPieces, rowsAtOnce } from '../../../renderer/store/in-pieces';
import { Store } from '../../../renderer/store/store';
import { exampleContent } from '../../support/content';
import { happened } from '../../support/events';
import { MemoryJournal, testKeys } from '../../support/memory-journal';

// Reading many rows on a real IndexedDB in Chromium: nothing blocks the screen, and nothing is lost between two pieces.

const clock = { now: () => new Date('2026-11-23T09:00:00Z'), sleep: () => Promise.resolve() };
const newId = () => crypto.randomUUID();
const names: string[] = [];

const keys = testKeys();
const journal = new MemoryJournal();

async function openStore() {
  const name = `pieces-${newId()}`;
  names.push(name);
  const means = { clock, newId, keys, journal: new MemoryJournal(), user: () => 'AB' };
  const opened = await Store.open(name, means);
  if (opened.kind !== 'open') throw new Error(opened.text);
  return { name, store: opened.store };
}

async function issue(store: Store, insuredId: string): Promise<string> {
  const id = newId();
  const content = exampleContent({ coverage: { insuredId } });
  const created = await store.records.create(
    { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
    [happened.recorded, happened.issued],
  );
  if (created.kind !== 'written') throw new Error(created.kind);
  return id;
}

/** Work that takes a millisecond, as opening a row does. */
function slowly<T>(value: T): T {
  for (const begun = performance.now(); performance.now() - begun < 1;);
  return value;
}

afterEach(async () => {
  for (const name of names.splice(0)) {
    await Dexie.delete(name);
    await Dexie.delete(vaultName(name));
  }
});

describe('many rows', () => {
  it('are made into something with turns for everybody else in between, in their order', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => index);
    let isDone = false;
    const made = mapInPieces(rows, (row) => slowly(row % 3 === 0 ? null : row)).finally(() => (isDone = true));
    let turns = 0;
    while (!isDone) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      turns += 1;
    }
    expect(turns).toBeGreaterThan(3);
    expect(await made).toEqual(rows.filter((row) => row % 3 !== 0));
  });
  it('are fetched so many at a time, each once', async () => {
    const keys = Array.from({ length: 2 * rowsAtOnce + 1 }, (_, index) => index);
    const asked: number[] = [];
    const fetch = (some: number[]) => {
      asked.push(some.length);
      return Promise.resolve(some);
    };
    expect(await fetchInPieces(keys, fetch, (rows) => Promise.resolve(rows))).toEqual(keys);
    expect(asked).toEqual([rowsAtOnce, rowsAtOnce, 1]);
  });
  it('inside of a transaction are made in one go, so that it does not end', async () => {
    const { name, store } = await openStore();
    const raw = new Database(name);
    await raw.transaction('rw', raw.counters, async () => {
      await mapInPieces(Array.from({ length: 40 }), slowly);
      await raw.counters.put({ name: 'test', value: 1 });
    });
    expect(await raw.counters.get('test')).toEqual({ name: 'test', value: 1 });
    raw.close();
    store.close();
  });
  it('a watched query hears of what it reads after such a turn', async () => {
    const { name, store } = await openStore();
    const raw = new Database(name);
    const seen: (number | undefined)[] = [];
    const stop = store.watch(
      async () => {
        await mapInPieces(Array.from({ length: 40 }), slowly);
        return (await raw.counters.get('watched'))?.value;
      },
      (value) => seen.push(value),
      (error) => {
        throw error;
      },
    );
    await expect.poll(() => seen).toEqual([undefined]);
    await raw.counters.put({ name: 'watched', value: 7 });
    await expect.poll(() => seen.at(-1)).toBe(7);
    stop();
    raw.close();
    store.close();
  });
});

describe('a list of more records than are fetched at a time', () => {
  it('has each once and none too few, while they move from stage to stage', async () => {
    const { store } = await openStore();
    const ids = await Promise.all(Array.from({ length: rowsAtOnce + 30 }, () => issue(store, 'A111111111')));
    const moving = (async () => {
      for (const id of ids.slice(0, 40)) await store.records.append(id, [happened.signed(newId())]);
    })();
    for (let look = 0; look < 5; look += 1) {
      const found = (await store.records.list(['issued', 'signed'])).map(({ id }) => id);
      expect(found.toSorted()).toEqual(ids.toSorted());
    }
    await moving;
    // Nothing stale stays from what was read while it moved: each is as it is by itself.
    for (const listed of await store.records.list()) expect(listed).toEqual(await store.records.get(listed.id));
    expect(await store.records.list(['signed'])).toHaveLength(40);
    expect((await store.records.list()).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect((await store.records.chain()).map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 2 * ids.length + 40 }, (_, index) => index + 1),
    );
    expect(store.damages()).toEqual([]);
    store.close();
  });
  it('is the newest, whoever writes: this window or another, one after the other', async () => {
    const { name, store } = await openStore();
    const ids = [await issue(store, 'A111111111'), await issue(store, 'B222222222'), await issue(store, 'C333333333')];
    const other = await Store.open(name, { clock, newId, keys, journal, user: () => 'CD' });
    if (other.kind !== 'open') throw new Error(other.text);
    const writers = [store, other.store];
    const stages = new Map(ids.map((id) => [id, 'issued']));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(1), fc.nat(2), fc.boolean()), { minLength: 1, maxLength: 6 }),
        async (steps) => {
          for (const [who, which, isTogether] of steps) {
            const id = ids[which] ?? '';
            const change = writers[who]?.records.append(id, [happened.signed(newId())]);
            // A list that is under way while it is written may have it as it was or as it is; the next one has it as it is.
            const meanwhile = isTogether ? store.records.list(['issued', 'signed']) : null;
            expect((await change)?.kind).toBe('written');
            stages.set(id, 'signed');
            expect((await meanwhile)?.length ?? 3).toBe(3);
            const listed = await store.records.list(['issued', 'signed']);
            expect(new Map(listed.map((one) => [one.id, one.state.stage]))).toEqual(stages);
            for (const one of listed) expect(one).toEqual(await other.store.records.get(one.id));
          }
        },
      ),
      { numRuns: 30 },
    );
    other.store.close();
    store.close();
  });
  it('a patient erased meanwhile is not in it, not held in memory, and no damage is told', async () => {
    const { store } = await openStore();
    const gone = await issue(store, 'W111111111');
    const kept = await Promise.all(Array.from({ length: rowsAtOnce + 30 }, () => issue(store, 'A111111111')));
    await store.records.append(gone, [{ type: 'discarded', reason: 'x' }]);
    const keyId = (await store.records.keyOf(gone)) ?? '';
    store.records.forgetOpened();
    const [listed, erased] = await Promise.all([store.records.list(), store.erasure.erase(keyId)]);
    expect(erased).toMatchObject({ kind: 'erased' });
    expect(listed.length).toBeGreaterThanOrEqual(kept.length);
    expect((await store.records.list()).map(({ id }) => id)).not.toContain(gone);
    expect(store.damages()).toEqual([]);
    store.close();
  });
});
