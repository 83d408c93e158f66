import { fromByteArray, toByteArray } from 'base64-js';
import type { ArchiveState, NumberRange } from '../../../electron/contract/archive';
import type { Failure, Result } from '../../../electron/contract/call';
import type { Host } from '../../../electron/contract/host';
import type { JournalEntry } from '../journal';
import { bulkKey } from '../sealing';
import type { ArchiveMemory, DatabaseSide } from './database-side';
import { holds, openEntry, sealEntry } from './entry-sealing';

/** Something that comparing database and archive brought to light. The user is told; what could be put right has been. */
export type ArchiveNote =
  /** The database was behind: an older copy of it, or the program was killed before it was done. */
  | { readonly what: 'replayed'; readonly writes: number }
  /** The database was gone, or a backup was restored: it was made from the archive. */
  | { readonly what: 'rebuilt'; readonly writes: number; readonly why: 'gone' | 'restored' }
  /** The archive was behind. */
  | { readonly what: 'pushed'; readonly writes: number }
  /** The archive is older than what was acknowledged here: an old copy of it was put in its place. */
  | { readonly what: 'archive-older'; readonly acknowledged: number; readonly lastNumber: number }
  /** There was no archive where this database's was: another has begun. */
  | { readonly what: 'archive-new' }
  | { readonly what: 'cut'; readonly bytes: number }
  | { readonly what: 'damaged'; readonly lines: number }
  | { readonly what: 'keys-damaged'; readonly keys: number }
  /** Writes that neither side has whole: what they put is lost as far as no later write put it again. */
  | { readonly what: 'lost'; readonly numbers: readonly NumberRange[] };

/** How database and archive stand to each other. */
export type ArchiveStanding =
  | { readonly kind: 'in-step'; readonly lineage: string; readonly notes: readonly ArchiveNote[] }
  /** The same numbers hold other rows (or `foreign`: it isn't this practice's). Nothing was written on either side. */
  | {
      readonly kind: 'forked';
      readonly numbers: readonly number[];
      readonly foreign: boolean;
      readonly state: ArchiveState;
    }
  /** Another browser or program has taken over, or the archive was replaced by a backup: nothing is written here any more until the page is loaded again. */
  | { readonly kind: 'superseded'; readonly failure: Failure }
  | { readonly kind: 'without'; readonly failure: Failure };

export interface ReconcileMeans {
  readonly archive: Host['archive'];
  readonly practiceKey: Uint8Array;
  readonly database: DatabaseSide;
  readonly memory: ArchiveMemory;
  /** Writes of this page that are in the database and not yet in the archive, whole: the database itself no longer knows of rows that were taken away or replaced. */
  readonly pending?: ReadonlyMap<number, JournalEntry>;
}

/** So many of the last writes that both sides have are compared row by row. */
const comparedWrites = 64;
/** Writes that go over in one call. */
const pieceOfWrites = 200;

class Failing extends Error {
  constructor(readonly failure: Failure) {
    super(failure.text);
  }
}

/**
 * Compares database and archive and brings both to the same state: a database that is behind or gone is made from the archive, an archive that is behind gets what it
 * lacks, and after a restore the database is made anew. Where both went on by themselves nothing is touched (`forked`). Never rejects for what the host reports.
 */
export async function reconcile(means: ReconcileMeans): Promise<ArchiveStanding> {
  try {
    return await new Comparison(means).run();
  } catch (error) {
    if (error instanceof Failing) return { kind: 'without', failure: error.failure };
    throw error;
  }
}

class Comparison {
  readonly #means: ReconcileMeans;
  readonly #notes: ArchiveNote[] = [];

  constructor(means: ReconcileMeans) {
    this.#means = means;
  }

