import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { newestFirst } from '../domain/record';
import type { Damages } from './damages';
import type { Database, RecordRow, SearchBlockRow, SearchTailRow } from './database';
import { mapInPieces } from './in-pieces';
import { pack, unpack } from './packing';
import { bulkKey, seal, sealInBulk, unseal, unsealInBulk } from './sealing';
import { has, summaryOf, summarySchema, wantedOf, wordsOf, type Summary } from './summaries';
import type { Write } from './write';

/** So many summaries go into one block: opening a block costs as much as opening a few rows. */
export const blockSize = 512;
/** Stands between the words of two records in a block. */
const separator = '\u0000';
/** From so many letters on, what is typed may be the beginning of a document's id. */
const documentIdLetters = 4;

const headSchema = z.object({ ids: z.array(z.string()), createdAt: z.array(z.string()) });
const entrySchema = z.object({ summary: summarySchema, words: z.string() });

/** A record in the index. */
interface Entry {
  readonly id: string;
  readonly createdAt: string;
  readonly words: string;
  readonly summary: () => Summary;
}

interface OpenTail {
  readonly sealed: Uint8Array;
  readonly entry: Entry;
}

/**
 * What the search goes by: a summary of every record, in memory. In the database they lie in packed blocks, so that a hundred thousand are
 * opened in a moment, and singly in a tail that is packed when it is long enough. A cache: it is made again from the records where it doesn't
 * hold all of them.
 */
export class SearchIndex {
  readonly #database: Database;
  readonly #clinical: Uint8Array;
  readonly #newId: () => string;
  readonly #damages: Damages | null;
  readonly #blocks = new Map<string, Promise<readonly Entry[]>>();
  readonly #tail = new Map<string, OpenTail>();
  #bulkKey: Promise<CryptoKey> | null = null;
  /** All entries, newest first, of the blocks and tail as of `#stamp`. */
  #entries: readonly Entry[] = [];
  #byId: ReadonlyMap<string, Entry> | null = null;
  #packed: { readonly stamp: string; readonly entries: readonly Entry[] } = { stamp: '', entries: [] };
  #stamp = '';
  /** Settled entries in the tail, about: those of other windows are counted when it comes to packing. */
  #settled: number | null = null;
  #isPacking = false;

  constructor(database: Database, means: { clinical: Uint8Array; newId: () => string; damages?: Damages }) {
    this.#damages = means.damages ?? null;
    this.#database = database;
    this.#clinical = means.clinical;
    this.#newId = means.newId;
  }

