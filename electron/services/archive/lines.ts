import { hash } from 'node:crypto';

/**
 * Files that are only ever appended to, line by line: fields, the digest of the line before, a digest over all of that. So a line proves itself even where
 * its neighbours are damaged, and a line that is missing, moved or put in shows at the next one.
 */

/** Stands for the line before the first one. */
export const noDigest = '0';

/** A line that proves itself. */
export interface Line {
  readonly fields: readonly string[];
  readonly previous: string;
  readonly digest: string;
}

/** One line with its end; fields hold neither space nor line end. */
export function formatLine(fields: readonly string[], previous: string): { text: string; digest: string } {
  const covered = `${fields.join(' ')} ${previous}`;
  const digest = digestOf(covered);
  return { text: `${covered} ${digest}\n`, digest };
}

/** Reads a line without its end; `null` where it isn't what was written. */
export function parseLine(text: string): Line | null {
  const end = text.lastIndexOf(' ');
  if (end < 0) return null;
  const covered = text.slice(0, end);
  const digest = text.slice(end + 1);
  if (digestOf(covered) !== digest) return null;
  const parts = covered.split(' ');
  const previous = parts.pop() ?? '';
  return { fields: parts, previous, digest };
}

/** SHA-256, base64url. */
function digestOf(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** A piece of a file up to a line end: where it begins, and what stands there. */
export interface PlacedLine {
  readonly offset: number;
  readonly text: string;
}

/** Cuts a file into its lines; `rest`: where what has no line end begins (the file's length if it ends with one). */
export function linesOf(bytes: Buffer): { lines: PlacedLine[]; rest: number } {
  const lines: PlacedLine[] = [];
  let offset = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, offset)) {
    lines.push({ offset, text: bytes.toString('latin1', offset, end) });
    offset = end + 1;
  }
  return { lines, rest: offset };
}
