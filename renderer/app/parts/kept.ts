import { useSyncExternalStore } from 'react';

/** A value that outlives the screen that shows it: kept while the program runs, gone after that. */
export class Kept<T> {
  readonly #listeners = new Set<() => void>();
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  get(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  /** Called whenever the value changes. Returns how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The kept value, again whenever it changes. */
export function useKept<T>(kept: Kept<T>): T {
  return useSyncExternalStore(
    (listener) => kept.subscribe(listener),
    () => kept.get(),
    // Tests render to text.
    () => kept.get(),
  );
}