  /** In a write's transaction: keeps a record's summary, along with what is written. */
  note(row: RecordRow, keyId: string, write: Write): void {
    const summary = summaryOf(row, keyId);
    const words = wordsOf(summary);
    const place = tailPlace(row.id, write.number);
    write.putSealed('searchTail', row.id, async () => {
      const sealed = await sealInBulk(await this.#ownKey(), place, pack({ summary, words }));
      // Known already when it is searched or packed. Should the write come to nothing, no row in the database is this one.
      this.#tail.set(row.id, { sealed, entry: entryOf(summary, words) });
      return tailRow(row, write.number, sealed);
    });
    if (isSettled(row) && this.#settled !== null) this.#settled += 1;
  }

  /** The ids of all records, newest first, that have every word that was typed; all with nothing typed. Umlauts and case don't matter. */
  async search(typed: string): Promise<string[]> {
    const entries = await this.#refresh();
    const wanted = wantedOf(typed);
    if (wanted.length === 0) return entries.map(({ id }) => id);
    const byDocument = await Promise.all(wanted.map((readings) => this.#ofDocuments(readings)));
    if (byDocument.every((ids) => ids.size === 0))
      return entries.filter(({ words }) => has(words, wanted)).map(({ id }) => id);
    return entries
      .filter(({ id, words }) =>
        wanted.every((word, index) => byDocument[index]?.has(id) === true || has(words, [word])),
      )
      .map(({ id }) => id);
  }

  /** The summaries of these records, as far as there are any, in the order asked for. */
  async summaries(ids: readonly string[]): Promise<Summary[]> {
    const entries = await this.#refresh();
    this.#byId ??= new Map(entries.map((entry) => [entry.id, entry]));
    const known = this.#byId;
    return ids.flatMap((id) => known.get(id)?.summary() ?? []);
  }

  /** How many records it knows. */
  async size(): Promise<number> {
    return (await this.#refresh()).length;
  }

  /** Packs what is settled of the tail into a block, when there is enough of it. */
  async packIfFull(): Promise<void> {
    if (this.#isPacking) return;
    this.#settled ??= await this.#database.searchTail.where('settled').equals(1).count();
    if (this.#settled < blockSize) return;
    this.#isPacking = true;
    try {
      this.#settled = await this.#pack();
    } finally {
      this.#isPacking = false;
    }
  }

  /** Sealed beside the transaction, so that nobody's write waits for it. How many settled ones are left. */
  async #pack(): Promise<number> {
    const { searchTail, searchBlocks } = this.#database;
    const rows = (await searchTail.where('settled').equals(1).toArray()).sort(byAge);
    const packed = rows.slice(0, blockSize);
    if (packed.length < blockSize) return rows.length;
    const summaries = await mapInPieces(packed, (row) => this.#openTail(row)?.summary() ?? null);
    const { id, plain } = this.#plainBlock(summaries);
    const block = { id, sealed: await sealInBulk(await this.#ownKey(), blockPlace(id), plain) };
    return this.#database.transaction('rw', searchTail, searchBlocks, async () => {
      const ids = packed.map(({ recordId }) => recordId);
      const now = await searchTail.bulkGet(ids);
      // Written anew or erased meanwhile: another time.
      if (now.some((row, at) => row?.write !== packed[at]?.write)) return rows.length;
      await searchBlocks.add(block);
      await searchTail.bulkDelete(ids);
      ids.forEach((recordId) => this.#tail.delete(recordId));
      return rows.length - packed.length;
    });
  }

  /** Takes records out for good: their summaries are in no block any more. */
  async remove(ids: ReadonlySet<string>): Promise<void> {
    const { searchTail, searchBlocks } = this.#database;
    await this.#database.transaction('rw', searchTail, searchBlocks, async () => {
      await searchTail.bulkDelete([...ids]);
      for (const row of await searchBlocks.toArray()) {
        const plain = unseal(this.#clinical, blockPlace(row.id), row.sealed);
        if (plain === null || !headOf(plain).ids.some((id) => ids.has(id))) continue;
        const left = summariesOf(plain).filter(({ id }) => !ids.has(id));
        await searchBlocks.delete(row.id);
        if (left.length > 0) await searchBlocks.add(this.#block(left));
      }
    });
    // Nor in memory.
    ids.forEach((id) => this.#tail.delete(id));
  }

  /** Empties it: what is added next is all it holds. */
  async clear(): Promise<void> {
    const { searchTail, searchBlocks } = this.#database;
    await this.#database.transaction('rw', searchTail, searchBlocks, async () => {
      await searchTail.clear();
      await searchBlocks.clear();
    });
    this.#tail.clear();
    this.#settled = null;
  }

  /** Adds many records at once, as when it is made anew. Those that it knows from the tail are left as they are. */
  async add(
    rows: readonly { readonly row: RecordRow; readonly keyId: string; readonly write: number }[],
  ): Promise<void> {
    const { searchTail, searchBlocks } = this.#database;
    await this.#database.transaction('rw', searchTail, searchBlocks, async () => {
      const known = new Set(await searchTail.toCollection().primaryKeys());
      const missing = rows.filter(({ row }) => !known.has(row.id));
      const settled = missing.filter(({ row }) => row.stage !== 'recorded');
      const drafts = missing.filter(({ row }) => row.stage === 'recorded');
      if (settled.length > 0)
        await searchBlocks.add(this.#block(settled.map(({ row, keyId }) => summaryOf(row, keyId))));
      await searchTail.bulkPut(
        drafts.map(({ row, keyId, write }) => {
          const summary = summaryOf(row, keyId);
          const plain = pack({ summary, words: wordsOf(summary) });
          return tailRow(row, write, seal(this.#clinical, tailPlace(row.id, write), plain));
        }),
      );
    });
  }

  /** Reads what changed since the last time, here or in another window. */
  async #refresh(): Promise<readonly Entry[]> {
    const { searchTail, searchBlocks } = this.#database;
    const [blockIds, tail] = await Promise.all([searchBlocks.toCollection().primaryKeys(), searchTail.toArray()]);
    await this.#loadBlocks(blockIds);
    const current = new Set(blockIds);
    for (const id of this.#blocks.keys()) if (!current.has(id)) this.#blocks.delete(id);
    const stamp = JSON.stringify([blockIds, tail.map(({ recordId, write }) => [recordId, write])]);
    if (stamp === this.#stamp) return this.#entries;
    const packed = await this.#packedEntries(blockIds);
    const single = tail.flatMap((row) => this.#openTail(row) ?? []);
    this.#entries = merged(packed, single.sort(newestFirst));
    this.#byId = null;
    this.#stamp = stamp;
    return this.#entries;
  }

  /** The entries of all blocks, newest first: sorted when the blocks are others, not with every write. */
  async #packedEntries(blockIds: readonly string[]): Promise<readonly Entry[]> {
    const stamp = blockIds.join(' ');
    if (stamp !== this.#packed.stamp)
      this.#packed = { stamp, entries: (await Promise.all(this.#blocks.values())).flat().sort(newestFirst) };
    return this.#packed.entries;
  }

  async #loadBlocks(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => !this.#blocks.has(id));
    if (missing.length > 0) {
      const key = await this.#ownKey();
      const rows = await this.#database.searchBlocks.bulkGet([...missing]);
      for (const row of rows)
        if (row !== undefined && !this.#blocks.has(row.id)) this.#blocks.set(row.id, this.#openBlock(key, row));
    }
    await Promise.all(this.#blocks.values());
  }

  /** What doesn't open is said and left out. */
  async #openBlock(key: CryptoKey, row: SearchBlockRow): Promise<readonly Entry[]> {
    const entries = await openBlock(key, row);
    if (entries === null) this.#damages?.note({ table: 'searchBlocks', key: row.id, what: 'closed' });
    return entries ?? [];
  }

  #block(summaries: readonly Summary[]): { id: string; sealed: Uint8Array } {
    const { id, plain } = this.#plainBlock(summaries);
    return { id, sealed: seal(this.#clinical, blockPlace(id), plain) };
  }

  #plainBlock(summaries: readonly Summary[]): { id: string; plain: Uint8Array<ArrayBuffer> } {
    const head = { ids: summaries.map((one) => one.id), createdAt: summaries.map(({ createdAt }) => createdAt) };
    const words = utf8ToBytes(summaries.map((one) => wordsOf(one).replaceAll(separator, ' ')).join(separator));
    const lines = utf8ToBytes(JSON.stringify(summaries));
    return { id: this.#newId(), plain: pack(head, [words, lines]) };
  }

  async #ownKey(): Promise<CryptoKey> {
    this.#bulkKey ??= bulkKey(this.#clinical);
    return this.#bulkKey;
  }

  /** What doesn't open is said and left out: the index then holds too few, and is made anew at the next start. */
  #openTail(row: SearchTailRow): Entry | null {
    const known = this.#tail.get(row.recordId);
    if (known !== undefined && isSame(known.sealed, row.sealed)) return known.entry;
    const plain = unseal(this.#clinical, tailPlace(row.recordId, row.write), row.sealed);
    if (plain === null) {
      this.#damages?.note({ table: 'searchTail', key: row.recordId, what: 'closed' });
      return null;
    }
    const { summary, words } = entrySchema.parse(unpack(plain).value);
    const entry = entryOf(summary, words);
    this.#tail.set(row.recordId, { sealed: row.sealed, entry });
    return entry;
  }

  /** The records whose documents' ids begin with what was typed. */
  async #ofDocuments(readings: readonly string[]): Promise<ReadonlySet<string>> {
    const beginnings = readings.filter((word) => word.length >= documentIdLetters && /^[0-9a-f-]+$/.test(word));
    if (beginnings.length === 0) return new Set();
    const found = await this.#database.documents.where('documentId').startsWithAnyOf(beginnings).toArray();
    return new Set(found.map(({ recordId }) => recordId));
  }
}

const tailPlace = (recordId: string, write: number): readonly string[] => ['searchTail', recordId, String(write)];

function tailRow(record: RecordRow, write: number, sealed: Uint8Array): SearchTailRow {
  return { recordId: record.id, write, createdAt: record.createdAt, settled: isSettled(record) ? 1 : 0, sealed };
}

function isSettled({ stage }: RecordRow): boolean {
  return stage !== 'recorded';
}

const blockPlace = (id: string): readonly string[] => ['searchBlocks', id];

function entryOf(summary: Summary, words: string): Entry {
  return { id: summary.id, createdAt: summary.createdAt, words, summary: () => summary };
}

/** `null`: it doesn't open. */
async function openBlock(key: CryptoKey, row: SearchBlockRow): Promise<readonly Entry[] | null> {
  const plain = await unsealInBulk(key, blockPlace(row.id), new Uint8Array(row.sealed));
  if (plain === null) return null;
  const { ids, createdAt } = headOf(plain);
  const words = new TextDecoder().decode(unpack(plain).blobs[0]).split(separator);
  // Read only when a line of this block is shown.
  let summaries: readonly Summary[] | null = null;
  return ids.map((id, index): Entry => ({
    id,
    createdAt: createdAt[index] ?? '',
    words: words[index] ?? '',
    summary: () => {
      summaries ??= summariesOf(plain);
      const summary = summaries[index];
      if (summary === undefined) throw new Error(`Block ${row.id} holds no line ${String(index)}.`);
      return summary;
    },
  }));
}

function headOf(plain: Uint8Array): z.output<typeof headSchema> {
  return headSchema.parse(unpack(plain).value);
}

function summariesOf(plain: Uint8Array): Summary[] {
  return z.array(summarySchema).parse(JSON.parse(new TextDecoder().decode(unpack(plain).blobs[1])));
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  // The nonce is enough: no two pieces have the same.
  return one.subarray(0, 12).every((byte, index) => byte === other[index]);
}

/** Both are newest first, and so is what comes of them; of a record that is in both, the single entry counts. */
function merged(packed: readonly Entry[], single: readonly Entry[]): readonly Entry[] {
  if (single.length === 0) return packed;
  const singles = new Set(single.map(({ id }) => id));
  const entries: Entry[] = [];
  let at = 0;
  for (const entry of packed) {
    for (let next = single[at]; next !== undefined && newestFirst(next, entry) <= 0; next = single[at]) {
      entries.push(next);
      at += 1;
    }
    if (!singles.has(entry.id)) entries.push(entry);
  }
  return [...entries, ...single.slice(at)];
}

function byAge(a: SearchTailRow, b: SearchTailRow): number {
  return a.createdAt < b.createdAt ? -1 : 1;
}
