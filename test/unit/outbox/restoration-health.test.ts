import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  healthOf,
  HealthMonitor,
  usualLimits,
  type Health,
  type Signal,
} from '../../../renderer/outbox/restoration-health';

const minute = 60_000;
const hour = 60 * minute;
const limits = usualLimits;
const steady = () => 0;
const at = (signals: readonly Signal[], now: number, jitter: (name: string) => number = steady): Health =>
  healthOf('109500969', signals, { now, limits, jitter });

const began = (when: number): Signal => ({ kind: 'outage-began', at: when, outageId: 'o' });
const ended = (when: number): Signal => ({ kind: 'outage-ended', at: when, outageId: 'o' });
const sent = (recordId: string, when: number): Signal[] => [
  { kind: 'attempted', at: when, recordId, attemptId: `${recordId}@${when}` },
  { kind: 'handed-over', at: when, recordId, attemptId: `${recordId}@${when}` },
];
const answered = (recordId: string, when: number): Signal => ({ kind: 'answered', at: when, recordId });
const bounced = (recordId: string, when: number): Signal => ({
  kind: 'failed',
  at: when,
  recordId,
  reason: 'bounced',
  ownFault: false,
});

const room = (signals: readonly Signal[], now: number, jitter: (name: string) => number = steady) => {
  const monitor = new HealthMonitor('109500969', { limits, jitter });
  signals.forEach((signal) => monitor.follow(signal));
  return monitor.room(now, new Set());
};

describe('an insurer’s way back: down, probing, recovering, up', () => {
  it('is up as long as nothing speaks against it', () => {
    expect(at([], hour)).toMatchObject({ state: 'up', reason: null, window: Infinity });
  });

  it('an outage takes it down, its end lets one canary go and no second one', () => {
    expect(at([began(1)], hour)).toMatchObject({ state: 'down', reason: 'outage', retryAt: null });
    expect(room([began(1)], hour)).toBe(0);
    const back = [began(1), ended(hour)];
    expect(at(back, hour)).toMatchObject({ state: 'probing', canary: null });
    expect(room(back, hour)).toBe(1);
    const probing = [...back, ...sent('a', hour)];
    expect(at(probing, hour)).toMatchObject({ state: 'probing', canary: 'a' });
    expect(room(probing, hour)).toBe(0);
  });

  it('each receipt makes room for more, until it is up', () => {
    const signals = [began(1), ended(2), ...sent('a', 3), answered('a', 4)];
    expect(at(signals, 5)).toMatchObject({ state: 'recovering', window: 2 });
    for (let number = 0; number < limits.fullWindow - 3; number += 1)
      signals.push(...sent(`${number}`, 10 + number), answered(`${number}`, 10 + number));
    expect(at(signals, hour)).toMatchObject({ state: 'recovering', window: limits.fullWindow - 1 });
    signals.push(...sent('last', hour), answered('last', hour));
    expect(at(signals, hour)).toMatchObject({ state: 'up', window: Infinity, failures: 0, reason: null });
  });

  it('a bounce closes it again, twice as long each time, at most four hours (P5-04)', () => {
    const signals: Signal[] = [began(1), ended(2)];
    let now = 3;
    for (const pause of [10, 20, 40, 80, 160, 240, 240]) {
      signals.push(...sent('a', now), bounced('a', now));
      expect(at(signals, now)).toMatchObject({ state: 'down', reason: 'bounced', retryAt: now + pause * minute });
      now += pause * minute;
      expect(at(signals, now - 1).state).toBe('down');
      expect(at(signals, now)).toMatchObject({ state: 'probing', canary: null, window: 1 });
    }
  });

  it('a receipt that is missing closes it, and one mail lost among others that arrived doesn’t', () => {
    const canary = [began(1), ended(2), ...sent('a', 3)];
    expect(at(canary, 3 + limits.receiptPatience - 1).state).toBe('probing');
    expect(at(canary, 3 + limits.receiptPatience)).toMatchObject({ state: 'down', reason: 'no-receipt', failures: 1 });
    const one = [...sent('a', 3), ...sent('b', 4), answered('b', 5)];
    expect(at(one, hour).state).toBe('up');
    expect(at([...one, ...sent('c', 6)], 6 + limits.receiptPatience)).toMatchObject({
      state: 'down',
      reason: 'no-receipt',
    });
  });

  it('a relapse while it is up closes it like any failure', () => {
    const signals = [...sent('a', 3), answered('a', 4), ...sent('b', hour), ...sent('c', hour), bounced('b', hour + 1)];
    expect(at(signals, hour + 1)).toMatchObject({ state: 'down', failures: 1 });
    // The second bounce of the same relapse counts no more.
    expect(at([...signals, bounced('c', hour + 2)], hour + 2)).toMatchObject({ failures: 1, since: hour + 1 });
  });

  it('old bad news says nothing about now: what came later arrived', () => {
    const signals = [...sent('a', 3), ...sent('b', minute), answered('b', minute), bounced('a', hour)];
    expect(at(signals, hour).state).toBe('up');
  });

  it('an insurer error about one certificate closes nobody who is well, a canary’s does', () => {
    const rejected = (when: number): Signal => ({
      kind: 'failed',
      at: when,
      recordId: 'a',
      reason: 'rejected',
      ownFault: true,
    });
    expect(at([...sent('a', 3), answered('a', 4), rejected(5)], 6).state).toBe('up');
    expect(at([began(1), ended(2), ...sent('a', 3), answered('a', 4), rejected(4)], 6)).toMatchObject({
      state: 'down',
      reason: 'rejected',
    });
  });

  it('of two outages the last one’s end counts', () => {
    const second: Signal = { kind: 'outage-began', at: 2, outageId: 'p' };
    expect(at([began(1), second, ended(3)], 4).state).toBe('down');
    expect(at([began(1), second, ended(3), { ...second, kind: 'outage-ended', at: 5 }], 6).state).toBe('probing');
  });

  it('an outcome that overtakes the handing over leaves nothing to wait for', () => {
    const [attempted, handedOver] = sent('a', 3);
    if (attempted === undefined || handedOver === undefined) throw new Error('Two signals.');
    expect(at([attempted, answered('a', 4), { ...handedOver, at: 5 }], hour)).toMatchObject({ state: 'up' });
    expect(at([attempted, answered('a', 4), { ...handedOver, at: 5 }], 6).unanswered.size).toBe(0);
  });
});

