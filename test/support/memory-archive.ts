import type { ArchiveEntry, ArchiveState } from '../../electron/contract/archive';
import type { Failure, Result } from '../../electron/contract/call';
import type { Host } from '../../electron/contract/host';

const ok = <T>(value: T): Promise<Result<T>> => Promise.resolve({ kind: 'ok', value });

/** The host's archive in memory, for pages that no host serves: journal and keys as the real one answers, no backups. Tests can take it away. */
export class MemoryArchive {
  readonly entries = new Map<number, ArchiveEntry>();
  readonly keys = new Map<string, string>();
  readonly forgotten = new Set<string>();
  lineage = 'lineage-1';
  /** As long as it is set, every call fails so. */
  failure: Failure | null = null;
  /** Entries that were read so far. */
  read = 0;
  #writerId: string | null = null;

  /** As the page calls it. */
  get calls(): Host['archive'] {
    const refused = () =>
      Promise.resolve({ kind: 'failed', failure: { reason: 'unsupported', code: null, text: 'in memory' } } as const);
    const unless = async <T>(answer: () => Promise<Result<T>>): Promise<Result<T>> =>
      this.failure === null ? answer() : { kind: 'failed', failure: this.failure };
    return {
      state: () => unless(() => ok(this.#state())),
      open: () => unless(() => ok(this.#state())),
      takeOver: ({ writerId }) =>
        unless(() => {
          this.#writerId = writerId;
          return ok({});
        }),
      append: ({ entries }) =>
        unless(() => {
          for (const entry of entries) this.entries.set(entry.number, entry);
          return ok({});
        }),
      read: ({ after, limit }) =>
        unless(() => {
          const above = this.#sorted().filter(({ number }) => number > after);
          const entries = above.slice(0, limit);
          this.read += entries.length;
          return ok({ entries, more: above.length > limit });
        }),
      keepKeys: ({ keys }) =>
        unless(() => {
          for (const { id, wrapped } of keys) this.keys.set(id, wrapped);
          return ok({});
        }),
      forgetKey: ({ id }) =>
        unless(() => {
          this.keys.delete(id);
          this.forgotten.add(id);
          return ok({});
        }),
      keys: () =>
        unless(() =>
          ok({
            keys: [...this.keys].map(([id, wrapped]) => ({ id, wrapped })),
            forgotten: [...this.forgotten],
          }),
        ),
      header: () => ok({ bytes: null }),
      saveHeader: () => ok({}),
      ...{ backup: refused, backups: refused, checkBackup: refused, restore: refused },
      ...{ startAnew: refused, setSecondPlace: refused },
    };
  }

  #sorted(): ArchiveEntry[] {
    return [...this.entries.values()].sort((a, b) => a.number - b.number);
  }

  #state(): ArchiveState {
    const lastNumber = this.#sorted().at(-1)?.number ?? 0;
    const gaps = Array.from({ length: lastNumber }, (_, at) => at + 1)
      .filter((number) => !this.entries.has(number))
      .map((number) => ({ from: number, to: number }));
    return {
      ...{ lineage: this.lineage, restored: null, writerId: this.#writerId, lastNumber, gaps },
      ...{ damaged: { lines: [], keys: 0, header: false }, cutBytes: 0, bytes: 0, freeBytes: null, folder: '' },
    };
  }
}
