import { fromByteArray } from 'base64-js';
import type { ArchiveEntry } from '../../../electron/contract/archive';
import type { Failure, Result } from '../../../electron/contract/call';
import type { Journal, JournalEntry, JournalWriting } from '../journal';
import { bulkKey } from '../sealing';
import { holds, openEntry, sealEntry } from './entry-sealing';
import { piecesOf, reconcile, type ArchiveStanding, type ReconcileMeans } from './reconcile';

interface Waiting {
  readonly entry: JournalEntry;
  readonly sealed: ArchiveEntry;
  readonly settle: (writing: JournalWriting) => void;
}

const written: JournalWriting = { kind: 'written' };
/** One call's entries; the host takes no more at a time. */
const mostEntries = 5_000;
/** One call's wrapped keys. */
const mostKeys = 10_000;

/**
 * The journal on the host's disk. What is given while a call is on its way goes in one piece with the next. After the host or its folder was away, database and archive are
 * compared again before anything new is written: nobody knows what came back.
 */
export class HostJournal implements Journal {
  readonly #means: ReconcileMeans;
  readonly #listeners = new Set<() => void>();
  #standing: ArchiveStanding;
  #reconnecting: Promise<ArchiveStanding> | null = null;
  /** Given and not yet known to be on the disk; what failed stays, until it is given again or compared. */
  readonly #pending = new Map<number, JournalEntry>();
  #waiting: Waiting[] = [];
  #sending: Promise<void> | null = null;
  #key: Promise<CryptoKey> | null = null;

  private constructor(means: ReconcileMeans, standing: ArchiveStanding) {
    this.#means = means;
    this.#standing = standing;
  }

  /** Compares database and archive (`reconcile`), and goes on from there. To be called before anything is written. */
  static async open(means: ReconcileMeans): Promise<HostJournal> {
    return new HostJournal(means, await reconcile(means));
  }

  /** How database and archive stood to each other when they were compared last. */
  get standing(): ArchiveStanding {
    return this.#standing;
  }

  get refusal(): Extract<JournalWriting, { kind: 'failed' }> | null {
    return this.#standing.kind === 'superseded' ? failedWriting(this.#standing.failure) : null;
  }

  /** Takes who may write into the archive, as the host says. */
  noteWriter(writerId: string | null): void {
    if (this.#standing.kind !== 'in-step' || writerId === null || writerId === this.#means.memory.writerId) return;
    this.#tell({ kind: 'superseded', failure: failure('superseded', 'Another browser has taken over.') });
  }

  onStanding(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  prepare(entries: readonly JournalEntry[]): () => Promise<readonly JournalWriting[]> {
    const sealing = this.#seal(entries);
    return async () => {
      for (const entry of entries) this.#pending.set(entry.number, entry);
      const sealed = await sealing;
      if (sealed.kind === 'failed') return entries.map(() => failedWriting(sealed.failure));
      const writings = sealed.value.map(
        (one) => new Promise<JournalWriting>((settle) => this.#waiting.push({ ...one, settle })),
      );
      this.#sending ??= this.#send();
      return Promise.all(writings);
    };
  }

  /** By the machine's own AES, off the page's thread. */
  async #seal(entries: readonly JournalEntry[]): Promise<Result<readonly Pick<Waiting, 'entry' | 'sealed'>[]>> {
    try {
      this.#key ??= bulkKey(this.#means.practiceKey);
      const key = await this.#key;
      const sealed = await Promise.all(entries.map(async (entry) => ({ entry, sealed: await sealEntry(entry, key) })));
      return { kind: 'ok', value: sealed };
    } catch (error) {
      return { kind: 'failed', failure: { reason: 'unsupported', code: null, text: String(error) } };
    }
  }

  async keepPatientKey(id: string, wrapped: Uint8Array): Promise<JournalWriting> {
    const { archive, memory } = this.#means;
    const key = { id, wrapped: fromByteArray(wrapped) };
    return this.#connected(() => archive.keepKeys({ writerId: memory.writerId, keys: [key] }));
  }

  /** Brings the archive's copies of these wrapped keys up to them, those that differ; its old ones are overwritten. */
  async renewPatientKeys(
    keys: readonly { readonly id: string; readonly wrapped: Uint8Array }[],
  ): Promise<JournalWriting> {
    const { archive, memory } = this.#means;
    const kept = await this.#call(() => archive.keys({}));
    if (kept.kind === 'failed') return failedWriting(kept.failure);
    const theirs = new Map(kept.value.keys.map(({ id, wrapped }) => [id, wrapped]));
    const changed = keys
      .map(({ id, wrapped }) => ({ id, wrapped: fromByteArray(wrapped) }))
      .filter(({ id, wrapped }) => theirs.get(id) !== wrapped);
    for (let from = 0; from < changed.length; from += mostKeys) {
      const some = changed.slice(from, from + mostKeys);
      const done = await this.#call(() => archive.keepKeys({ writerId: memory.writerId, keys: some }));
      if (done.kind === 'failed') return failedWriting(done.failure);
    }
    return written;
  }

  async forgetPatientKey(id: string): Promise<JournalWriting> {
    const { archive, memory } = this.#means;
    return this.#connected(() => archive.forgetKey({ writerId: memory.writerId, id }));
  }

  async #send(): Promise<void> {
    // What comes in the same turn goes along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, mostEntries);
      // By calls that the host takes; a single entry may be larger than a piece, and the host says so itself if it is too large.
      for (const piece of piecesOf(group.map((one) => ({ ...one, bytes: one.sealed.bytes }))))
        await this.#sendPiece(piece);
    }
    this.#sending = null;
  }

