import { z } from 'zod';
import type { AuditDetail, AuditEvent } from '../domain/audit';
import type { Clock } from '../domain/clock';
import { findChainBreak, linkEvent, sha256Hex, type ChainBreak, type ChainLink } from '../domain/event-chain';
import type { EventDetail, RecordEvent } from '../domain/event';
import { followChain, followHere, type FollowWhole } from './chain-following';
import type { Damages } from './damages';
import type { Database, SealedCheckpoint, SealedEvent } from './database';
import { linkOf, openAuditEvent, openValue, sealDetail, sealValue, type PatientKey } from './rows';
import type { Write } from './write';

/** So many events after the last one, a checkpoint is sealed. */
const checkpointEvery = 1_000;
/** So many links are read at a time: the screens go on in between. */
const readAtOnce = 2_000;

const checkpointSchema = z.object({ sequence: z.number(), hash: z.string(), at: z.string() });
type Checkpoint = z.output<typeof checkpointSchema>;

/** What the next link has to know of the one before it. */
type LastLink = Pick<ChainLink, 'sequence' | 'hash'>;

/** What checking the chain of events showed. */
export type ChainCheck =
  /** `from`: the first link that was looked at; `until`: the last one of the chain. */
  | { readonly kind: 'held'; readonly from: number; readonly until: number }
  | { readonly kind: 'broken'; readonly sequence: number; readonly what: ChainBreak['what'] }
  /** The chain ends before a sealed checkpoint: events at its end were taken away, or an old database was put in this one's place. */
  | { readonly kind: 'cut'; readonly until: number; readonly sealedUntil: number };

/** The installation's chain of events, over ciphertext: written, read and checked. */
export class EventLog {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #user: () => string;
  readonly #newId: () => string;
  readonly #practiceKey: Uint8Array;
  readonly #damages: Damages;
  readonly #follow: FollowWhole;
  readonly #closing = new AbortController();
  /** The link that a write's next one stands behind, where it is known without asking the database. */
  readonly #pending = new WeakMap<Write, { readonly last: LastLink | null }>();

  constructor(
    database: Database,
    means: {
      readonly clock: Clock;
      readonly user: () => string;
      readonly newId: () => string;
      readonly practiceKey: Uint8Array;
      readonly damages: Damages;
      readonly follow?: FollowWhole | undefined;
    },
  ) {
    this.#database = database;
    this.#clock = means.clock;
    this.#user = means.user;
    this.#newId = means.newId;
    this.#practiceKey = means.practiceKey;
    this.#damages = means.damages;
    this.#follow = means.follow ?? followHere;
  }

