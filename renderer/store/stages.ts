import type { StageName } from '../domain/state';
import type { Database } from './database';
import { unwatched } from './watch';

const everyStage: Readonly<Record<StageName, true>> = {
  ...{ recorded: true, issued: true, signed: true, attempting: true, unknown: true, 'handed-over': true },
  ...{ delivered: true, closed: true, rejected: true, informed: true },
  ...{ 'paper-only': true, discarded: true, cancelled: true },
};
/** So many changed rows are read singly; with more, all stages are read again by their index, which holds no content. */
const changedAtMost = 2_000;

/** In which stage every record stands (`closed` counts as `delivered`), in memory. Nothing is opened for it, and after a write only what it changed is read. */
export class Stages {
  readonly #database: Database;
  #known = new Map<string, StageName>();
  /** The last write that is in `#known`; -1: nothing is. */
  #until = -1;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By record id. Valid until it is asked again: keep nothing but what was made from it. */
  async all(): Promise<ReadonlyMap<string, StageName>> {
    const { records, counters } = this.#database;
    const known = await this.#database.transaction('r', records, counters, async () => {
      const last = (await counters.get('write'))?.value ?? 0;
      const since = this.#until;
      const changed = since < 0 ? null : records.where('write').above(since);
      if (changed === null || (await changed.count()) > changedAtMost) return null;
      const rows = await changed.toArray();
      const count = await records.count();
      // Another call may have been faster: its map is as good or better.
      if (since !== this.#until) return this.#known;
      for (const { id, stage } of rows) this.#known.set(id, stage);
      this.#until = last;
      // Some are gone, as after an erasure: which ones, only reading all tells.
      return this.#known.size === count ? this.#known : null;
    });
    // The count of writes was read: a watched query comes again with the next one, and need not remember every key.
    return known ?? unwatched(() => this.#readAll());
  }

  async #readAll(): Promise<ReadonlyMap<string, StageName>> {
    const { records, counters } = this.#database;
    return this.#database.transaction('r', records, counters, async () => {
      const last = (await counters.get('write'))?.value ?? 0;
      const stages = Object.keys(everyStage).filter(isStage);
      const ids = await Promise.all(stages.map((stage) => records.where('stage').equals(stage).primaryKeys()));
      this.#known = new Map(stages.flatMap((stage, at) => (ids[at] ?? []).map((id) => [id, stage] as const)));
      this.#until = last;
      return this.#known;
    });
  }
}

function isStage(name: string): name is StageName {
  return Object.hasOwn(everyStage, name);
}
