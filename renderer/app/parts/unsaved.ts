/** What screens hold that isn't written yet: written before the store closes or the screens are locked. */

const writers = new Set<() => Promise<unknown>>();

/** Announces a writer of something unsaved. Returns how to take it back. */
export function holdUnsaved(write: () => Promise<unknown>): () => void {
  writers.add(write);
  return () => writers.delete(write);
}

/** Writes everything that isn't written yet; resolves when it is. */
export async function writeUnsaved(): Promise<void> {
  await Promise.all([...writers].map((write) => write()));
}
