import { join } from 'node:path';
import { isThere, makePrivateFolder, syncFolder, writeAll, type Disk, type Layout } from './disk';

/**
 * Puts these files in the place of the journal's folder. `finish` writes the last of them into the folder to be: only with it does that folder count. A crash at any moment leaves
 * the one or the other, whole: `finishSwap` tells which.
 */
export async function swapJournal(
  disk: Disk,
  places: Layout,
  files: ReadonlyMap<string, Buffer>,
  finish: (folder: string) => Promise<void>,
): Promise<void> {
  await disk.rm(places.coming, { recursive: true, force: true });
  await makePrivateFolder(disk, places.coming);
  for (const [name, content] of files) {
    const file = await disk.open(join(places.coming, name), 'wx', 0o600);
    try {
      await writeAll(file, content, 0);
      await file.sync();
    } finally {
      await file.close();
    }
  }
  await finish(places.coming);
  await syncFolder(disk, places.coming);
  await disk.rename(places.journal, places.going);
  await syncFolder(disk, places.folder);
  await finishSwap(disk, places);
}

/** Ends a swap that a crash broke off, one way or the other. Where none was under way it does nothing. */
export async function finishSwap(disk: Disk, places: Layout): Promise<void> {
  const isDecided = (await isThere(disk, places.going)) && !(await isThere(disk, places.journal));
  if (isDecided) {
    await disk.rename(places.coming, places.journal);
    await syncFolder(disk, places.folder);
  }
  await disk.rm(places.coming, { recursive: true, force: true });
  await disk.rm(places.going, { recursive: true, force: true });
}
