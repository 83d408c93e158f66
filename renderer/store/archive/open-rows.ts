import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { canonicalJson } from '../../domain/event-chain';
import { breathe } from '../breathe';
import type { Damage } from '../damages';
import type { Database } from '../database';

/*
 * Insurers, the versions of their file and the catalogues are public and stand in the open, so nothing in such a row says who wrote it. What the archive has of
 * it does: that is sealed. Of each row the ledger keeps the hash of what was written last.
 */

export const openTables = ['payers', 'payerFiles', 'payerFileEntries', 'catalogues'] as const;
export type OpenTable = (typeof openTables)[number];

export function isOpenTable(table: string): table is OpenTable {
  return openTables.some((one) => one === table);
}

/** The last write of a row in the open, and what it put: SHA-256, lower-case hex, of all but the write's number. */
export const openRowSchema = z.object({ write: z.number().int(), sha256: z.string() });
export type OpenRow = z.output<typeof openRowSchema>;

/** Which write is said to have put each row; `null`: the row says none. By key. */
export type StandingRows = ReadonlyMap<string, number | null>;

/** Up to where the archive was read, and which writes it doesn't know. */
interface Extent {
  readonly until: number;
  readonly unknown: readonly number[];
}

/** So many rows are read in one go: insurers are small, the others have megabytes each. */
const rowsAtOnce: Readonly<Record<OpenTable, number>> = {
  payers: 100,
  payerFiles: 10,
  payerFileEntries: 1,
  catalogues: 1,
};
/** So many members of a list are put into words before the screen has its turn. */
const membersAtOnce = 500;

/** In a transaction that reads: the rows that stand there, without reading what is in them. */
export async function standingOf(database: Database, table: OpenTable): Promise<StandingRows> {
  const rows = database.table<object, string>(table);
  const standing = new Map<string, number | null>();
  // A row that was made up needs no number.
  for (const key of await rows.toCollection().primaryKeys()) standing.set(key, null);
  await rows.orderBy('write').eachKey((write, { primaryKey }) => {
    if (typeof write === 'number') standing.set(primaryKey, write);
  });
  return standing;
}

/** The rows of a table that aren't what was written last under their keys. What the program writes meanwhile is not looked at. */
export async function changedOpenRows(
  database: Database,
  table: OpenTable,
  standing: StandingRows,
  known: ReadonlyMap<string, OpenRow>,
  { until, unknown, lastWrite }: Extent & { readonly lastWrite: number },
): Promise<readonly Damage[]> {
  const damages: Damage[] = [...known.keys()]
    .filter((key) => !standing.has(key))
    .map((key) => ({ table, key, what: 'gone' }));
  const isUnknown = (write: number) => write > 0 && write <= lastWrite && (write > until || unknown.includes(write));
  const toRead: string[] = [];
  for (const [key, write] of standing) {
    if (known.has(key)) toRead.push(key);
    else if (write === null || !isUnknown(write)) damages.push({ table, key, what: 'changed' });
  }
  const rows = database.table<{ readonly write?: unknown }, string>(table);
  for (let at = 0; at < toRead.length; at += rowsAtOnce[table]) {
    const keys = toRead.slice(at, at + rowsAtOnce[table]);
    const found = await rows.bulkGet(keys);
    for (const [place, key] of keys.entries()) {
      const row = found[place];
      const write = standing.get(key) ?? null;
      const latest = known.get(key);
      // Taken away or written anew since.
      if (row === undefined || latest === undefined || writeOf(row) !== write) continue;
      if ((await hashOf(row)) === latest.sha256) continue;
      if (write !== null && write < latest.write) damages.push({ table, key, what: 'old' });
      else if (write === null || write === latest.write || !isUnknown(write))
        damages.push({ table, key, what: 'changed' });
    }
    await breathe();
  }
  return damages;
}

function writeOf({ write }: { readonly write?: unknown }): number | null {
  return typeof write === 'number' ? write : null;
}

/** What a write put, by its hash: the number of the write apart, and in whatever order the fields stand. */
export async function hashOf(row: object): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', utf8ToBytes(await inWords(row)));
  return bytesToHex(new Uint8Array(digest));
}

/** `canonicalJson` without the write's number, a part of each list at a time: a catalogue has 16,000 entries. */
async function inWords(row: object): Promise<string> {
  const members: string[] = [];
  for (const [name, value] of Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const member: unknown = value;
    if (member === undefined || name === 'write') continue;
    members.push(
      `${JSON.stringify(name)}:${Array.isArray(member) ? await listInWords(member) : canonicalJson(member)}`,
    );
  }
  return `{${members.join(',')}}`;
}

async function listInWords(list: readonly unknown[]): Promise<string> {
  const parts: string[] = [];
  for (let at = 0; at < list.length; at += membersAtOnce) {
    if (at > 0) await breathe();
    parts.push(
      list
        .slice(at, at + membersAtOnce)
        .map(canonicalJson)
        .join(','),
    );
  }
  return `[${parts.join(',')}]`;
}
