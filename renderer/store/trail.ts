import { todayInBerlin } from '../domain/calendar';
import type { IsoDay } from '../domain/certificate';
import { trailKindOf, type TrailContent, type TrailEntry, type TrailKind } from '../domain/trail';
import type { Database, SealedEvent } from './database';
import type { PatientKeys } from './patient-keys';
import { linkOf, openAuditEvent, openEvent } from './rows';

/** So many links are read and opened at a time: the screens go on in between. */
const readAtOnce = 500;

/** What is looked for; `null`: all. */
export interface TrailFilter {
  readonly user: string | null;
  readonly kind: TrailKind | null;
  /** The day by German local time. */
  readonly day: IsoDay | null;
}

/** A page of the trail, newest first. `next`: go on below this sequence number; `null`: that was the oldest. */
export interface TrailPage {
  readonly entries: readonly TrailEntry[];
  readonly next: number | null;
}

/** The audit trail as people read it: every link of the chain, with what it says where a key for it is there. */
export class Trail {
  readonly #database: Database;
  readonly #practiceKey: Uint8Array;
  readonly #keys: PatientKeys | null;

  constructor(database: Database, means: { readonly practiceKey: Uint8Array; readonly keys: PatientKeys | null }) {
    this.#database = database;
    this.#practiceKey = means.practiceKey;
    this.#keys = means.keys;
  }

  /** So many entries that match, below a sequence number (`null`: from the newest). */
  async page(
    filter: TrailFilter,
    options: { readonly below: number | null; readonly limit: number },
  ): Promise<TrailPage> {
    const found: TrailEntry[] = [];
    let below = options.below ?? Number.MAX_SAFE_INTEGER;
    for (;;) {
      const rows = await this.#database.events.where('sequence').below(below).reverse().limit(readAtOnce).toArray();
      const fitting = rows.filter(
        ({ user, at }) =>
          (filter.user === null || user === filter.user) &&
          (filter.day === null || todayInBerlin(new Date(at)) === filter.day),
      );
      for (const entry of await this.#opened(fitting)) {
        if (filter.kind !== null && trailKindOf(entry.content) !== filter.kind) continue;
        if (found.length === options.limit) return { entries: found, next: found.at(-1)?.link.sequence ?? 0 };
        found.push(entry);
      }
      const oldest = rows.at(-1)?.sequence;
      if (oldest === undefined || rows.length < readAtOnce) return { entries: found, next: null };
      below = oldest;
    }
  }

  /** The whole trail, oldest first, a few hundred at a time. */
  async *all(): AsyncGenerator<readonly TrailEntry[]> {
    let after = 0;
    for (;;) {
      const rows = await this.#database.events.where('sequence').above(after).limit(readAtOnce).toArray();
      if (rows.length === 0) return;
      yield await this.#opened(rows);
      after = rows.at(-1)?.sequence ?? after;
    }
  }

  async #opened(rows: readonly SealedEvent[]): Promise<TrailEntry[]> {
    await this.#keys?.load(rows.flatMap(({ keyId }) => keyId ?? []));
    return rows.map((row) => ({ link: linkOf(row), content: this.#contentOf(row) }));
  }

  #contentOf(row: SealedEvent): TrailContent {
    const { recordId, keyId } = row;
    if (recordId === null) {
      const event = openAuditEvent(row, this.#practiceKey);
      return event === null ? { kind: 'damaged' } : { kind: 'practice', detail: event.detail };
    }
    const key = keyId === null ? null : (this.#keys?.key(keyId) ?? null);
    if (key === null) return { kind: 'closed', recordId };
    const event = openEvent(row, key);
    return event === null ? { kind: 'damaged' } : { kind: 'record', recordId, detail: event.detail };
  }
}