  async #sendPiece(piece: readonly Waiting[]): Promise<void> {
    const { archive, memory } = this.#means;
    const sent = await this.#call((lineage) =>
      archive.append({ writerId: memory.writerId, lineage, entries: piece.map(({ sealed }) => sealed) }),
    );
    if (sent.kind === 'ok') this.#acknowledge(piece);
    else if (sent.failure.reason === 'conflict') await this.#settleOneByOne(piece);
    else piece.forEach(({ settle }) => settle(failedWriting(sent.failure)));
  }

  /** One of the piece is there already under its number: the same write, sealed another time, or another one. */
  async #settleOneByOne(piece: readonly Waiting[]): Promise<void> {
    const { archive, memory, practiceKey } = this.#means;
    for (const one of piece) {
      const { number } = one.entry;
      const sent = await this.#call((lineage) =>
        archive.append({ writerId: memory.writerId, lineage, entries: [one.sealed] }),
      );
      if (sent.kind === 'ok') this.#acknowledge([one]);
      else if (sent.failure.reason !== 'conflict') one.settle(failedWriting(sent.failure));
      else {
        const read = await this.#call(() => archive.read({ after: number - 1, limit: 1 }));
        const standing = read.kind === 'ok' ? read.value.entries.find((entry) => entry.number === number) : undefined;
        const opened = standing === undefined ? null : openEntry(standing, practiceKey);
        if (opened !== null && holds(opened, one.entry)) this.#acknowledge([one]);
        else one.settle(failedWriting(sent.failure));
      }
    }
  }

  #acknowledge(piece: readonly Waiting[]): void {
    const { memory } = this.#means;
    if (this.#standing.kind === 'in-step') {
      const { lineage } = this.#standing;
      const highest = piece.reduce((most, { entry }) => Math.max(most, entry.number), 0);
      memory.save({ lineage, acknowledged: Math.max(highest, memory.load()?.acknowledged ?? 0) });
    }
    piece.forEach(({ entry, settle }) => {
      this.#pending.delete(entry.number);
      settle(written);
    });
  }

  async #connected(call: () => Promise<Result<unknown>>): Promise<JournalWriting> {
    const done = await this.#call(call);
    return done.kind === 'ok' ? written : failedWriting(done.failure);
  }

  /** Calls the host once database and archive agree. A host that is away, or whose folder is, is looked for again at the next call. */
  async #call<T>(call: (lineage: string) => Promise<Result<T>>): Promise<Result<T>> {
    let standing = this.#standing;
    if (standing.kind === 'without') standing = await this.#reconnect();
    if (standing.kind === 'without' || standing.kind === 'superseded')
      return { kind: 'failed', failure: standing.failure };
    if (standing.kind === 'forked')
      return { kind: 'failed', failure: failure('conflict', 'Database and archive went different ways.') };
    let result: Result<T>;
    try {
      result = await call(standing.lineage);
    } catch (error) {
      // The transport: no host answered, or it did not take the call.
      result = { kind: 'failed', failure: failure('unreachable', String(error)) };
    }
    if (result.kind === 'failed' && result.failure.reason === 'unreachable')
      this.#tell({ kind: 'without', failure: result.failure });
    else if (result.kind === 'failed' && result.failure.reason === 'superseded')
      this.#tell({ kind: 'superseded', failure: result.failure });
    return result;
  }

  async #reconnect(): Promise<ArchiveStanding> {
    this.#reconnecting ??= reconcile({ ...this.#means, pending: this.#pending }).then((standing) => {
      this.#reconnecting = null;
      this.#tell(standing);
      return standing;
    });
    return this.#reconnecting;
  }

  #tell(standing: ArchiveStanding): void {
    this.#standing = standing;
    this.#listeners.forEach((listener) => listener());
  }
}

function failure(reason: 'unreachable' | 'conflict' | 'superseded', text: string): Failure {
  return { reason, code: null, text };
}

function failedWriting({ reason, text }: Failure): Extract<JournalWriting, { kind: 'failed' }> {
  const known = reason === 'full' || reason === 'unreachable' || reason === 'superseded' ? reason : 'other';
  return { kind: 'failed', reason: known, text };
}
