import type { Clock } from '../domain/clock';
import { sha256Hex } from '../domain/event-chain';
import type { RecordEvent } from '../domain/event';
import { groupBy } from '../domain/grouping';
import type { Outage } from '../domain/outage';
import type { Coverage } from '../domain/certificate';
import type { Payer } from '../domain/payer';
import type { StoredRecord } from '../domain/record';
import { movingStages, openStages } from '../domain/state';
import type { Store } from '../store/store';
import { isOwed, isReady, payerIndex, type PayerIndex } from './agenda';
import {
  HealthMonitor,
  usualLimits,
  type Health,
  type Jitter,
  type RestorationLimits,
  type Signal,
} from './restoration-health';
import { FailedReceipts, type Failed } from './failed-receipts';
import { mayGo, RestorationQueue } from './restoration-queue';
import { earlierSignals, outageSignals, signalOf } from './restoration-signals';

/** An insurer on the screen of the restoration. */
export interface PayerRestoration {
  /** See `payerKeyOf`. */
  readonly key: string;
  readonly name: string;
  readonly provider: string | null;
  readonly health: Health;
  readonly paused: boolean;
  /** Not yet delivered and not done. */
  readonly owed: number;
  /** Handed over, the receipt is awaited. */
  readonly awaitingReceipt: number;
  /** Delivered since its last outage began, as far as events are read. */
  readonly delivered: number;
  /** Certificates that came back or got no receipt, since something last arrived there. */
  readonly failed: Failed;
}

/** Where a restoration stands, computed from events and outages. */
export interface RestorationView {
  readonly paused: boolean;
  /** Insurers that are not up or to whom something is owed; those that need an eye first. */
  readonly payers: readonly PayerRestoration[];
}

/** An insurer's key: its own id, or the IK on the certificate where the insurer file doesn't know it. */
export function payerKeyOf(coverage: Coverage, payers: PayerIndex): string {
  const ik = coverage.payerIk ?? '';
  return payers.get(ik)?.id ?? ik;
}

/** The first 32 bits of a name's hash as a share. */
export const hashedJitter: Jitter = (name) =>
  Number.parseInt(sha256Hex(new TextEncoder().encode(name)).slice(0, 8), 16) / 2 ** 32;

/** What happened longer ago says nothing any more about how an insurer stands; what is still on its way from then says it by itself. */
const memoryDays = 14;
const day = 86_400_000;

/**
 * Knows every insurer's health and what may go out. It holds a copy of what the events of the last two weeks say and reads only new ones; a
 * new object over the same store knows the same. So a start takes as long with ten years of certificates as with two weeks.
 */
export class Restoration {
  readonly #means: { store: Store; clock: Clock };
  readonly #limits: RestorationLimits;
  readonly #jitter: Jitter;
  #payers: PayerIndex = new Map<string, Payer>();
  #outages: readonly Outage[] = [];
  readonly #lines = new Map<string, PayerLine>();
  /** Each record's insurer; content is locked, so it stays. */
  readonly #payerOfRecord = new Map<string, string>();
  #lastSequence = 0;
  /** Events are read from this instant on. */
  #since = 0;
  /** Since when what is still on its way to an insurer has been waiting: the last attempt, or the issuing. */
  readonly #waitingSince = new Map<string, number>();
  /** What the monitors were made from; with other outages or insurers they are made anew. */
  #madeFrom = '';
  #turn: Promise<void> = Promise.resolve();
  #pauses: { everything: boolean; payers: readonly string[] } = { everything: false, payers: [] };

  constructor(means: { store: Store; clock: Clock }, options: { limits?: RestorationLimits; jitter?: Jitter } = {}) {
    this.#means = means;
    this.#limits = options.limits ?? usualLimits;
    this.#jitter = options.jitter ?? hashedJitter;
  }

  /** Reads what happened since the last time. */
  async catchUp(): Promise<void> {
    await this.#inTurn(() => this.#catchUp());
  }

  /** Reads new events only: enough between two certificates of one run. */
  async follow(): Promise<void> {
    await this.#inTurn(() => this.#readEvents());
  }

