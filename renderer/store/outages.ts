import { outageSchema, type Outage, type OutageScope } from '../domain/outage';
import type { Damages } from './damages';
import type { Database } from './database';
import { OpenedRows } from './opened-rows';
import { openValue, sealValue } from './rows';
import type { Write } from './write';
import type { MustWrite } from './writer';

interface Means {
  readonly practiceKey: Uint8Array;
  readonly mustWrite: MustWrite;
  readonly damages: Damages;
  readonly newId: () => string;
  /** ISO, UTC. */
  readonly now: () => string;
  readonly user: () => string;
}

/** The outages that were declared (P6-03). */
export class Outages {
  readonly #database: Database;
  readonly #means: Means;
  readonly #opened = new OpenedRows<{ readonly value: unknown }>(200);

  constructor(database: Database, means: Means) {
    this.#database = database;
    this.#means = means;
  }

  /** All, newest first. */
  async all(): Promise<Outage[]> {
    const { practiceKey, damages } = this.#means;
    const rows = await this.#database.outages.orderBy('startedAt').reverse().toArray();
    return rows.flatMap((row) => {
      const opened = this.#opened.opened(row.id, row, () => openValue('outages', row.id, row, practiceKey));
      const parsed = outageSchema.safeParse(opened?.value);
      // What stands in the open beside it may have been changed.
      if (parsed.success && parsed.data.startedAt === row.startedAt) return [parsed.data];
      damages.note({ table: 'outages', key: row.id, what: 'closed' });
      return [];
    });
  }

  async declare(scope: OutageScope, reason: string): Promise<Outage> {
    const { newId, now, user } = this.#means;
    const times = { startedAt: now(), confirmedAt: null, endedAt: null };
    const outage = outageSchema.parse({ id: newId(), scope, reason, declaredBy: user(), ...times });
    await this.#means.mustWrite(['outages'], async (write) => this.#put(write, outage));
    return outage;
  }

  async change(id: string, change: (outage: Outage) => Outage): Promise<void> {
    await this.#means.mustWrite(['outages'], async (write) => {
      const row = await this.#database.outages.get(id);
      const opened = row === undefined ? null : openValue('outages', id, row, this.#means.practiceKey);
      if (opened !== null) this.#put(write, change(outageSchema.parse(opened.value)));
    });
  }

  #put(write: Write, outage: Outage): void {
    const { id, startedAt } = outage;
    const sealed = sealValue('outages', id, write.number, outage, this.#means.practiceKey);
    write.put('outages', id, { id, startedAt, write: write.number, sealed });
  }
}
