import { join } from 'node:path';
import { makePrivateFolder, readIfThere, replaceFile, syncFolder, writeAll, type Disk } from './disk';
import { formatLine, linesOf, noDigest, parseLine } from './lines';

/** A patient's key as the page wrapped it (base64), under its random id. */
export interface WrappedKey {
  readonly id: string;
  readonly wrapped: string;
}

/** What a key file says. */
export interface KeyContents {
  readonly keys: ReadonlyMap<string, string>;
  readonly forgotten: ReadonlySet<string>;
  /** Lines that changed. */
  readonly damaged: number;
}

const fileName = 'keys';

/** Reads a key file's bytes; an unfinished last line is passed over. */
export function readKeys(bytes: Buffer): KeyContents & { readonly rest: number; readonly digest: string } {
  const keys = new Map<string, string>();
  const forgotten = new Set<string>();
  let damaged = 0;
  let digest = noDigest;
  const { lines, rest } = linesOf(bytes);
  for (const { text } of lines) {
    const line = parseLine(text);
    const [mark, id, wrapped] = line?.fields ?? [];
    if (line === null || id === undefined) damaged += 1;
    else if (mark === 'k' && wrapped !== undefined) keys.set(id, wrapped);
    else if (mark === 'f') forgotten.add(id);
    if (line !== null) digest = line.digest;
  }
  forgotten.forEach((id) => keys.delete(id));
  return { keys, forgotten, damaged, rest, digest };
}

/** The bytes of a key file that says this. */
export function formatKeys(keys: ReadonlyMap<string, string>, forgotten: ReadonlySet<string>): Buffer {
  let digest = noDigest;
  const texts: string[] = [];
  const put = (fields: readonly string[]): void => {
    const line = formatLine(fields, digest);
    digest = line.digest;
    texts.push(line.text);
  };
  forgotten.forEach((id) => put(['f', id]));
  keys.forEach((wrapped, id) => put(['k', id, wrapped]));
  return Buffer.from(texts.join(''), 'latin1');
}

/**
 * The patients' wrapped keys: apart from the journal, because a key must be able to vanish. New ones are appended; forgetting one writes the file anew without it and
 * overwrites the old one. One call at a time. Throws what the file system throws.
 */
export class KeyFile {
  readonly #disk: Disk;
  readonly #folder: string;
  #keys: Map<string, string>;
  #forgotten: Set<string>;
  readonly damaged: number;
  #length: number;
  #digest: string;

  private constructor(disk: Disk, folder: string, read: ReturnType<typeof readKeys>) {
    this.#disk = disk;
    this.#folder = folder;
    this.#keys = new Map(read.keys);
    this.#forgotten = new Set(read.forgotten);
    this.damaged = read.damaged;
    this.#length = read.rest;
    this.#digest = read.digest;
  }

  static async open(disk: Disk, folder: string): Promise<KeyFile> {
    await makePrivateFolder(disk, folder);
    return new KeyFile(disk, folder, readKeys((await readIfThere(disk, join(folder, fileName))) ?? Buffer.alloc(0)));
  }

  get keys(): WrappedKey[] {
    return [...this.#keys].map(([id, wrapped]) => ({ id, wrapped }));
  }
  get forgotten(): string[] {
    return [...this.#forgotten];
  }

  /** Resolves when the keys are on the disk. One that was forgotten stays forgotten; one that is there is replaced (its wrapping is another). */
  async keep(keys: readonly WrappedKey[]): Promise<void> {
    const fresh = keys.filter(({ id, wrapped }) => !this.#forgotten.has(id) && this.#keys.get(id) !== wrapped);
    if (fresh.length === 0) return;
    // A key that is wrapped anew leaves nothing of its old wrapping behind.
    if (fresh.some(({ id }) => this.#keys.has(id))) {
      const keys = new Map(this.#keys);
      for (const { id, wrapped } of fresh) keys.set(id, wrapped);
      await this.#replace(keys, this.#forgotten);
      return;
    }
    let digest = this.#digest;
    const texts: string[] = [];
    for (const { id, wrapped } of fresh) {
      const line = formatLine(['k', id, wrapped], digest);
      digest = line.digest;
      texts.push(line.text);
    }
    const bytes = Buffer.from(texts.join(''), 'latin1');
    const isNew = this.#length === 0;
    const file = await this.#disk.open(join(this.#folder, fileName), isNew ? 'w' : 'r+', 0o600);
    try {
      // An unfinished line of a crash, or of a disk that was full, is cut off first.
      await file.truncate(this.#length);
      await writeAll(file, bytes, this.#length);
      await file.sync();
    } finally {
      await file.close();
    }
    if (isNew) await syncFolder(this.#disk, this.#folder);
    this.#length += bytes.length;
    this.#digest = digest;
    for (const { id, wrapped } of fresh) this.#keys.set(id, wrapped);
  }

  async forget(id: string): Promise<void> {
    if (this.#forgotten.has(id)) return;
    const keys = new Map(this.#keys);
    keys.delete(id);
    await this.#replace(keys, new Set(this.#forgotten).add(id));
  }

  /** Writes the file anew and overwrites the old one. */
  async #replace(keys: ReadonlyMap<string, string>, forgotten: ReadonlySet<string>): Promise<void> {
    const path = join(this.#folder, fileName);
    const bytes = formatKeys(keys, forgotten);
    const old = await this.#disk.open(path, 'r+').catch(() => null);
    try {
      await replaceFile(this.#disk, path, bytes);
      // The old file has no name any more; on a disk that writes in place its bytes go too.
      if (old !== null) {
        await writeAll(old, Buffer.alloc(this.#length), 0);
        await old.sync();
      }
    } finally {
      await old?.close();
    }
    this.#keys = new Map(keys);
    this.#forgotten = new Set(forgotten);
    this.#length = bytes.length;
    this.#digest = readKeys(bytes).digest;
  }
}
