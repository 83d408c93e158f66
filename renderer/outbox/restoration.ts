import type { Clock } from '../domain/clock';
import { sha256Hex } from '../domain/event-chain';
import { groupBy } from '../domain/grouping';
import type { Outage } from '../domain/outage';
import type { Coverage } from '../domain/certificate';
import type { Payer } from '../domain/payer';
import type { StoredRecord } from '../domain/record';
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
import { mayGo, RestorationQueue } from './restoration-queue';
import { outageSignals, signalOf } from './restoration-signals';

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
  /** Issued in an outage or later, and delivered. */
  readonly delivered: number;
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

/**
 * Knows every insurer's health and what may go out. It holds a copy of what the events say and reads only new ones; a new object over the
 * same store knows the same.
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
  /** What the monitors were made from; with other outages or insurers they are made anew. */
  #madeFrom = '';
  #pauses: { everything: boolean; payers: readonly string[] } = { everything: false, payers: [] };

  constructor(means: { store: Store; clock: Clock }, options: { limits?: RestorationLimits; jitter?: Jitter } = {}) {
    this.#means = means;
    this.#limits = options.limits ?? usualLimits;
    this.#jitter = options.jitter ?? hashedJitter;
  }

  /** Reads what happened since the last time. */
  async catchUp(): Promise<void> {
    const { store } = this.#means;
    const outages = await store.outages();
    const payers = await store.payers();
    this.#pauses = await store.restorationPauses();
    const madeFrom = JSON.stringify([outages, payers.map(({ id, iks, provider }) => [id, iks, provider])]);
    if (madeFrom !== this.#madeFrom) {
      this.#madeFrom = madeFrom;
      this.#payers = payerIndex(payers);
      this.#outages = outages;
      this.#payerOfRecord.clear();
      this.#lines.clear();
      this.#lastSequence = 0;
    }
    await this.#readEvents();
  }

  /** Reads new events only: enough between two certificates of one run. */
  async follow(): Promise<void> {
    await this.#readEvents();
  }

  async #readEvents(): Promise<void> {
    const { store } = this.#means;
    const events = await store.records.chain(this.#lastSequence);
    const isFirst = this.#lastSequence === 0;
    this.#lastSequence = events.at(-1)?.sequence ?? this.#lastSequence;
    const signals = events.flatMap((event) => signalOf(event) ?? []);
    // Only what is past issuing sends signals, so its content, and with it its insurer, is locked.
    const unknown = new Set(
      signals.flatMap((signal) =>
        'recordId' in signal && !this.#payerOfRecord.has(signal.recordId) ? [signal.recordId] : [],
      ),
    );
    if (isFirst && unknown.size > 0) {
      for (const record of await store.records.list()) if (unknown.has(record.id)) this.#know(record);
    } else {
      for (const recordId of unknown) {
        const record = await store.records.get(recordId);
        if (record !== null) this.#know(record);
      }
    }
    for (const signal of signals) {
      const payer = 'recordId' in signal ? this.#payerOfRecord.get(signal.recordId) : undefined;
      if (payer !== undefined) this.#line(payer).follow(signal);
    }
  }

  #know(record: StoredRecord): void {
    this.#payerOfRecord.set(record.id, payerKeyOf(record.content.coverage, this.#payers));
  }

  /** An insurer's monitor, made when first asked for, with all the outages it has been through. */
  #line(payerKey: string): PayerLine {
    const known = this.#lines.get(payerKey);
    if (known !== undefined) return known;
    const payer = this.#payers.get(payerKey);
    const party = { iks: payer?.iks ?? [payerKey], provider: payer?.provider ?? null };
    const monitor = new HealthMonitor(payerKey, { limits: this.#limits, jitter: this.#jitter });
    const line = new PayerLine(monitor, outageSignals(this.#outages, party));
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
    const records = groupBy(await this.#means.store.records.list(), (record) => this.#payerOf(record));
    for (const [key, own] of records) if (own.some(isOwed)) this.#line(key);
    const payers = [...this.#lines].map(([key, line]): PayerRestoration => {
      const own = records.get(key) ?? [];
      const owed = own.filter(isOwed);
      const payer = this.#payers.get(key);
      return {
        key,
        name: payer?.name ?? own[0]?.content.coverage.payerName ?? key,
        provider: payer?.provider ?? null,
        health: line.health(now),
        paused: this.isPaused(key),
        owed: owed.length,
        awaitingReceipt: owed.filter(({ state }) => state.stage === 'handed-over').length,
        delivered: own.filter(({ state }) => state.stage === 'delivered' || state.stage === 'closed').length,
      };
    });
    return {
      paused: this.#pauses.everything,
      payers: payers
        .filter(({ health, owed }) => owed > 0 || health.state !== 'up')
        .sort((a, b) => rank[a.health.state] - rank[b.health.state] || b.owed - a.owed || a.key.localeCompare(b.key)),
    };
  }
}

const rank = { down: 0, probing: 1, recovering: 2, up: 3 } as const;

/** A monitor and the outages still ahead of it: certificates' events come by sequence, outages by their instant. */
class PayerLine {
  readonly #monitor: HealthMonitor;
  readonly #outages: Signal[];
  /** Certificates about to be attempted. */
  readonly taken = new Set<string>();

  constructor(monitor: HealthMonitor, outages: readonly Signal[]) {
    this.#monitor = monitor;
    this.#outages = [...outages].sort((a, b) => a.at - b.at);
  }

  follow(signal: Signal): void {
    this.#passOutages(signal.at);
    this.#monitor.follow(signal);
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
      this.#monitor.follow(next);
    }
  }
}
