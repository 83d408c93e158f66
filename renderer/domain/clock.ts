/** The one source of time. Everything that asks «when is it?» gets a clock; drill and soak hand in a simulated one. */
export interface Clock {
  /** The present instant. */
  now(): Date;
  /** Resolves after so many milliseconds of this clock's time, or at once when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      if (signal?.aborted === true) done();
      else signal?.addEventListener('abort', done);
    }),
};
