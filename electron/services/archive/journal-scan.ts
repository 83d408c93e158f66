import { join } from 'node:path';
import type { FileHandle } from 'node:fs/promises';
import { namesIn, type Disk } from './disk';
import { EntryIndex } from './entry-index';
import { linesOf, noDigest, parseLine, type Line } from './lines';

/** One file of the journal. A file that is full is never written again. */
export interface JournalFile {
  readonly number: number;
  readonly bytes: number;
}

/** A line that can't be believed: it changed, or what should stand before it doesn't. */
export interface DamagedLine {
  readonly file: string;
  readonly line: number;
}

/** What reading the whole journal found. */
export interface Scan {
  readonly index: EntryIndex;
  readonly files: readonly JournalFile[];
  readonly damaged: readonly DamagedLine[];
  readonly cutBytes: number;
  readonly lastDigest: string;
  /** Which practice's journal it is; `null`: there is none yet. */
  readonly practiceId: string | null;
}

const fileName = /^(\d{8})\.journal$/;

/** Name of the journal's file with this number. */
export function journalFileName(number: number): string {
  return `${String(number).padStart(8, '0')}.journal`;
}

/** The numbers of the journal's files in a folder, ascending. */
export async function journalFileNumbers(disk: Disk, folder: string): Promise<number[]> {
  return (await namesIn(disk, folder))
    .map((name) => fileName.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

/** Fields of a file's first line. */
export function headFields(number: number, practiceId: string): string[] {
  return ['ersatzschein-journal', '1', String(number), practiceId];
}

/** Fields of an entry's line. */
export function entryFields(number: number, payload: string): string[] {
  return ['e', String(number), payload];
}

/** What an entry's line says, or `null` for another line. */
export function entryOf(line: Line): { number: number; payload: string } | null {
  const [mark, number, payload] = line.fields;
  if (mark !== 'e' || line.fields.length !== 3 || number === undefined || payload === undefined) return null;
  return { number: Number(number), payload };
}

/**
 * Reads the whole journal, every line proven. An unfinished end of the last file is cut off, on the disk too: it was never acknowledged. A line that changed
 * is passed over; what stands before and behind it is read.
 */
export async function scanJournal(disk: Disk, folder: string): Promise<Scan> {
  const index = new EntryIndex();
  const files: JournalFile[] = [];
  const damaged: DamagedLine[] = [];
  const numbers = await journalFileNumbers(disk, folder);
  let practiceId: string | null = null;
  let cutBytes = 0;
  let expected: string | null = noDigest;
  for (const number of numbers) {
    const name = journalFileName(number);
    const bytes = await disk.readFile(join(folder, name));
    const { lines, rest } = linesOf(bytes);
    for (const [place, { offset, text }] of lines.entries()) {
      const line = parseLine(text);
      const entry = line === null ? null : entryOf(line);
      const isHead = line !== null && place === 0 && line.fields[0] === 'ersatzschein-journal';
      if (isHead) practiceId ??= line.fields[3] ?? null;
      const isKnown = entry === null ? isHead : index.accepts(entry.number) && index.find(entry.number) === null;
      // Behind a line that changed, nobody can say what should be before.
      if (line === null || !isKnown || (expected !== null && line.previous !== expected))
        damaged.push({ file: name, line: place + 1 });
      if (entry !== null && isKnown) index.add(entry.number, { file: number, offset, length: text.length });
      expected = line?.digest ?? null;
    }
    const isLast = number === numbers.at(-1);
    if (rest < bytes.length && !isLast) {
      damaged.push({ file: name, line: lines.length + 1 });
      expected = null;
    }
    if (rest < bytes.length && isLast) {
      cutBytes = bytes.length - rest;
      await cut(disk, join(folder, name), rest);
    }
    // A crash came before its first line was whole: the next write begins it again.
    if (rest === 0 && isLast) {
      await disk.rm(join(folder, name));
      continue;
    }
    files.push({ number, bytes: isLast ? rest : bytes.length });
  }
  return { index, files, damaged, cutBytes, lastDigest: expected ?? noDigest, practiceId };
}

async function cut(disk: Disk, path: string, length: number): Promise<void> {
  const file: FileHandle = await disk.open(path, 'r+');
  try {
    await file.truncate(length);
    await file.sync();
  } finally {
    await file.close();
  }
}
