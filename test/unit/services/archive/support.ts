import { mkdtempSync, rmSync } from 'node:fs';
import * as files from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { ArchiveEntry, ArchiveState } from '../../../../electron/contract/archive';
import type { Result } from '../../../../electron/contract/call';
import type { Handlers } from '../../../../electron/contract/serve';
import { Archive } from '../../../../electron/services/archive/archive';
import type { Disk } from '../../../../electron/services/archive/disk';

export type Calls = Handlers['archive'];
export const writerId = 'browser-1';
const folders: string[] = [];
const archives: Archive[] = [];

afterEach(async () => {
  await Promise.all(archives.splice(0).map((archive) => archive.close()));
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ersatzschein-archive-'));
  folders.push(folder);
  return folder;
}

/** A program that opens the folder, as the next start would. */
export function openArchive(
  folder: string,
  options: { disk?: Disk; now?: () => Date; kind?: 'rehearsal' | 'live' } = {},
): Calls {
  const archive = new Archive({
    folder,
    kind: 'live',
    now: options.now ?? (() => new Date('2026-11-26T10:00:00Z')),
    ...options,
  });
  archives.push(archive);
  return archive.handlers;
}

/** A new folder, opened for writing by a first program. */
export async function begun(
  options: Parameters<typeof openArchive>[1] = {},
): Promise<{ folder: string; calls: Calls }> {
  const folder = newFolder();
  const calls = openArchive(folder, options);
  await begin(calls);
  return { folder, calls };
}

export function value<T>(result: Result<T>): T {
  if (result.kind === 'failed') throw new Error(`${result.failure.reason}: ${result.failure.text}`);
  return result.value;
}

export function reason(result: Result<unknown>): string {
  return result.kind === 'ok' ? 'ok' : result.failure.reason;
}

/** An entry whose bytes can be told from every other's. */
export function entry(number: number, text = `write ${String(number)}`): ArchiveEntry {
  return { number, bytes: Buffer.from(text).toString('base64') };
}

export function entries(from: number, to: number): ArchiveEntry[] {
  return Array.from({ length: to - from + 1 }, (_, place) => entry(from + place));
}

/** Opens the folder for writing, as this writer, and says how it stands. */
export async function begin(calls: Calls, writer = writerId): Promise<ArchiveState> {
  const state = value(await calls.state({}));
  value(await calls.takeOver({ writerId: writer }));
  return state;
}

export async function append(calls: Calls, given: readonly ArchiveEntry[], writer = writerId): Promise<string> {
  const { lineage } = value(await calls.state({}));
  return reason(await calls.append({ writerId: writer, lineage, entries: [...given] }));
}

export async function readAll(calls: Calls): Promise<ArchiveEntry[]> {
  const all: ArchiveEntry[] = [];
  for (let after = 0; ;) {
    const { entries: some, more } = value(await calls.read({ after, limit: 1000 }));
    all.push(...some);
    if (!more) return all;
    after = some.at(-1)?.number ?? after;
  }
}

/** What a watched or broken disk may do at each call on an open file. */
export interface Watcher {
  readonly onCall: (name: 'open' | 'write' | 'sync' | 'truncate' | 'rename', path: string) => void | Promise<void>;
}

/** The real disk; before each call the watcher is asked, and may throw what a failing disk would. */
export function watchedDisk({ onCall }: Watcher): Disk {
  return {
    ...files,
    open: async (path, flags, mode) => {
      await onCall('open', String(path));
      const file = await files.open(path, flags, mode);
      return watched(file, String(path), onCall);
    },
    rename: async (from, to) => {
      await onCall('rename', String(to));
      await files.rename(from, to);
    },
  };
}

function watched(file: FileHandle, path: string, onCall: Watcher['onCall']): FileHandle {
  return new Proxy(file, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...given: unknown[]): Promise<unknown> => {
        if (name === 'write' || name === 'sync' || name === 'truncate') await onCall(name, path);
        const result: unknown = await Reflect.apply(member, target, given);
        return result;
      };
    },
  });
}

/** What Node throws for a failed call of the file system. */
export function diskError(code: string): Error {
  return Object.assign(new Error(`${code}: made for this test`), { code });
}