  async run(): Promise<ArchiveStanding> {
    const { archive, database, memory } = this.#means;
    const state = await asked(archive.open({}));
    const known = memory.load();
    const isRestored = known !== null && state.restored?.insteadOf.includes(known.lineage) === true;
    if (isRestored) await database.clear();
    const lastWrite = await database.lastWrite();
    const isOther = known !== null && known.lineage !== state.lineage && !isRestored;

    const forked = await this.#compare(state, lastWrite);
    if (forked !== null) return { kind: 'forked', state, ...forked };
    await asked(archive.takeOver({ writerId: memory.writerId }));
    if (isOther && state.lastNumber === 0 && lastWrite > 0) this.#notes.push({ what: 'archive-new' });
    const isDamaged = state.damaged.lines.length > 0;
    if (known?.lineage === state.lineage && state.lastNumber < known.acknowledged && !isDamaged) {
      const { lastNumber } = state;
      this.#notes.push({ what: 'archive-older', acknowledged: known.acknowledged, lastNumber });
    }
    this.#noteDamage(state);
    await this.#exchangeKeys();
    if (state.lastNumber > lastWrite) await this.#replay(lastWrite, isRestored, state);
    const pushed = await this.#push(state, lastWrite);
    if (pushed > 0) this.#notes.push({ what: 'pushed', writes: pushed });
    memory.save({ lineage: state.lineage, acknowledged: Math.max(state.lastNumber, lastWrite) });
    return { kind: 'in-step', lineage: state.lineage, notes: this.#notes };
  }

  /** The last writes that both have. */
  async #compare(state: ArchiveState, lastWrite: number): Promise<{ numbers: number[]; foreign: boolean } | null> {
    const { archive, practiceKey, database } = this.#means;
    if (state.lastNumber > 0) {
      const [newest] = (await asked(archive.read({ after: state.lastNumber - 1, limit: 1 }))).entries;
      const [oldest] = (await asked(archive.read({ after: 0, limit: 1 }))).entries;
      const isOurs = [newest, oldest].some((entry) => entry !== undefined && openEntry(entry, practiceKey) !== null);
      if (!isOurs && (newest ?? oldest) !== undefined) return { numbers: [], foreign: true };
    }
    const to = Math.min(state.lastNumber, lastWrite);
    const from = Math.max(1, to - comparedWrites + 1);
    if (to === 0) return null;
    const kept = (await asked(archive.read({ after: from - 1, limit: comparedWrites }))).entries;
    const byNumber = new Map(kept.map((entry) => [entry.number, openEntry(entry, practiceKey)]));
    const numbers = (await database.rowsBetween(from, to))
      .filter((ours) => {
        const theirs = byNumber.get(ours.number);
        return theirs !== undefined && theirs !== null && !holds(theirs, ours);
      })
      .map(({ number }) => number);
    return numbers.length > 0 ? { numbers, foreign: false } : null;
  }

