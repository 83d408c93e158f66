import type { FileHandle } from 'node:fs/promises';
import * as files from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Failure } from '../../contract/call';
import { codeOf, failure } from '../failure';

/** The file system's calls that the archive uses: Node's own, or a test's that fail as a full or dying disk would. */
export type Disk = Pick<
  typeof files,
  'open' | 'readFile' | 'readdir' | 'mkdir' | 'rename' | 'rm' | 'stat' | 'statfs' | 'chmod'
>;

export const systemDisk: Disk = files;

/** Writes all of `bytes` at `position`: a disk that is nearly full takes a part of them first. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Replaces a file whole: afterwards the new bytes are on the disk under this name, or the old ones still are. */
export async function replaceFile(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.part`;
  const file = await disk.open(part, 'w', 0o600);
  try {
    try {
      await writeAll(file, bytes, 0);
      await file.sync();
    } finally {
      await file.close();
    }
    await disk.rename(part, path);
  } catch (error) {
    await disk.rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(disk, dirname(path));
}

/** A new or changed name has to be on the disk too; Windows can't open folders and needs no such step. */
export async function syncFolder(disk: Disk, folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await disk.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder that nobody but this user can look into. */
export async function makePrivateFolder(disk: Disk, folder: string): Promise<void> {
  await makeFolder(disk, folder);
  // Some file systems (a stick's, a server's) know no such rights; what lies there is sealed all the same.
  await disk.chmod(folder, 0o700).catch((error: unknown) => {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes(codeOf(error) ?? '')) throw error;
  });
}

/** With the folders above it. Node's own `recursive` never ends on a file system that takes no folders (`/proc`). */
async function makeFolder(disk: Disk, folder: string): Promise<void> {
  const make = () =>
    disk.mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  try {
    await make();
  } catch (error) {
    const above = dirname(folder);
    if (codeOf(error) !== 'ENOENT' || above === folder) throw error;
    await makeFolder(disk, above);
    await make();
  }
}

/** The bytes of a file, or `null` where there is none. */
export async function readIfThere(disk: Disk, path: string): Promise<Buffer | null> {
  try {
    return await disk.readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Whether something stands under this name. */
export async function isThere(disk: Disk, path: string): Promise<boolean> {
  try {
    await disk.stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Names in a folder; none where it isn't there. */
export async function namesIn(disk: Disk, folder: string): Promise<string[]> {
  try {
    return await disk.readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Bytes that this user may still write there; `null` where the system doesn't tell. Looks at the nearest folder that is there. */
export async function freeBytes(disk: Disk, folder: string): Promise<number | null> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = await disk.statfs(at);
      return bavail * bsize;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || at === dirname(at)) return null;
    }
  }
}

const fullCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The failure that an error of the file system stands for. Throws the error again if it is none: then it is a bug. */
export function diskFailure(error: unknown): Failure {
  const code = codeOf(error);
  if (code === undefined || !(error instanceof Error)) throw error;
  return failure(fullCodes.has(code) ? 'full' : 'unreachable', error.message, code);
}

/** Where things are in the archive's folder. */
export function layout(folder: string) {
  return {
    folder,
    journal: join(folder, 'journal'),
    /** A restore under way: the journal to be, and the one that was. */
    coming: join(folder, 'journal.new'),
    going: join(folder, 'journal.old'),
    backups: join(folder, 'backups'),
    secondPlace: join(folder, 'second-place.json'),
  };
}
export type Layout = ReturnType<typeof layout>;
