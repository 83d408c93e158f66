import Dexie from 'dexie';
import { breathe } from './breathe';

/** So many rows are asked of the database in one go: it unpacks them all at once, and no key is answered meanwhile. */
export const rowsAtOnce = 250;

/** After so long the screen has its turn. Milliseconds. */
const longestPiece = 12;

/**
 * Makes something of each row and lets the screen have its turn in between; what gives `null` is left out. Inside of a transaction it is done in
 * one go.
 */
export async function mapInPieces<Row, Made>(rows: readonly Row[], make: (row: Row) => Made | null): Promise<Made[]> {
  const made: Made[] = [];
  let begun = performance.now();
  for (const row of rows) {
    const one = make(row);
    if (one !== null) made.push(one);
    if (performance.now() - begun < longestPiece || isInTransaction()) continue;
    await breathe();
    begun = performance.now();
  }
  return made;
}

/** Whether what the database is asked for now belongs to a transaction. */
export function isInTransaction(): boolean {
  // Dexie's own types leave out that there may be none.
  const { currentTransaction }: { readonly currentTransaction: unknown } = Dexie;
  return currentTransaction !== null && currentTransaction !== undefined;
}

/** Asks for many rows by their keys, so many at a time, in the keys' order; `use` what came and let go of it. */
export async function fetchInPieces<Key, Row, Opened>(
  keys: readonly Key[],
  fetch: (some: Key[]) => PromiseLike<readonly Row[]>,
  use: (rows: readonly Row[]) => Promise<readonly Opened[]>,
): Promise<Opened[]> {
  const opened: Opened[] = [];
  for (let at = 0; at < keys.length; at += rowsAtOnce)
    opened.push(...(await use(await fetch(keys.slice(at, at + rowsAtOnce)))));
  return opened;
}
