import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveEntry } from '../../contract/archive';
import type { Failure } from '../../contract/call';
import { codeOf, Failed, failure } from '../failure';
import { diskFailure, syncFolder, writeAll, type Disk } from './disk';
import type { LinePlace } from './entry-index';
import {
  entryFields,
  entryOf,
  headFields,
  journalFileName,
  scanJournal,
  type DamagedLine,
  type JournalFile,
  type Scan,
} from './journal-scan';
import { formatLine, parseLine } from './lines';

/** A file of the journal is closed at this size; what a backup has of it, it never has to copy again. */
const fileLimit = 4 * 1024 * 1024;
/** So much at most goes in one answer, whatever the number of entries. */
const readLimit = 8 * 1024 * 1024;

/** Entries of one call, and who waits for them. */
interface Waiting {
  readonly entries: readonly ArchiveEntry[];
  readonly settle: (failure: Failure | null) => void;
}

/** Why nothing can be written until the files are read anew; `byItself`: whoever writes next may do that, nobody has to look. */
export interface Broken {
  readonly failure: Failure;
  readonly byItself: boolean;
}

/**
 * The journal's files, open for appending. Not for two calls at a time, except `append`: what is given while the disk is busy goes in one piece with one
 * fsync. Throws what the file system throws; `append` resolves with the failure instead.
 */
export class Journal {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #scan: Scan;
  readonly #practiceId: string;
  readonly #damaged: DamagedLine[];
  readonly #files: JournalFile[];
  #lastDigest: string;
  #file: FileHandle | null = null;
  #inode: bigint | null = null;
  #broken: Broken | null = null;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #cached: { number: number; bytes: Buffer } | null = null;

  private constructor(disk: Disk, folder: string, scan: Scan, practiceId: string) {
    this.#disk = disk;
    this.#folder = folder;
    this.#scan = scan;
    this.#practiceId = scan.practiceId ?? practiceId;
    this.#damaged = [...scan.damaged];
    this.#files = [...scan.files];
    this.#lastDigest = scan.lastDigest;
  }

  /** Reads the journal through. `practiceId` names it where nothing is in it yet. */
  static async open(disk: Disk, folder: string, practiceId: string): Promise<Journal> {
    return new Journal(disk, folder, await scanJournal(disk, folder), practiceId);
  }

  get practiceId(): string {
    return this.#practiceId;
  }
  get lastNumber(): number {
    return this.#scan.index.lastNumber;
  }
  get gaps() {
    return this.#scan.index.gaps();
  }
  get damaged(): readonly DamagedLine[] {
    return this.#damaged;
  }
  get cutBytes(): number {
    return this.#scan.cutBytes;
  }
  get files(): readonly JournalFile[] {
    return this.#files;
  }
  get bytes(): number {
    return this.#files.reduce((sum, file) => sum + file.bytes, 0);
  }
  /** Whether it has to be opened anew, and why. */
  get broken(): Broken | null {
    return this.#broken;
  }

  /** Resolves with `null` once the entries are on the disk, else with why none of them is. */
  append(entries: readonly ArchiveEntry[]): Promise<Failure | null> {
    return new Promise((resolve) => {
      this.#waiting.push({ entries, settle: resolve });
      this.#writing ??= this.#write();
    });
  }

  /** Entries above `after`, ascending, at least one if there is any; damaged ones are left out and noted. */
  async read(after: number, limit: number): Promise<{ entries: ArchiveEntry[]; more: boolean }> {
    const entries: ArchiveEntry[] = [];
    let size = 0;
    for (const number of this.#scan.index.after(after)) {
      if (entries.length === limit || size > readLimit) return { entries, more: true };
      const payload = await this.#payload(number);
      if (payload === null) continue;
      entries.push({ number, bytes: payload });
      size += payload.length;
    }
    return { entries, more: false };
  }

  /** Waits for what is being written, then lets the files go. */
  async close(): Promise<void> {
    await this.#writing;
    this.#broken ??= { failure: failure('unreachable', 'The journal is closed.'), byItself: false };
    await this.#file?.close();
    this.#file = null;
  }

