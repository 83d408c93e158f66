/** What isn't written yet, on screens open or left: written before the store closes or the screens are locked. */

const writers = new Set<() => Promise<boolean>>();

/** Announces a writer of something unsaved, which says whether it is written. */
export function holdUnsaved(write: () => Promise<boolean>): void {
  writers.add(write);
}

/** There is nothing unsaved with this writer any more. */
export function releaseUnsaved(write: () => Promise<boolean>): void {
  writers.delete(write);
}

/** Writes everything that isn't written yet. Whether it is now: on a full disk it stays where it was typed. */
export async function writeUnsaved(): Promise<boolean> {
  return (await Promise.all([...writers].map((write) => write()))).every(Boolean);
}

/** The store closes: what could not be written, and was given up by whoever was asked, goes with it. */
export function dropUnsaved(): void {
  writers.clear();
}
