import { systemClock } from '../domain/clock';
import { storageFailure, type StorageFailure } from './failures';

/** How long it is tried in all, and so long after each try is waited. Milliseconds. A try itself may take seconds: the browser waits for the lock too. */
export const patienceMs = 20_000;
const pauseMs = 500;

/** A clock that nobody can set. */
export interface Ticking {
  /** Milliseconds that only ever go up. */
  readonly ticks: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** The machine's. */
export const ticking: Ticking = {
  ticks: () => performance.now(),
  sleep: (milliseconds) => systemClock.sleep(milliseconds),
};

/**
 * Opens what a browser that has just ended may still hold: tries again by itself, for a bounded time. `onHeld`: how long it is still going to be tried, in milliseconds. What it can't be for
 * any other reason is told at once.
 */
export async function whenFree<T extends { readonly kind: string }>(
  open: () => Promise<T | StorageFailure>,
  { ticks, sleep }: Ticking,
  onHeld: (leftMs: number) => void = () => undefined,
): Promise<T | StorageFailure> {
  const until = ticks() + patienceMs;
  for (;;) {
    const opened = await open().catch((error: unknown) => storageFailure(error));
    const isHeld = 'reason' in opened && opened.reason === 'held';
    const left = until - ticks();
    if (!isHeld || left <= 0) return opened;
    onHeld(left);
    await sleep(pauseMs);
  }
}
