import Dexie, { liveQuery } from 'dexie';

/** A query is asked again at the earliest so long after it was asked last: drawing what it says costs more than asking … */
const shortestPause = 500;
/** … and takes at most a fifth of the time, however often what it reads changes. */
const pausePerDuration = 4;

/**
 * Runs a query again whenever what it read changes, in this window or another. Returns how to stop.
 *
 * Dexie's `liveQuery` alone starts a query anew at every write and drops the one under way: while thousands of certificates go out, all of them
 * are read again for each event, and nothing is ever told. Here writes that come close together are answered by one query, and what a query
 * found is told although it has been overtaken.
 */
export function watchQuery<T>(
  query: () => Promise<T>,
  onValue: (value: T) => void,
  onError: (error: unknown) => void,
): () => void {
  let isStopped = false;
  let newest = 0;
  let lastTook = 0;
  let askAgainAt = 0;
  const ask = async (): Promise<void> => {
    newest += 1;
    const mine = newest;
    for (let wait = askAgainAt - performance.now(); wait > 0; wait = askAgainAt - performance.now()) {
      const pause = wait;
      // Dexie's own promise: after any other, Dexie would not see what is read.
      await new Dexie.Promise((resolve) => setTimeout(resolve, pause));
      if (mine !== newest || isStopped) return;
    }
    const started = performance.now();
    askAgainAt = started + pauseAfter(lastTook);
    try {
      const value = await query();
      if (!isStopped) onValue(value);
    } finally {
      const ended = performance.now();
      lastTook = ended - started;
      askAgainAt = ended + pauseAfter(lastTook);
    }
  };
  // An async function of our own: Dexie keeps track of reads after the first `await` only in one.
  const subscription = liveQuery(async () => ask()).subscribe(() => undefined, onError);
  return () => {
    isStopped = true;
    subscription.unsubscribe();
  };
}

function pauseAfter(took: number): number {
  return Math.max(shortestPause, pausePerDuration * took);
}

/**
 * Reads without the watched query remembering what: for a hundred thousand keys that alone takes Dexie a second. The query must have read something else
 * that changes with it.
 */
export function unwatched<T>(read: () => PromiseLike<T>): PromiseLike<T> {
  // A timer's callback belongs to no query; what comes after this promise of Dexie's own belongs to the one that waits.
  return new Dexie.Promise<T>((resolve, reject) => setTimeout(() => void read().then(resolve, reject)));
}