  /** One reader at a time: the screen asks while a run is under way, and no event may be followed twice. */
  async #inTurn(read: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(read);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #catchUp(): Promise<void> {
    const { store } = this.#means;
    const outages = await store.outages();
    const payers = await store.payers();
    this.#pauses = await store.restorationPauses();
    // By whole days, so that it is made anew once a day and not at every look.
    const since = (Math.floor(this.#means.clock.now().getTime() / day) - memoryDays) * day;
    const madeFrom = JSON.stringify([since, outages, payers.map(({ id, iks, provider }) => [id, iks, provider])]);
    if (madeFrom !== this.#madeFrom) {
      this.#madeFrom = madeFrom;
      this.#payers = payerIndex(payers);
      this.#outages = outages;
      await this.#beginAt(since);
    }
    await this.#readEvents();
  }

  /** Forgets everything but what is still on its way from before. */
  async #beginAt(since: number): Promise<void> {
    this.#since = since;
    this.#lastSequence = 0;
    for (const known of [this.#payerOfRecord, this.#lines, this.#waitingSince]) known.clear();
    const unsettled = (await this.#means.store.records.list(movingStages)).filter(isOwed);
    for (const record of unsettled) {
      const payer = this.#know(record);
      const waitingSince = new Date(record.state.attempts.at(-1)?.at ?? record.state.issuedAt ?? 0).getTime();
      this.#waitingSince.set(payer, Math.min(waitingSince, this.#waitingSince.get(payer) ?? Infinity));
    }
    const earlier = unsettled.flatMap((record) => earlierSignals(record, since).map((signal) => ({ record, signal })));
    earlier.sort((a, b) => a.signal.at - b.signal.at);
    for (const { record, signal } of earlier) this.#line(this.#payerOf(record)).follow(signal);
  }

  async #readEvents(): Promise<void> {
    const isFirst = this.#lastSequence === 0;
    const events = await this.#means.store.records.chain(this.#lastSequence, isFirst ? new Date(this.#since) : null);
    for (const event of events) {
      const signal = signalOf(event);
      const payer = signal === null ? null : await this.#payerOfEvent(event);
      if (signal !== null && payer !== null) {
        this.#line(payer).follow(signal);
        if (event.detail.type === 'delivered') this.#line(payer).delivered.add(event.recordId);
      }
      this.#lastSequence = event.sequence;
    }
  }

  /** The insurer an event is about. Attempts name it, so records that are done needn't be read. */
  async #payerOfEvent({ recordId, detail }: RecordEvent): Promise<string | null> {
    const known = this.#payerOfRecord.get(recordId);
    if (known !== undefined) return known;
    if (detail.type === 'attempting') {
      const { payerIk } = detail.recipient;
      const payer = this.#payers.get(payerIk)?.id ?? payerIk;
      this.#payerOfRecord.set(recordId, payer);
      return payer;
    }
    // Only what is past issuing sends signals, so its content, and with it its insurer, is locked.
    const record = await this.#means.store.records.get(recordId);
    return record === null ? null : this.#know(record);
  }

  #know(record: StoredRecord): string {
    const payer = payerKeyOf(record.content.coverage, this.#payers);
    this.#payerOfRecord.set(record.id, payer);
    return payer;
  }

  /** An insurer's monitor, made when first asked for, with all the outages it has been through. */
  #line(payerKey: string): PayerLine {
    const known = this.#lines.get(payerKey);
    if (known !== undefined) return known;
    const payer = this.#payers.get(payerKey);
    const party = { iks: payer?.iks ?? [payerKey], provider: payer?.provider ?? null };
    const monitor = new HealthMonitor(payerKey, { limits: this.#limits, jitter: this.#jitter });
    // One that ended before events are read matters only to what has been waiting since: what went out then is not known any more.
    const earliestEnd = Math.min(this.#since, this.#waitingSince.get(payerKey) ?? Infinity);
    const remembered = this.#outages.filter(
      ({ endedAt }) => endedAt === null || new Date(endedAt).getTime() >= earliestEnd,
    );
    const line = new PayerLine(monitor, new FailedReceipts(this.#limits), outageSignals(remembered, party));
    this.#lines.set(payerKey, line);
    return line;
  }

  #payerOf(record: StoredRecord): string {
    return this.#payerOfRecord.get(record.id) ?? payerKeyOf(record.content.coverage, this.#payers);
  }

  isPaused(payerKey: string): boolean {
    return this.#pauses.everything || this.#pauses.payers.includes(payerKey);
  }

  /** Takes the next record whose insurer has room, and keeps that room for it until `release`. */
  take(queue: RestorationQueue): StoredRecord | null {
    const now = this.#means.clock.now().getTime();
    const record = queue.take((payer) => !this.isPaused(payer) && this.#line(payer).room(now) > 0);
    if (record !== null) this.#line(this.#payerOf(record)).taken.add(record.id);
    return record;
  }

  /** A record that was taken is sent or given up. */
  release(record: StoredRecord): void {
    this.#line(this.#payerOf(record)).taken.delete(record.id);
  }

  /** An outage kept this record from being signed, it has ended, and the connector hasn't refused since, or not within hours. */
  isToBeSigned({ content, state }: StoredRecord): boolean {
    const now = this.#means.clock.now().getTime();
    const { restoredAt } = this.#line(payerKeyOf(content.coverage, this.#payers)).health(now);
    if (restoredAt === null || restoredAt < new Date(state.issuedAt ?? 0).getTime()) return false;
    const setBackAt = state.setback === null ? 0 : new Date(state.setback.at).getTime();
    return setBackAt < restoredAt || now >= setBackAt + this.#limits.longestPause;
  }

  /** What may go out now, in its order. Whether its insurer has room is asked for each one when its turn comes. `all`: also what was set back and isn't due. */
  async queue(records: readonly StoredRecord[], which: 'all' | 'due'): Promise<RestorationQueue> {
    const now = this.#means.clock.now();
    const setup = await this.#means.store.setup();
    const rule = {
      state: setup?.settings.federalState ?? 'BE',
      saturdayCounts: setup?.settings.saturdayCounts ?? true,
    };
    const ready = records.filter((record) => {
      if (!isOwed(record)) return false;
      if (which === 'all' && isReady(record)) return true;
      const { provenAt, restoredAt } = this.#line(this.#payerOf(record)).health(now.getTime());
      return mayGo(record, { provenAt, restoredAt, receiptPatience: this.#limits.receiptPatience }, now, rule);
    });
    return new RestorationQueue(ready, { payerOf: (record) => this.#payerOf(record), rule });
  }

  /** Everything for the screen. */
  async view(): Promise<RestorationView> {
    await this.catchUp();
    const now = this.#means.clock.now().getTime();
    const records = (await this.#means.store.records.list(openStages)).filter(isOwed);
    const owedTo = groupBy(records, (record) => this.#payerOf(record));
    for (const key of owedTo.keys()) this.#line(key);
    const payers = [...this.#lines].map(([key, line]): PayerRestoration => {
      const owed = owedTo.get(key) ?? [];
      const payer = this.#payers.get(key);
      return {
        key,
        name: payer?.name ?? owed[0]?.content.coverage.payerName ?? key,
        provider: payer?.provider ?? null,
        health: line.health(now),
        paused: this.isPaused(key),
        owed: owed.length,
        awaitingReceipt: owed.filter(({ state }) => state.stage === 'handed-over').length,
        delivered: line.delivered.size,
        failed: line.failed(now),
      };
    });
    return {
      paused: this.#pauses.everything,
      payers: payers
        .filter(({ health, owed, failed }) => owed > 0 || health.state !== 'up' || failed.count > 0)
        .sort((a, b) => rank[a.health.state] - rank[b.health.state] || b.owed - a.owed || a.key.localeCompare(b.key)),
    };
  }
}

const rank = { down: 0, probing: 1, recovering: 2, up: 3 } as const;

/** A monitor and the outages still ahead of it: certificates' events come by sequence, outages by their instant. */
class PayerLine {
  readonly #monitor: HealthMonitor;
  readonly #failed: FailedReceipts;
  readonly #outages: Signal[];
  /** Certificates about to be attempted. */
  readonly taken = new Set<string>();
  /** Certificates delivered since the last outage began. */
  readonly delivered = new Set<string>();

  constructor(monitor: HealthMonitor, failed: FailedReceipts, outages: readonly Signal[]) {
    this.#monitor = monitor;
    this.#failed = failed;
    this.#outages = [...outages].sort((a, b) => a.at - b.at);
  }

  follow(signal: Signal): void {
    this.#passOutages(signal.at);
    this.#monitor.follow(signal);
    this.#failed.follow(signal);
  }

  failed(now: number): Failed {
    this.#passOutages(now);
    return this.#failed.at(now);
  }

  room(now: number): number {
    this.#passOutages(now);
    return this.#monitor.room(now, this.taken);
  }

  health(now: number): Health {
    this.#passOutages(now);
    return this.#monitor.at(now);
  }

  #passOutages(until: number): void {
    for (let next = this.#outages[0]; next !== undefined && next.at <= until; next = this.#outages[0]) {
      this.#outages.shift();
      if (next.kind === 'outage-began') this.delivered.clear();
      this.#monitor.follow(next);
      this.#failed.follow(next);
    }
  }
}
