import Dexie from 'dexie';
import { describe, expect, it } from 'vitest';
import { storageFailure, type StorageFailure } from '../../../renderer/store/failures';
import { patienceMs, whenFree } from '../../../renderer/store/when-free';

// What a browser that was just ended still holds: tried again for a bounded time, on a clock of the test's.

/** As Chromium says it. */
const heldError = () => new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError');
const held: StorageFailure = storageFailure(heldError());
const open = { kind: 'open', name: 'store' } as const;

/** A clock, and somebody who holds the data until then. */
function holder(freeAt: number) {
  const told: number[] = [];
  const clock = { now: 0, tries: 0 };
  const sleep = (milliseconds: number) => {
    clock.now += milliseconds;
    return Promise.resolve();
  };
  const attempt = <T>(whileHeld: () => T, then: () => T) => {
    clock.tries += 1;
    return clock.now < freeAt ? whileHeld() : then();
  };
  return {
    clock,
    told,
    attempt,
    ticking: { ticks: () => clock.now, sleep },
    onHeld: (left: number) => told.push(left),
  };
}

describe('data that another process holds', () => {
  it('are known by what the browser says, however it is said', () => {
    expect(held.reason).toBe('held');
    const wrapped = new Dexie.OpenFailedError('UnknownError Internal error opening backing store for indexedDB.open.');
    expect(storageFailure(wrapped).reason).toBe('held');
    expect(storageFailure(new DOMException('Internal error.', 'UnknownError')).reason).toBe('other');
  });

  it.each(['returned', 'thrown'])(
    '(%s) are opened by itself as soon as they are free; until then it is said how long',
    async (how) => {
      const { clock, told, attempt, ticking, onHeld } = holder(3_000);
      const whileHeld = () => (how === 'thrown' ? Promise.reject<StorageFailure>(heldError()) : Promise.resolve(held));
      const opened = await whenFree(
        () => attempt<Promise<StorageFailure | typeof open>>(whileHeld, () => Promise.resolve(open)),
        ticking,
        onHeld,
      );
      expect(opened).toEqual(open);
      expect(clock.now).toBe(3_000);
      expect(told[0]).toBe(patienceMs);
      expect(told).toEqual([...told].sort((a, b) => b - a));
      expect(told).toHaveLength(clock.tries - 1);
    },
  );

  it('that stay so are told as held after some seconds', async () => {
    const { clock, told, ticking, onHeld } = holder(Infinity);
    // A try takes three seconds by itself.
    const attempt = () => {
      clock.now += 3_000;
      return Promise.resolve<StorageFailure | typeof open>(held);
    };
    expect(await whenFree(attempt, ticking, onHeld)).toEqual(held);
    expect(clock.now).toBeGreaterThanOrEqual(patienceMs);
    expect(clock.now).toBeLessThanOrEqual(patienceMs + 3_500);
    expect(told.every((left) => left > 0 && left < patienceMs)).toBe(true);
  });

  it('everything else is told at once, and a bug stays one', async () => {
    const { clock, told, ticking, onHeld } = holder(0);
    expect(await whenFree(() => Promise.resolve(open), ticking, onHeld)).toEqual(open);
    const full = new DOMException('no room', 'QuotaExceededError');
    expect(await whenFree(() => Promise.reject<typeof open>(full), ticking, onHeld)).toMatchObject({ reason: 'full' });
    await expect(whenFree(() => Promise.reject<typeof open>(new TypeError('a bug')), ticking, onHeld)).rejects.toThrow(
      'a bug',
    );
    expect([clock.now, told]).toEqual([0, []]);
  });
});
