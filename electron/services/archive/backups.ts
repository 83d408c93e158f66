import { createHash, hash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Backup, BackupPlace } from '../../contract/archive';
import { codeOf, Failed, failure } from '../failure';
import { makePrivateFolder, namesIn, readIfThere, replaceFile, syncFolder, writeAll, type Disk } from './disk';
import { entryOf } from './journal-scan';
import { readKeys } from './key-file';
import { linesOf, parseLine } from './lines';
import { expiredBackups, keptDays } from './rotation';

const fileSchema = z.object({ name: z.string().regex(/^[a-z0-9.-]+$/), bytes: z.number().int(), sha256: z.string() });
const manifestSchema = z.object({
  version: z.literal(1),
  practiceId: z.string(),
  at: z.iso.datetime(),
  why: z.enum(['schedule', 'asked', 'before-restore']),
  lastNumber: z.number().int().nonnegative(),
  files: z.array(fileSchema),
});
type Manifest = z.output<typeof manifestSchema>;

/** A file to back up: from the disk, so many bytes of it; or bytes already read. */
export type BackupSource =
  | { readonly name: string; readonly path: string; readonly bytes: number }
  | { readonly name: string; readonly content: Buffer };

const manifestName = /^(\d{6})-(\d{8}T\d{6}Z)\.json$/;
const leftBehind = /\.part$/;

/**
 * The backups in one place. Each is a list of files with their digests; the files themselves lie in `objects` under their digest, so that what did not change is there
 * once for all of them, and no backup ever writes over another's bytes. One call at a time. Throws `Failed` and what the file system throws.
 */
export class BackupFolder {
  readonly #disk: Disk;
  readonly #place: BackupPlace;
  readonly #folder: string;

  constructor(disk: Disk, place: BackupPlace, folder: string) {
    this.#disk = disk;
    this.#place = place;
    this.#folder = folder;
  }

