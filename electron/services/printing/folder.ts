import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../contract/call';
import { codeOf, failed, ok } from '../failure';

/** A file being written; it holds patient data, so one that a crash left behind is removed with the next print. */
const unfinished = /^\.ersatzschein-[0-9a-f-]{36}\.part$/;
const leftBehindAfter = 60_000;
/** Characters of up to four bytes each; file systems allow 255 bytes. */
const longestName = 60;

/**
 * Writes a PDF into a folder as a printer would: complete and on the disk, or not at all. The file's name is the job's, made safe and unique; it is the
 * job id too. Fails with `printer`, code `folder`, where the folder can't be written to or the disk is full.
 */
export async function printToFolder(
  folder: string,
  jobName: string,
  pdf: Buffer,
): Promise<Result<{ jobId: string; done: boolean }>> {
  const part = join(folder, `.ersatzschein-${randomUUID()}.part`);
  try {
    await mkdir(folder, { recursive: true });
    await removeLeftBehind(folder);
    const file = await open(part, 'wx', 0o600);
    try {
      await file.writeFile(pdf);
      await file.sync();
    } finally {
      await file.close();
    }
    const name = await linkUnderFreeName(folder, part, fileName(jobName));
    await rm(part);
    await syncFolder(folder);
    return ok({ jobId: name, done: true });
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    const code = codeOf(error);
    if (code === undefined || !(error instanceof Error)) throw error;
    return failed('printer', `The folder printer could not write: ${code}, ${error.message}`, 'folder');
  }
}

/** A job's name as a file name that every system accepts, without extension. */
export function fileName(jobName: string): string {
  const cleaned = jobName
    .normalize('NFC')
    .replace(/[^\p{Letter}\p{Number} ._-]/gu, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. _-]+/, '');
  const safe = Array.from(cleaned)
    .slice(0, longestName)
    .join('')
    .replace(/[. ]+$/, '');
  // Windows keeps these names to itself, with any extension.
  if (/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(safe)) return `_${safe}`;
  return safe === '' ? 'print' : safe;
}

/** `link` never overwrites: two jobs of one name get two files. */
async function linkUnderFreeName(folder: string, part: string, base: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${base}.pdf` : `${base} (${number}).pdf`;
    try {
      await link(part, join(folder, name));
      return name;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

async function removeLeftBehind(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!unfinished.test(name)) continue;
    const path = join(folder, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > leftBehindAfter) await rm(path, { force: true });
  }
}

/** The new name itself has to be on the disk; Windows can't open folders and needs no such step. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
