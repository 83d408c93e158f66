import { z } from 'zod';
import type { Host } from '../../../electron/contract/host';
import type { Damage } from '../damages';
import type { Database } from '../database';
import { storageFailure } from '../failures';
import { pack, unpack } from '../packing';
import { bulkKey, sealInBulk, unsealInBulk } from '../sealing';
import { openEntry } from './entry-sealing';
import {
  changedOpenRows,
  hashOf,
  isOpenTable,
  openRowSchema,
  openTables,
  standingOf,
  type OpenTable,
  type StandingRows,
} from './open-rows';

/*
 * Which write put each row last, as the archive has it. A record is tied to its events; the rows of these tables are not: an older one that was put back
 * whole opens as well as the present one. So the database's rows are compared with the archive's writes; of rows in the open (`open-rows.ts`) what is in them as well. How far the
 * archive was read, and what it said, is kept sealed in the database. An old ledger that was put back as well is no help to anybody: from there on the archive is read again.
 */

const ledgerTables = ['meta', 'outages', 'mails', 'patients'] as const;
type LedgerTable = (typeof ledgerTables)[number];

/** Its key in `noticing`. */
const place = 'row-ledger';
/** Writes that come over in one call. */
const piece = 200;

const ledgerSchema = z.object({
  /** Of which journal. */
  lineage: z.string(),
  /** The archive was read up to this write. */
  until: z.number().int().nonnegative(),
  /** The last write of each row, by table and key. */
  rows: z.record(z.string(), z.record(z.string(), z.number().int())),
  /** The last write of each row in the open and what it put, by table and key. */
  open: z.record(z.string(), z.record(z.string(), openRowSchema)),
  /** Writes that the archive lacks or that don't open: what they put, nobody knows. */
  unknown: z.array(z.number().int()),
});
type Ledger = z.output<typeof ledgerSchema>;

interface Means {
  readonly archive: Host['archive'];
  readonly practiceKey: Uint8Array;
}

/**
 * The rows that are not the last ones that were written under their keys: `old`, an older one was put back, or one that was taken away; `changed`, one in the open
 * that the program never wrote so; `gone`, it was taken away from outside. `null`: the archive could not be read just now. Nothing is repaired.
 */
export async function findOlderRows(database: Database, means: Means): Promise<readonly Damage[] | null> {
  const standing = await rowsOf(database);
  const read = await readOn(await keptLedger(database, means.practiceKey), standing.lastWrite, means);
  if (read === null) return null;
  if (read.isChanged) await keep(database, read.ledger, means.practiceKey).catch(storageFailure);
  const sealed = ledgerTables.flatMap((table) => {
    const rows = standing.rows[table];
    const known = new Map(Object.entries(read.ledger.rows[table] ?? {}));
    const old = [...rows]
      .filter(([key, write]) => isOld(write, known.get(key), read.ledger, standing.lastWrite))
      .map(([key]): Damage => ({ table, key, what: 'old' }));
    const gone = [...known.keys()].filter((key) => !rows.has(key)).map((key): Damage => ({ table, key, what: 'gone' }));
    return [...old, ...gone];
  });
  const { until, unknown, open } = read.ledger;
  const extent = { until, unknown, lastWrite: standing.lastWrite };
  const inTheOpen: Damage[] = [];
  for (const table of openTables) {
    const known = new Map(Object.entries(open[table] ?? {}));
    inTheOpen.push(...(await changedOpenRows(database, table, standing.open[table], known, extent)));
  }
  return [...sealed, ...inTheOpen];
}

function isOld(write: number, latest: number | undefined, { until, unknown }: Ledger, lastWrite: number): boolean {
  if (write > lastWrite) return true;
  if (latest !== undefined) return write < latest;
  // The archive took it away again, unless it doesn't know.
  return write > 0 && write <= until && !unknown.includes(write);
}

