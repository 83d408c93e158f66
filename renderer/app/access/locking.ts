import { useEffect, useEffectEvent } from 'react';
import type { Host } from '../../../electron/contract/host';

/** What shows that somebody is at the desk. */
const signsOfLife = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/**
 * Locks after so many minutes without a key or the mouse. Measured by a clock that goes on while the machine sleeps: whoever opens the lid
 * after an hour finds it locked.
 */
export function useIdleLock(minutes: number, isLocked: boolean, onLock: () => void): void {
  const lock = useEffectEvent(onLock);
  useEffect(() => {
    if (isLocked) return undefined;
    let last = Date.now();
    const note = () => {
      // The first sign of life after too long is not one: it may be anybody's.
      if (Date.now() - last >= minutes * 60_000) lock();
      else last = Date.now();
    };
    for (const sign of signsOfLife) window.addEventListener(sign, note, { capture: true, passive: true });
    const timer = window.setInterval(() => {
      if (Date.now() - last >= minutes * 60_000) lock();
    }, 5_000);
    return () => {
      for (const sign of signsOfLife) window.removeEventListener(sign, note, { capture: true });
      window.clearInterval(timer);
    };
  }, [minutes, isLocked]);
}

/** Locks when the machine falls asleep or its screen is locked, where the host can tell. */
export function usePauseLock(host: Host, onLock: () => void): void {
  const lock = useEffectEvent(onLock);
  useEffect(() => {
    const stopped = new AbortController();
    const listen = async (): Promise<void> => {
      const { kind } = await host.host.awaitPause({});
      if (kind === 'none' || stopped.signal.aborted) return;
      lock();
      await listen();
    };
    // Without the host there is nothing to hear; the idle time still locks.
    listen().catch(() => undefined);
    return () => stopped.abort();
  }, [host]);
}
