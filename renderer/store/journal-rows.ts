import { toByteArray } from 'base64-js';
import { z } from 'zod';
import { toBase64 } from './base64';
import type { JournaledTable } from './database';
import type { JournalRow } from './journal';

/** Rows as the journal keeps them: JSON, with the sealed bytes as base64. */

const rowSchema = z.looseObject({ sealed: z.base64().optional() });

/** A row of the database as the journal writes it down. */
export function journalRow(table: JournaledTable, key: string | number, row: object | null): JournalRow {
  if (row === null) return { table, key: String(key), row: null };
  const sealed = 'sealed' in row && row.sealed instanceof Uint8Array ? toBase64(row.sealed) : undefined;
  return { table, key: String(key), row: JSON.stringify(sealed === undefined ? row : { ...row, sealed }) };
}

/** The row that the journal wrote down. Throws where it isn't one. */
export function rowOfJournal(text: string): object {
  const { sealed, ...row } = rowSchema.parse(JSON.parse(text));
  return sealed === undefined ? row : { ...row, sealed: toByteArray(sealed) };
}