  /** Every backup that can be read, newest first. */
  async list(): Promise<Backup[]> {
    const found: Backup[] = [];
    for (const id of await this.#ids()) {
      const manifest = await this.#manifest(id);
      if (manifest !== null) found.push(this.#describe(id, manifest));
    }
    return found;
  }

  /** Makes a backup; when it resolves, every byte of it is on the disk. */
  async make(about: Omit<Manifest, 'version' | 'files'>, sources: readonly BackupSource[]): Promise<Backup> {
    await makePrivateFolder(this.#disk, this.#folder);
    await makePrivateFolder(this.#disk, this.#objects);
    const files: Manifest['files'] = [];
    for (const source of sources) files.push(await this.#keep(source));
    await syncFolder(this.#disk, this.#objects);
    const number = Number((await this.#ids())[0]?.slice(0, 6) ?? '0') + 1;
    const id = `${String(number).padStart(6, '0')}-${about.at.replace(/[-:]|\.\d+/g, '')}`;
    const manifest: Manifest = { version: 1, ...about, files };
    const body = JSON.stringify(manifest);
    await replaceFile(this.#disk, this.#path(id), Buffer.from(`${hash('sha256', body, 'hex')} ${body}\n`));
    return this.#describe(id, manifest);
  }

  /** Takes away this practice's backups that are past their time, and the files that only they had. */
  async rotate(practiceId: string, now: Date): Promise<void> {
    const own: { id: string; at: string; why: Manifest['why'] }[] = [];
    for (const id of await this.#ids()) {
      const manifest = await this.#manifest(id);
      if (manifest?.practiceId === practiceId) own.push({ id, at: manifest.at, why: manifest.why });
      // One that can't be read goes at its time too: it would keep an erased patient's key from going.
      if (manifest === null && now.getTime() - timeOf(id) >= keptDays * dayMs) await this.#disk.rm(this.#path(id));
    }
    for (const { id } of expiredBackups(own, now)) await this.#disk.rm(this.#path(id));
    await this.#sweep();
  }

  /** What a backup says, its files read whole and proven. Fails with `damaged`. */
  async read(
    id: string,
  ): Promise<{ manifest: Manifest; contents: Map<string, Buffer>; entries: number; keys: number }> {
    const manifest = await this.#manifest(id);
    if (manifest === null) throw new Failed(failure('damaged', `Backup ${id} can’t be read.`));
    const contents = new Map<string, Buffer>();
    let entries = 0;
    let keys = 0;
    for (const { name, sha256, bytes } of manifest.files) {
      const content = await readIfThere(this.#disk, join(this.#objects, sha256));
      if (content?.length !== bytes || hash('sha256', content, 'hex') !== sha256)
        throw new Failed(failure('damaged', `Backup ${id}: ${name} is missing or changed.`));
      contents.set(name, content);
      if (name.endsWith('.journal'))
        for (const { text } of linesOf(content).lines) {
          const line = parseLine(text);
          if (line !== null && entryOf(line) !== null) entries += 1;
        }
      if (name === 'keys') keys = readKeys(content).keys.size;
    }
    return { manifest, contents, entries, keys };
  }

  get #objects(): string {
    return join(this.#folder, 'objects');
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  async #ids(): Promise<string[]> {
    return (await namesIn(this.#disk, this.#folder))
      .filter((name) => manifestName.test(name))
      .map((name) => name.slice(0, -'.json'.length))
      .sort()
      .reverse();
  }

  /** `null`: not what was written. */
  async #manifest(id: string): Promise<Manifest | null> {
    const text = (await this.#disk.readFile(this.#path(id))).toString('utf8');
    const body = text.slice(65, -1);
    if (text !== `${hash('sha256', body, 'hex')} ${body}\n`) return null;
    const json: unknown = JSON.parse(body);
    const parsed = manifestSchema.safeParse(json);
    return parsed.success ? parsed.data : null;
  }

  #describe(id: string, { at, why, lastNumber, files }: Manifest): Backup {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { place: this.#place, id, at, why, lastNumber, bytes };
  }

  async #keep(source: BackupSource): Promise<Manifest['files'][number]> {
    const content = 'content' in source ? source.content : await this.#beginning(source.path, source.bytes);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const path = join(this.#objects, sha256);
    const standing = await this.#disk.stat(path).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    });
    if (standing?.size !== content.length) await this.#write(path, content);
    return { name: source.name, bytes: content.length, sha256 };
  }

  async #beginning(path: string, length: number): Promise<Buffer> {
    const content = await this.#disk.readFile(path);
    if (content.length < length) throw new Failed(failure('damaged', 'A file of the journal is shorter than it was.'));
    return content.subarray(0, length);
  }

  async #write(path: string, content: Buffer): Promise<void> {
    const part = join(this.#objects, `${randomUUID()}.part`);
    try {
      const file = await this.#disk.open(part, 'wx', 0o600);
      try {
        await writeAll(file, content, 0);
        await file.sync();
      } finally {
        await file.close();
      }
      await this.#disk.rename(part, path);
    } catch (error) {
      await this.#disk.rm(part, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** Takes away what no backup names. While one of them can't be read, nobody knows what it needs: then nothing goes. */
  async #sweep(): Promise<void> {
    const needed = new Set<string>();
    for (const id of await this.#ids()) {
      const manifest = await this.#manifest(id);
      if (manifest === null) return;
      manifest.files.forEach(({ sha256 }) => needed.add(sha256));
    }
    for (const name of await namesIn(this.#disk, this.#objects))
      if (leftBehind.test(name) || !needed.has(name)) await this.#disk.rm(join(this.#objects, name), { force: true });
  }
}

const dayMs = 86_400_000;

/** The time that a backup's name tells. */
function timeOf(id: string): number {
  const [, year, month, day, hour, minute, second] = /-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(id) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** Whether a folder can be used for backups: it is made, and a file in it is written and removed. */
export async function tryFolder(disk: Disk, folder: string): Promise<void> {
  await makePrivateFolder(disk, folder);
  const path = join(folder, `.${randomUUID()}.try`);
  await replaceFile(disk, path, Buffer.from('ersatzschein\n'));
  await disk.rm(path);
}
