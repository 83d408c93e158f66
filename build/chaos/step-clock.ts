import type { Clock } from '../../renderer/domain/clock';

/** Time stands until `pass` lets it go on; whoever sleeps is woken in their order. */
export class StepClock implements Clock {
  #now: number;
  #sleepers: { due: number; wake: () => void }[] = [];
  #fellAsleep: () => void = () => undefined;

  constructor(start: number) {
    this.#now = start;
  }

  now(): Date {
    return new Date(this.#now);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const sleeper = { due: this.#now + milliseconds, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        resolve();
      });
      this.#fellAsleep();
    });
  }

  /** Resolves when the program has nothing left to do until time passes. */
  async idle(): Promise<void> {
    if (this.#sleepers.length > 0) return;
    await new Promise<void>((resolve) => {
      this.#fellAsleep = resolve;
    });
    this.#fellAsleep = () => undefined;
  }

  /** Wakes the next sleeper who is due by then; else time is `until`. */
  wakeNext(until: number): boolean {
    this.#sleepers.sort((a, b) => a.due - b.due);
    const [next] = this.#sleepers;
    if (next === undefined || next.due > until) {
      this.#now = until;
      return false;
    }
    this.#sleepers.shift();
    this.#now = Math.max(this.#now, next.due);
    next.wake();
    return true;
  }

  forget(): void {
    this.#sleepers = [];
  }
}
