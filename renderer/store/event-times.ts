import type { Database } from './database';

/** What is known of a stretch of time, by its start. */
interface Stretch {
  /** Up to this event. */
  readonly until: number;
  readonly recordIds: ReadonlySet<string>;
}

/** Which events, and which records' events, an interval of time has. Nothing is opened for it; what was found is kept, because events are only appended. */
export class EventTimes {
  readonly #database: Database;
  readonly #stretches = new Map<string, Stretch>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The sequence number of the last event before an instant, by halving: events are numbered in the order of their time. 0: there is none. */
  async lastBefore(instant: string): Promise<number> {
    const { events } = this.#database;
    let [low, high] = [0, await this.#last()];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const event = await events.get(middle);
      if (event !== undefined && event.at >= instant) high = middle - 1;
      else low = middle;
    }
    return low;
  }

  /** The ids of the records to which anything happened from one instant on until before another (ISO; `null`: until now). */
  async recordsTouched(from: string, until: string | null): Promise<ReadonlySet<string>> {
    const name = `${from} ${until ?? ''}`;
    const end = until === null ? await this.#last() : await this.lastBefore(until);
    const known = this.#stretches.get(name) ?? { until: await this.lastBefore(from), recordIds: new Set<string>() };
    if (known.until >= end) return known.recordIds;
    const rows = await this.#database.events.where('sequence').between(known.until, end, false, true).toArray();
    const recordIds = new Set([...known.recordIds, ...rows.flatMap(({ recordId }) => recordId ?? [])]);
    this.#stretches.set(name, { until: end, recordIds });
    return recordIds;
  }

  async #last(): Promise<number> {
    return (await this.#database.events.orderBy('sequence').last())?.sequence ?? 0;
  }
}
