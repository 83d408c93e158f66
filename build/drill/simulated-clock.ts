import type { Clock } from '../../renderer/domain/clock';

/** A clock that moves only when told to: hours of an outage pass in seconds. Tells the world's clock, so that both read the same. */
export class SimulatedClock implements Clock {
  #now: number;
  readonly #moved: (instant: string) => Promise<void>;

  constructor(start: Date, moved: (instant: string) => Promise<void>) {
    this.#now = start.getTime();
    this.#moved = moved;
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Lets so many milliseconds pass at once. */
  async sleep(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    await this.#moved(this.now().toISOString());
  }
}
