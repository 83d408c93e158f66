import type { z } from 'zod';
import type { Database, LagebildRow } from './database';

/** gematik announces and we show 14 days. */
const keptDays = 14;

/** What the program notices by itself, and what it has told the user already. Nothing here is personal, so nothing is encrypted. */
export class NoticingStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps what the TI-Lagebild said at one of its probes, and drops what is older than 14 days. */
  async saveLagebild(row: LagebildRow): Promise<void> {
    const { lagebild } = this.#database;
    const oldest = new Date(new Date(row.at).getTime() - keptDays * 86_400_000).toISOString();
    await this.#database.transaction('rw', lagebild, async () => {
      await lagebild.put(row);
      await lagebild.where('at').below(oldest).delete();
    });
  }

  /** What the TI-Lagebild said from an instant on, oldest first. */
  async lagebildSince(since: Date): Promise<LagebildRow[]> {
    return this.#database.lagebild.where('at').aboveOrEqual(since.toISOString()).toArray();
  }

  /** What is remembered under this key; `null`: nothing, or nothing that this program understands. */
  async recall<T extends z.ZodType>(key: string, schema: T): Promise<z.output<T> | null> {
    const row = await this.#database.noticing.get(key);
    return row === undefined ? null : (schema.safeParse(row.value).data ?? null);
  }

  /** Differs whenever something was remembered, forgotten or kept: cheap to watch. */
  async stamp(): Promise<string> {
    const [all, last] = await Promise.all([
      this.#database.noticing.toArray(),
      this.#database.lagebild.orderBy('at').last(),
    ]);
    // That a component has answered changes all the time, and nothing that is noticed.
    const rows = all.filter(({ key }) => key !== 'contacts');
    const size = rows.reduce((total, { value }) => total + JSON.stringify(value).length, 0);
    return `${last?.at ?? ''} ${rows.length} ${size} ${JSON.stringify(rows.filter(({ key }) => key !== 'lagebild'))}`;
  }

  async remember(key: string, value: unknown): Promise<void> {
    await this.#database.noticing.put({ key, value });
  }

  async forget(key: string): Promise<void> {
    await this.#database.noticing.delete(key);
  }

  /** Changes what is remembered in one go; nobody else can in between. Returns what `change` returns beside it. */
  async change<T extends z.ZodType, R>(
    key: string,
    schema: T,
    change: (known: z.output<T> | null) => { value: z.output<T>; result: R },
  ): Promise<R> {
    return this.#database.transaction('rw', this.#database.noticing, async () => {
      const { value, result } = change(await this.recall(key, schema));
      await this.remember(key, value);
      return result;
    });
  }
}
