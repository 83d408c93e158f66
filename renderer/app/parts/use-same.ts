import { useCallback, useLayoutEffect, useRef, useState } from 'react';

/** Keeps the first of values that say the same, so that what depends on the object is left alone. */
export function useSame<T>(value: T, isSame: (a: T, b: T) => boolean): T {
  const [kept, setKept] = useState(value);
  if (kept === value || isSame(kept, value)) return kept;
  setKept(value);
  return value;
}

/** One function for as long as the component lives that always does what the newest one given does. Not to be called while rendering. */
export function useSteady<A extends readonly unknown[], R>(callback: (...values: A) => R): (...values: A) => R {
  const newest = useRef(callback);
  useLayoutEffect(() => {
    newest.current = callback;
  });
  return useCallback((...values: A) => newest.current(...values), []);
}
