/** Runs work that nobody else may do at the same time; `null`: somebody is at it. */
export type Exclusively = <T>(work: () => Promise<T>) => Promise<T | null>;

/** One at a time among all windows of this program (Web Locks). A window that dies lets go by itself. */
export function exclusivelyAmongWindows(name: string, locks: LockManager): Exclusively {
  return (work) => locks.request(name, { ifAvailable: true }, async (lock) => (lock === null ? null : work()));
}
