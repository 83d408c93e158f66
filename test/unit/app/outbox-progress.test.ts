import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followProgress } from '../../../renderer/app/parts/outbox-progress';
import type { OutboxProgress } from '../../../renderer/outbox/office';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const running = (done: number, step: 'signing' | 'sending' = 'signing'): OutboxProgress => ({
  ...{ kind: 'running', step, total: 2000, done },
  startedAt: '2026-11-23T09:00:00.000Z',
});

function follow() {
  let progress: OutboxProgress = { kind: 'idle' };
  const listeners = new Set<() => void>();
  const office = {
    progress: () => progress,
    onProgress(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const told: OutboxProgress[] = [];
  const stop = followProgress(office, (now) => told.push(now));
  const show = (next: OutboxProgress) => {
    progress = next;
    listeners.forEach((listener) => listener());
  };
  return { told, stop, show, listeners };
}

describe('the progress of the outbox on the screen', () => {
  it('is told a few times a second, however often it changes, and the last word is never left out', () => {
    const { told, show } = follow();
    for (let done = 1; done <= 2000; done += 1) {
      show(running(done));
      vi.advanceTimersByTime(1);
    }
    expect(told.length).toBeLessThanOrEqual(2 + 2000 / 250);
    vi.advanceTimersByTime(250);
    expect(told.at(-1)).toEqual(running(2000));
  });
  it('another step and the end are told at once', () => {
    const { told, show } = follow();
    show(running(1));
    show(running(2));
    show(running(0, 'sending'));
    expect(told).toEqual([{ kind: 'idle' }, running(1), running(0, 'sending')]);
    show({ kind: 'idle' });
    expect(told.at(-1)).toEqual({ kind: 'idle' });
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(4);
  });
  it('nothing is told after it was stopped', () => {
    const { told, show, stop, listeners } = follow();
    show(running(1));
    show(running(2));
    stop();
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(2);
    expect(listeners.size).toBe(0);
  });
});
