/** What screens hold that isn't written yet: written before the store closes or the screens are locked. */

const writers = new Set<() => Promise<boolean>>();

/** Announces a writer of something unsaved, which says whether it is written. Returns how to take it back. */
export function holdUnsaved(write: () => Promise<boolean>): () => void {
  writers.add(write);
  return () => writers.delete(write);
}

/** Writes everything that isn't written yet. Whether it is now: on a full disk it stays where it was typed. */
export async function writeUnsaved(): Promise<boolean> {
  return (await Promise.all([...writers].map((write) => write()))).every(Boolean);
}
