import { useEffect, useState } from 'react';
import type { Wording } from '../parts';

/** Counts milliseconds down to zero, by a clock that nobody can set. */
export function useCountdown(): { readonly left: number; readonly begin: (milliseconds: number) => void } {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const left = Math.max(0, until - now);
  const isRunning = left > 0;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = window.setInterval(() => setNow(performance.now()), 250);
    return () => window.clearInterval(timer);
  }, [isRunning]);
  return {
    left,
    begin: (milliseconds) => {
      const start = performance.now();
      setNow(start);
      setUntil(start + milliseconds);
    },
  };
}

/** «noch 20 Sekunden», «noch 3 Minuten». */
export function waitingWords(t: Wording, milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds <= 90
    ? t('access.waitSeconds', { count: seconds })
    : t('access.waitMinutes', { count: Math.ceil(seconds / 60) });
}