  /** The chain's last link in the database, for `standBehind`. */
  async last(): Promise<LastLink | null> {
    return (await this.#database.events.orderBy('sequence').last()) ?? null;
  }

  /** Before a write's first event: says what `last` showed in the same transaction. Behind another write in it, that one's last link counts. */
  standBehind(write: Write, last: LastLink | null): void {
    const before = write.before === null ? undefined : this.#pending.get(write.before);
    this.#pending.set(write, before ?? { last });
  }

  /** In a write's transaction: links what happened to a record behind the last event. */
  async append(
    write: Write,
    recordId: string,
    details: readonly EventDetail[],
    key: PatientKey,
  ): Promise<RecordEvent[]> {
    const events: RecordEvent[] = [];
    const at = this.#clock.now().toISOString();
    let last: LastLink | null = await this.#last(write);
    for (const detail of details) {
      const link = this.#link(write, last, { recordId, at, keyId: key.id, detail, key: key.key });
      const { sequence, id, user, hash } = link;
      events.push({ sequence, id, recordId, at, user, hash, detail });
      last = link;
    }
    return events;
  }

  /** In a write's transaction: links an event of the audit trail behind the last one. */
  async audit(write: Write, detail: AuditDetail): Promise<void> {
    const at = this.#clock.now().toISOString();
    this.#link(write, await this.#last(write), { recordId: null, at, keyId: null, detail, key: this.#practiceKey });
  }

  /** In a write's transaction: seals up to where the chain goes now. */
  async seal(write: Write): Promise<void> {
    const last = await this.#last(write);
    if (last !== null) this.#checkpoint(write, last, this.#clock.now().toISOString());
  }

  /** Events of the audit trail that are about no record, oldest first. */
  async auditTrail(options: { readonly after: number; readonly limit: number }): Promise<AuditEvent[]> {
    const found: AuditEvent[] = [];
    let after = options.after;
    while (found.length < options.limit) {
      const rows = await this.#rows(after, readAtOnce);
      for (const row of rows) {
        if (row.recordId !== null) continue;
        const event = openAuditEvent(row, this.#practiceKey);
        if (event === null) this.#damages.note({ table: 'events', key: String(row.sequence), what: 'closed' });
        else found.push(event);
      }
      const next = rows.at(-1)?.sequence;
      if (next === undefined) break;
      after = next;
    }
    return found.slice(0, options.limit);
  }

  /** Links as they can be checked by anybody, oldest first. */
  async links(after: number, limit: number): Promise<ChainLink[]> {
    return (await this.#rows(after, limit)).map(linkOf);
  }

  /**
   * Checks the chain link by link: from the last sealed checkpoint, or whole. Nothing is repaired. `isUnhurried`:
   * so that nobody who works meanwhile feels it.
   */
  async check(from: 'checkpoint' | 'start', isUnhurried = false): Promise<ChainCheck> {
    const checkpoints = await this.#checkpoints();
    const start = from === 'start' ? undefined : checkpoints.at(-1);
    // The link at the checkpoint itself is looked at too: behind one that was changed, all others would seem to follow.
    let before: ChainLink | null = null;
    if (start !== undefined) {
      const first = await this.#database.events.get(start.sequence);
      if (first === undefined) return this.#cut(start.sequence);
      before = linkOf(first);
      if (!isSealed(before, start.hash)) return { kind: 'broken', sequence: start.sequence, what: 'changed' };
    }
    const course = { before, sealed: new Map(checkpoints.map(({ sequence, hash }) => [sequence, hash])), isUnhurried };
    const followed =
      from === 'start'
        ? await this.#follow(this.#database, course, this.#closing.signal)
        : await followChain(this.#database, course);
    if (followed.kind === 'broken') return followed;
    const { until } = followed;
    const sealedUntil = checkpoints.at(-1)?.sequence ?? 0;
    return until < sealedUntil
      ? { kind: 'cut', until, sealedUntil }
      : { kind: 'held', from: start?.sequence ?? 1, until };
  }

  /** Ends a check that is under way. */
  close(): void {
    this.#closing.abort();
  }

  async #cut(sealedUntil: number): Promise<ChainCheck> {
    const last = await this.#last(null);
    return last !== null && last.sequence > sealedUntil
      ? { kind: 'broken', sequence: sealedUntil, what: 'missing' }
      : { kind: 'cut', until: last?.sequence ?? 0, sealedUntil };
  }

  #link(
    write: Write,
    last: LastLink | null,
    event: { recordId: string | null; at: string; keyId: string | null; detail: unknown; key: Uint8Array },
  ): ChainLink {
    const sequence = (last?.sequence ?? 0) + 1;
    const sealed = sealDetail(event.detail, sequence, event.key);
    const { recordId, at, keyId } = event;
    const id = this.#newId();
    const link = linkEvent(last, { id, recordId, at, user: this.#user(), keyId, sealedSha256: sha256Hex(sealed) });
    const { user, previousHash, hash } = link;
    const row: SealedEvent = {
      sequence,
      id,
      recordId,
      at,
      user,
      keyId,
      previousHash,
      hash,
      write: write.number,
      sealed,
    };
    write.put('events', sequence, row);
    this.#pending.set(write, { last: link });
    if (sequence % checkpointEvery === 0) this.#checkpoint(write, link, at);
    return link;
  }

  #checkpoint(write: Write, { sequence, hash }: LastLink, at: string): void {
    const checkpoint: Checkpoint = { sequence, hash, at };
    const sealed = sealValue('checkpoints', String(sequence), write.number, checkpoint, this.#practiceKey);
    const row: SealedCheckpoint = { sequence, write: write.number, sealed };
    write.put('checkpoints', sequence, row);
  }

  /** Those that open, oldest first. */
  async #checkpoints(): Promise<Checkpoint[]> {
    return (await this.#database.checkpoints.orderBy('sequence').toArray()).flatMap((row) => {
      const opened = openValue('checkpoints', String(row.sequence), row, this.#practiceKey);
      if (opened !== null) return [checkpointSchema.parse(opened.value)];
      this.#damages.note({ table: 'checkpoints', key: String(row.sequence), what: 'closed' });
      return [];
    });
  }

  async #last(write: Write | null): Promise<LastLink | null> {
    const pending = write === null ? undefined : this.#pending.get(write);
    return pending === undefined ? this.last() : pending.last;
  }

  async #rows(after: number, limit: number): Promise<SealedEvent[]> {
    return this.#database.events.where('sequence').above(after).limit(limit).toArray();
  }
}

function isSealed(link: ChainLink, hash: string): boolean {
  // Its own hash must be right as well: a detail put in its place would keep the old one.
  return (
    link.hash === hash && findChainBreak([link], { sequence: link.sequence - 1, hash: link.previousHash }) === null
  );
}
