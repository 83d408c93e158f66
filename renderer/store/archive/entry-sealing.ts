import { toByteArray } from 'base64-js';
import { z } from 'zod';
import type { ArchiveEntry } from '../../../electron/contract/archive';
import { toBase64 } from '../base64';
import type { JournalEntry, JournalRow } from '../journal';
import { sealInBulk, unseal } from '../sealing';

const rowsSchema = z.array(z.object({ table: z.string(), key: z.string(), row: z.string().nullable() }));

const placeOf = (number: number): string[] => ['journal', String(number)];

/**
 * A write as the host keeps it: its rows, which are sealed by themselves, once more under the practice's key and bound to their number. So what stands in the open
 * in a row, and that a row was taken away, can't be made up by whoever can write to the disk.
 */
export async function sealEntry({ number, rows }: JournalEntry, practiceKey: CryptoKey): Promise<ArchiveEntry> {
  const plain = new TextEncoder().encode(JSON.stringify(rows));
  return { number, bytes: toBase64(await sealInBulk(practiceKey, placeOf(number), plain)) };
}

/** The write that the host kept, or `null`: another practice's, or changed. */
export function openEntry({ number, bytes }: ArchiveEntry, practiceKey: Uint8Array): JournalEntry | null {
  const plain = unseal(practiceKey, placeOf(number), toByteArray(bytes));
  if (plain === null) return null;
  return { number, rows: rowsSchema.parse(JSON.parse(new TextDecoder().decode(plain))) };
}

/**
 * Whether the journal's entry holds what the database has of the same write. It may hold more: rows that a later write has replaced since, and so the database shows no
 * more.
 */
export function holds(journal: JournalEntry, database: JournalEntry): boolean {
  const rows = new Map(journal.rows.map((row) => [placeIn(row), row.row]));
  return database.rows.every((row) => {
    const kept = rows.get(placeIn(row));
    return kept !== undefined && isSameRow(kept, row.row);
  });
}

function placeIn({ table, key }: JournalRow): string {
  return JSON.stringify([table, key]);
}

function isSameRow(one: string | null, other: string | null): boolean {
  return one === other || (one !== null && other !== null && canonical(one) === canonical(other));
}

/** The database keeps no order of a row's fields that could be relied on. */
function canonical(json: string): string {
  const value: unknown = JSON.parse(json);
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}
