import type { z } from 'zod';
import type { Damages } from './damages';
import type { Database } from './database';
import { OpenedRows } from './opened-rows';
import { openValue, sealValue } from './rows';
import type { Write } from './write';

/** The practice's single values, each under its name in `meta`, sealed with the practice's key: set-up, pauses, hold. */
export class PracticeValues {
  readonly #database: Database;
  readonly #practiceKey: Uint8Array;
  readonly #damages: Damages;
  readonly #opened = new OpenedRows<{ readonly value: unknown }>(200);

  constructor(database: Database, means: { readonly practiceKey: Uint8Array; readonly damages: Damages }) {
    this.#database = database;
    this.#practiceKey = means.practiceKey;
    this.#damages = means.damages;
  }

  /** One value, or `null`: there is none. Throws where it was changed from outside. */
  async get<T>(name: string, schema: z.ZodType<T>): Promise<T | null> {
    const row = await this.#database.meta.get(name);
    if (row === undefined) return null;
    const opened = this.#opened.opened(`meta ${name}`, row, () => openValue('meta', name, row, this.#practiceKey));
    if (opened !== null) return schema.parse(opened.value);
    this.#damages.note({ table: 'meta', key: name, what: 'closed' });
    // Not `null`: that would be a first start, and the practice would be asked to set itself up anew.
    throw new Error(`The row «${name}» was changed from outside or is broken.`);
  }

  /** In a write's transaction: keeps a value. */
  put(write: Write, name: string, value: unknown): void {
    const sealed = sealValue('meta', name, write.number, value, this.#practiceKey);
    write.put('meta', name, { key: name, write: write.number, sealed });
  }
}