const signalsArbitrary = fc
  .array(
    fc.record({
      pause: fc.oneof(fc.constant(0), fc.nat(5 * minute), fc.nat(6 * hour)),
      what: fc.constantFrom('send', 'send', 'answer', 'answer', 'bounce', 'reject', 'aside', 'outage', 'end'),
      recordId: fc.constantFrom('a', 'b', 'c', 'd'),
      outageId: fc.constantFrom('o', 'p'),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let now = 1_000_000;
    return steps.flatMap(({ pause, what, recordId, outageId }): Signal[] => {
      now += pause;
      switch (what) {
        case 'send':
          return sent(recordId, now);
        case 'answer':
          return [answered(recordId, now)];
        case 'bounce':
          return [bounced(recordId, now)];
        case 'reject':
          return [{ kind: 'failed', at: now, recordId, reason: 'rejected', ownFault: true }];
        case 'aside':
          return [{ kind: 'set-aside', at: now, recordId }];
        case 'outage':
          return [{ kind: 'outage-began', at: now, outageId }];
        case 'end':
          return [{ kind: 'outage-ended', at: now, outageId }];
      }
    });
  });

describe('whatever happens (properties)', () => {
  it('asking in between changes nothing: a program that was closed and one that ran on know the same', () => {
    fc.assert(
      fc.property(signalsArbitrary, fc.nat(12 * hour), (signals, later) => {
        const now = (signals.at(-1)?.at ?? 0) + later;
        const watched = new HealthMonitor('109500969', { limits, jitter: steady });
        for (const signal of signals) {
          watched.at(signal.at);
          watched.follow(signal);
          watched.room(signal.at, new Set());
        }
        expect(watched.at(now)).toEqual(at(signals, now));
      }),
      { numRuns: 500 },
    );
  });

  it('nothing goes while an outage lasts, one canary while it is probed, and every failure ends in another try within five hours', () => {
    fc.assert(
      fc.property(signalsArbitrary, fc.nat(6 * hour), (signals, later) => {
        const now = (signals.at(-1)?.at ?? 0) + later;
        // The latest that a pause can end, in everything that is asked.
        const late = () => 0.999;
        const health = at(signals, now, late);
        const running = new Set<string>();
        for (const signal of signals) {
          if (signal.kind === 'outage-began') running.add(signal.outageId);
          if (signal.kind === 'outage-ended') running.delete(signal.outageId);
        }
        const free = room(signals, now, late);
        if (running.size > 0) {
          expect(health).toMatchObject({ state: 'down', reason: 'outage', retryAt: null });
          expect(free).toBe(0);
        } else if (health.state === 'down') {
          expect(health.retryAt).toBeGreaterThan(now);
          expect(health.retryAt).toBeLessThanOrEqual(health.since + limits.longestPause);
        } else {
          expect(free + health.unanswered.size > 0).toBe(true);
        }
        if (health.state === 'probing') expect(free).toBeLessThanOrEqual(1);
        expect(Math.min(...health.unanswered.values(), Infinity)).toBeGreaterThan(now);
        // Left alone, it gets another chance.
        const next = at(signals, now + limits.receiptPatience + limits.longestPause, late);
        if (running.size === 0) expect(next.state).not.toBe('down');
      }),
      { numRuns: 500 },
    );
  });
});