  #noteDamage({ cutBytes, damaged }: ArchiveState): void {
    if (cutBytes > 0) this.#notes.push({ what: 'cut', bytes: cutBytes });
    if (damaged.lines.length > 0) this.#notes.push({ what: 'damaged', lines: damaged.lines.length });
    if (damaged.keys > 0) this.#notes.push({ what: 'keys-damaged', keys: damaged.keys });
  }

  async #exchangeKeys(): Promise<void> {
    const { archive, database, memory } = this.#means;
    const kept = await asked(archive.keys({}));
    const forgotten = new Set(kept.forgotten);
    const ours = await database.patientKeys();
    const has = new Set(ours.map(({ id }) => id));
    const theirs = new Set(kept.keys.map(({ id }) => id));
    const gone = ours.filter(({ id }) => forgotten.has(id)).map(({ id }) => id);
    if (gone.length > 0) await database.removePatientKeys(gone);
    const missing = kept.keys.filter(({ id }) => !has.has(id));
    if (missing.length > 0)
      await database.addPatientKeys(missing.map(({ id, wrapped }) => ({ id, wrapped: toByteArray(wrapped) })));
    const unkept = ours.filter(({ id }) => !theirs.has(id) && !forgotten.has(id));
    for (let from = 0; from < unkept.length; from += 1000) {
      const keys = unkept.slice(from, from + 1000).map(({ id, wrapped }) => ({ id, wrapped: fromByteArray(wrapped) }));
      await asked(archive.keepKeys({ writerId: memory.writerId, keys }));
    }
  }

  async #replay(lastWrite: number, isRestored: boolean, state: ArchiveState): Promise<void> {
    const { archive, practiceKey, database } = this.#means;
    let writes = 0;
    const lost: number[] = state.gaps.flatMap(({ from, to }) => numbersBetween(Math.max(from, lastWrite + 1), to));
    for (let after = lastWrite, more = true; more;) {
      const piece = await asked(archive.read({ after, limit: pieceOfWrites }));
      const opened: JournalEntry[] = [];
      for (const entry of piece.entries) {
        const found = openEntry(entry, practiceKey);
        if (found === null) lost.push(entry.number);
        else opened.push(found);
      }
      await database.apply(opened);
      writes += opened.length;
      after = piece.entries.at(-1)?.number ?? after;
      more = piece.more;
    }
    const rebuilt = lastWrite === 0;
    this.#notes.push(
      rebuilt ? { what: 'rebuilt', writes, why: isRestored ? 'restored' : 'gone' } : { what: 'replayed', writes },
    );
    if (lost.length > 0) this.#notes.push({ what: 'lost', numbers: rangesOf(lost) });
  }

  /** What the archive lacks of what the database wrote; a write of which nothing is left goes as an empty one, so that no number is missing. */
  async #push({ lineage, lastNumber, gaps }: ArchiveState, lastWrite: number): Promise<number> {
    const { archive, practiceKey, database, memory, pending } = this.#means;
    const missing = gaps
      .filter(({ from }) => from <= lastWrite)
      .map(({ from, to }) => ({ from, to: Math.min(to, lastWrite) }));
    if (lastWrite > lastNumber) missing.push({ from: lastNumber + 1, to: lastWrite });
    const key = await bulkKey(practiceKey);
    let pushed = 0;
    for (const range of missing)
      for (let from = range.from; from <= range.to; from += pieceOfWrites) {
        const to = Math.min(range.to, from + pieceOfWrites - 1);
        const rows = new Map((await database.rowsBetween(from, to)).map((entry) => [entry.number, entry]));
        const sealed = await Promise.all(
          numbersBetween(from, to).map(async (number) =>
            sealEntry(pending?.get(number) ?? rows.get(number) ?? { number, rows: [] }, key),
          ),
        );
        for (const entries of piecesOf(sealed))
          await asked(archive.append({ writerId: memory.writerId, lineage, entries }));
        pushed += rows.size;
      }
    return pushed;
  }
}

/** Characters of one call's entries: well below what the host takes in one request. */
const pieceOfCharacters = 8 * 1024 * 1024;

/** Cuts entries into calls that the host takes. */
export function piecesOf<T extends { readonly bytes: string }>(entries: readonly T[]): T[][] {
  const pieces: T[][] = [];
  let size = Infinity;
  for (const entry of entries) {
    if (size + entry.bytes.length > pieceOfCharacters) {
      pieces.push([]);
      size = 0;
    }
    pieces.at(-1)?.push(entry);
    size += entry.bytes.length;
  }
  return pieces;
}

/** A host that is not there rejects; what it can't do it says. */
async function asked<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer.catch((error: unknown): Result<T> => {
    return { kind: 'failed', failure: { reason: 'unreachable', code: null, text: String(error) } };
  });
  if (result.kind === 'failed') throw new Failing(result.failure);
  return result.value;
}

function numbersBetween(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => from + place);
}

function rangesOf(numbers: readonly number[]): NumberRange[] {
  const ranges: { from: number; to: number }[] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.to === number - 1) last.to = number;
    else ranges.push({ from: number, to: number });
  }
  return ranges;
}
