import type { Clock } from '../../domain/clock';
import { storageFailure } from '../failures';

/** What a user's failed log-ins so far ask for. Kept on disk: closing the program forgives nothing. */
export interface Failures {
  readonly count: number;
  /** When the last one was, by the machine's clock. */
  readonly lastAt: string;
}

/** Where the failures are kept. */
export interface FailureStore {
  failures(userId: string): Promise<Failures | null>;
  saveFailures(userId: string, failures: Failures | null): Promise<void>;
}

/** An attempt that counts as failed until it is known better. */
export interface Counted {
  /** How long the next one has to wait if this one fails. */
  readonly waitMs: number;
  readonly before: Failures | null;
  readonly began: number | null;
}

/** So many may go wrong without waiting: capitals, the keyboard's layout. */
const free = 3;
const firstWait = 5_000;
const longestWait = 15 * 60_000;

/** How long one waits after so many failures, milliseconds: 5 s after the third, doubled each time, at most 15 min. */
export function waitAfter(count: number): number {
  return count < free ? 0 : Math.min(longestWait, firstWait * 2 ** (count - free));
}

/**
 * The waiting after failed log-ins. While the program runs it is measured by a clock that nobody can set; after a restart by the machine's.
 * One that was set back makes nobody wait longer than the whole time once more.
 */
export class BackOff {
  readonly #store: FailureStore;
  readonly #clock: Clock;
  readonly #ticks: () => number;
  /** By user: when the waiting began here, in ticks. */
  readonly #began = new Map<string, number>();
  /** By user, what could not be kept for want of room: it counts here, else nobody could read any more. Until the program ends. */
  readonly #unkept = new Map<string, Failures | null>();

  /** `ticks`: milliseconds that only ever go up, such as `performance.now`. */
  constructor(store: FailureStore, clock: Clock, ticks: () => number) {
    this.#store = store;
    this.#clock = clock;
    this.#ticks = ticks;
  }

  /** Milliseconds until this user may try again; 0: now. */
  async waiting(userId: string): Promise<number> {
    const failures = await this.#failures(userId);
    if (failures === null) return 0;
    const wait = waitAfter(failures.count);
    const began = this.#began.get(userId);
    if (began !== undefined) return Math.max(0, wait - (this.#ticks() - began));
    const passed = this.#clock.now().getTime() - new Date(failures.lastAt).getTime();
    if (passed >= 0 && passed < wait) return wait - passed;
    if (passed >= wait) return 0;
    // The clock was set back: what passed can't be told, so the waiting begins anew, measured here.
    this.#began.set(userId, this.#ticks());
    return wait;
  }

  /** Counts an attempt as failed before it is made: whoever ends the program meanwhile gains nothing. */
  async count(userId: string): Promise<Counted> {
    const before = await this.#failures(userId);
    const began = this.#began.get(userId) ?? null;
    const count = (before?.count ?? 0) + 1;
    await this.#keep(userId, { count, lastAt: this.#clock.now().toISOString() });
    this.#began.set(userId, this.#ticks());
    return { waitMs: waitAfter(count), before, began };
  }

  /** This attempt was right as far as it went: it doesn't count, those before it still do. */
  async uncount(userId: string, { before, began }: Counted): Promise<void> {
    await this.#keep(userId, before);
    if (began === null) this.#began.delete(userId);
    else this.#began.set(userId, began);
  }

  /** It was the right passphrase, and the right code where one is asked for. */
  async forgive(userId: string): Promise<void> {
    await this.#keep(userId, null);
    this.#began.delete(userId);
  }

  async #failures(userId: string): Promise<Failures | null> {
    const unkept = this.#unkept.get(userId);
    return unkept === undefined ? this.#store.failures(userId) : unkept;
  }

  async #keep(userId: string, failures: Failures | null): Promise<void> {
    try {
      await this.#store.saveFailures(userId, failures);
      this.#unkept.delete(userId);
    } catch (error) {
      const failure = storageFailure(error);
      if (failure.reason !== 'full') throw error;
      this.#unkept.set(userId, failures);
    }
  }
}
