/** A window that was just closed or reloaded lets go within so many milliseconds. */
const waitMs = 1_500;

/**
 * Makes this window the only one that writes (Web Locks), until what it returns is called or the window ends, however it ends. `null`: another
 * window is at work.
 */
export function beOnlyWindow(name: string, locks: LockManager): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    const held = () =>
      new Promise<void>((release) => {
        resolve(() => release());
      });
    locks.request(name, { signal: AbortSignal.timeout(waitMs) }, held).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'TimeoutError') resolve(null);
      else reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}
