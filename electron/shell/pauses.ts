import type { Handlers } from '../contract/serve';

/** What tells of the machine's sleep and of its locked screen: Electron's `powerMonitor`. */
export interface PauseSource {
  on(event: 'suspend' | 'lock-screen', listener: () => void): unknown;
}

/** Answers each waiting call at the next suspend or lock of the screen, so that the page locks itself too. */
export function createPauses(source: PauseSource): Handlers['host']['awaitPause'] {
  const waiting = new Set<() => void>();
  const pause = (): void => {
    for (const answer of waiting) answer();
    waiting.clear();
  };
  source.on('suspend', pause);
  source.on('lock-screen', pause);
  return () => new Promise((resolve) => waiting.add(() => resolve({ kind: 'paused' })));
}