  async #write(): Promise<void> {
    // What comes in the same turn goes along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#writeGroup(group);
    }
    this.#writing = null;
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    const fresh = new Map<number, string>();
    const accepted: Waiting[] = [];
    try {
      if (this.#broken !== null) throw new Failed(this.#broken.failure);
      for (const call of group) {
        const refusal = await this.#admit(call.entries, fresh);
        if (refusal === null) accepted.push(call);
        else call.settle(refusal);
      }
      if (fresh.size > 0) await this.#commit(fresh);
      accepted.forEach(({ settle }) => settle(null));
    } catch (error) {
      const found = error instanceof Failed ? error.failure : diskFailure(error);
      group.forEach(({ settle }) => settle(found));
    }
  }

  /** Puts a call's new entries to the others, or says why none of the call may be written. */
  async #admit(entries: readonly ArchiveEntry[], fresh: Map<number, string>): Promise<Failure | null> {
    const own = new Map<number, string>();
    for (const { number, bytes } of entries) {
      if (!this.#scan.index.accepts(number)) return failure('conflict', `Write ${number} is far ahead of the journal.`);
      const standing = own.get(number) ?? fresh.get(number) ?? (await this.#payload(number));
      if (standing !== null && standing !== bytes)
        return failure('conflict', `Write ${number} is in the journal with other bytes.`);
      if (standing === null) own.set(number, bytes);
    }
    for (const [number, bytes] of own) fresh.set(number, bytes);
    return null;
  }

  async #commit(entries: ReadonlyMap<number, string>): Promise<void> {
    const current = this.#files.at(-1);
    const next = current === undefined || current.bytes >= fileLimit ? (current?.number ?? 0) + 1 : current.number;
    const isNew = next !== current?.number;
    const start = isNew ? 0 : current.bytes;
    let digest = this.#lastDigest;
    let offset = start;
    const texts: string[] = [];
    const places: { number: number; place: LinePlace }[] = [];
    const put = (fields: readonly string[]): number => {
      const line = formatLine(fields, digest);
      digest = line.digest;
      texts.push(line.text);
      offset += line.text.length;
      return line.text.length - 1;
    };
    if (isNew) put(headFields(next, this.#practiceId));
    for (const [number, payload] of entries) {
      const at = offset;
      places.push({ number, place: { file: next, offset: at, length: put(entryFields(number, payload)) } });
    }

    const file = isNew ? await this.#begin(next) : await this.#reach(next, start);
    let isWritten = false;
    try {
      await writeAll(file, Buffer.from(texts.join(''), 'latin1'), start);
      isWritten = true;
      await file.sync();
      if (isNew) await syncFolder(this.#disk, this.#folder);
    } catch (error) {
      const isUndone = await this.#undo(file, next, start, isNew);
      // After a failed fsync nobody knows what is on the disk.
      if (isWritten || !isUndone) {
        const text = 'The journal could not be written and has to be read anew.';
        this.#broken = { failure: failure('unreachable', text), byItself: true };
      }
      throw error;
    }
    places.forEach(({ number, place }) => this.#scan.index.add(number, place));
    if (isNew) this.#files.push({ number: next, bytes: offset });
    else this.#files[this.#files.length - 1] = { number: next, bytes: offset };
    this.#lastDigest = digest;
  }

  async #begin(number: number): Promise<FileHandle> {
    await this.#file?.close();
    this.#file = null;
    // A file under this name that the scan did not know was written by another program.
    const file = await this.#disk
      .open(join(this.#folder, journalFileName(number)), 'wx+', 0o600)
      .catch((error: unknown) => {
        if (codeOf(error) === 'EEXIST')
          throw this.#lose(failure('superseded', 'Another program writes to this journal.'));
        if (codeOf(error) === 'ENOENT')
          throw this.#lose(failure('unreachable', 'The journal’s folder is gone.', 'ENOENT'));
        throw error;
      });
    this.#file = file;
    this.#inode = (await file.stat({ bigint: true })).ino;
    return file;
  }

  /** The open file, proven to be the one under its name and as long as we left it. */
  async #reach(number: number, length: number): Promise<FileHandle> {
    const path = join(this.#folder, journalFileName(number));
    const { ino, size } = await this.#disk.stat(path, { bigint: true }).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') throw this.#lose(failure('unreachable', 'The journal’s file is gone.', 'ENOENT'));
      throw error;
    });
    if (this.#file === null) {
      this.#file = await this.#disk.open(path, 'r+');
      this.#inode = (await this.#file.stat({ bigint: true })).ino;
    }
    if (ino !== this.#inode) throw this.#lose(failure('unreachable', 'The journal’s file was replaced.'));
    if (size !== BigInt(length)) throw this.#lose(failure('superseded', 'Another program writes to this journal.'));
    return this.#file;
  }

  /** Takes away what was half written; `false`: the disk does not even let us do that. */
  async #undo(file: FileHandle, number: number, length: number, isNew: boolean): Promise<boolean> {
    try {
      if (isNew) {
        this.#file = null;
        await file.close();
        await this.#disk.rm(join(this.#folder, journalFileName(number)), { force: true });
      } else {
        await file.truncate(length);
        await file.sync();
      }
      return true;
    } catch {
      // Whatever it was: the one before it is told, and the journal is read anew.
      return false;
    }
  }

  #lose(found: Failure): Failed {
    this.#broken = { failure: found, byItself: false };
    return new Failed(found);
  }

  async #payload(number: number): Promise<string | null> {
    const place = this.#scan.index.find(number);
    if (place === null) return null;
    const bytes = await this.#fileBytes(place);
    const line = parseLine(bytes.toString('latin1', place.offset, place.offset + place.length));
    const entry = line === null ? null : entryOf(line);
    if (entry?.number === number) return entry.payload;
    this.#scan.index.remove(number);
    this.#damaged.push({ file: journalFileName(place.file), line: linesBefore(bytes, place.offset) + 1 });
    return null;
  }

  async #fileBytes({ file, offset, length }: LinePlace): Promise<Buffer> {
    if (this.#cached?.number === file && this.#cached.bytes.length >= offset + length) return this.#cached.bytes;
    const bytes = await this.#disk.readFile(join(this.#folder, journalFileName(file)));
    this.#cached = { number: file, bytes };
    return bytes;
  }
}

function linesBefore(bytes: Buffer, offset: number): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}