/** Which write put each row that stands there, without reading the rows. */
async function rowsOf(database: Database): Promise<{
  readonly lastWrite: number;
  readonly rows: Record<LedgerTable, Map<string, number>>;
  readonly open: Record<OpenTable, StandingRows>;
}> {
  const rows = {
    ...{ meta: new Map<string, number>(), outages: new Map<string, number>() },
    ...{ mails: new Map<string, number>(), patients: new Map<string, number>() },
  };
  const open: Record<OpenTable, StandingRows> = {
    ...{ payers: new Map(), payerFiles: new Map() },
    ...{ payerFileEntries: new Map(), catalogues: new Map() },
  };
  // In one go: what is written meanwhile is neither in the rows nor in the count.
  const lastWrite = await database.transaction('r', [...ledgerTables, ...openTables, database.counters], async () => {
    for (const table of openTables) open[table] = await standingOf(database, table);
    await Promise.all(
      ledgerTables.map((table) =>
        database
          .table<object, string>(table)
          .orderBy('write')
          .eachKey((write, { primaryKey }) => {
            if (typeof write === 'number') rows[table].set(primaryKey, write);
          }),
      ),
    );
    return (await database.counters.get('write'))?.value ?? 0;
  });
  return { lastWrite, rows, open };
}

/** The ledger up to a write: what was kept, and what the archive has behind it. */
async function readOn(
  kept: Ledger | null,
  lastWrite: number,
  { archive, practiceKey }: Means,
): Promise<{ readonly ledger: Ledger; readonly isChanged: boolean } | null> {
  const state = await archive.state({}).catch(() => null);
  if (state?.kind !== 'ok') return null;
  const { lineage, lastNumber } = state.value;
  // Of another journal, as before a backup was put back; or of one that has become shorter.
  const isOurs = kept?.lineage === lineage && kept.until <= lastNumber;
  const ledger: Ledger = isOurs ? kept : { lineage, until: 0, rows: {}, open: {}, unknown: [] };
  const from = ledger.until;
  const to = Math.min(lastWrite, lastNumber);
  while (ledger.until < to) {
    const limit = Math.min(piece, to - ledger.until);
    const read = await archive.read({ after: ledger.until, limit }).catch(() => null);
    if (read?.kind !== 'ok') return null;
    const { entries, more } = read.value;
    for (const entry of entries) {
      if (entry.number > to) break;
      for (let number = ledger.until + 1; number < entry.number; number += 1) ledger.unknown.push(number);
      const opened = openEntry(entry, practiceKey);
      if (opened === null) ledger.unknown.push(entry.number);
      for (const { table, key, row } of opened?.rows ?? [])
        if (isOpenTable(table)) await noteOpen(ledger, table, key, row);
        else note(ledger, table, key, row === null ? null : entry.number);
      ledger.until = entry.number;
    }
    if (!more || entries.length === 0 || (entries.at(-1)?.number ?? 0) > to) break;
  }
  for (let number = ledger.until + 1; number <= to; number += 1) ledger.unknown.push(number);
  ledger.until = Math.max(ledger.until, to);
  return { ledger, isChanged: !isOurs || ledger.until > from };
}

function note({ rows }: Ledger, table: string, key: string, write: number | null): void {
  if (!isLedgerTable(table)) return;
  const known = (rows[table] ??= {});
  if (write === null) Reflect.deleteProperty(known, key);
  else known[key] = write;
}

async function noteOpen({ open }: Ledger, table: OpenTable, key: string, row: string | null): Promise<void> {
  const known = (open[table] ??= {});
  const written = row === null ? null : writtenSchema.parse(JSON.parse(row));
  if (written === null) Reflect.deleteProperty(known, key);
  else known[key] = { write: written.write, sha256: await hashOf(written) };
}

const writtenSchema = z.looseObject({ write: z.number().int() });

function isLedgerTable(table: string): table is LedgerTable {
  return ledgerTables.some((one) => one === table);
}

const sealedSchema = z.object({ sealed: z.instanceof(Uint8Array) });
const sealedPlace = ['noticing', place, '0'];

/** `null`: there is none yet, or it doesn't open. */
async function keptLedger(database: Database, practiceKey: Uint8Array): Promise<Ledger | null> {
  const kept = sealedSchema.safeParse((await database.noticing.get(place))?.value);
  if (!kept.success) return null;
  const plain = await unsealInBulk(await bulkKey(practiceKey), sealedPlace, new Uint8Array(kept.data.sealed));
  const parsed = ledgerSchema.safeParse(plain === null ? null : unpack(plain).value);
  return parsed.success ? parsed.data : null;
}

/** After years it has some megabytes. */
async function keep(database: Database, ledger: Ledger, practiceKey: Uint8Array): Promise<void> {
  const sealed = await sealInBulk(await bulkKey(practiceKey), sealedPlace, new Uint8Array(pack(ledger)));
  await database.noticing.put({ key: place, value: { sealed } });
}
