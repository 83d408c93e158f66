import type { Outage } from '../../domain/outage';
import type { StoredRecord } from '../../domain/record';
import type { Setback } from '../../domain/state';
import { groupBy } from '../../domain/grouping';
import { isReady, outagesFor, type PayerIndex } from '../../outbox/agenda';

/** What became of the certificates that an outage held back: figures for screen and table, all computed from records. */

/**
 * The records an outage held up: issued before it ended, to an insurer it concerned, and not sent before it began. Paper only and
 * discarded ones are never sent, so they are not among them.
 */
export function recordsHeldUp(outage: Outage, records: readonly StoredRecord[], payers: PayerIndex): StoredRecord[] {
  const asRunning = { ...outage, endedAt: null };
  return records.filter((record) => {
    const { state, content } = record;
    if (state.issuedAt === null || (outage.endedAt !== null && state.issuedAt > outage.endedAt)) return false;
    if (state.stage === 'paper-only' || state.stage === 'discarded') return false;
    const lastAttempt = state.attempts.at(-1);
    const wasSentBefore = lastAttempt !== undefined && lastAttempt.at < outage.startedAt && !isReady(record);
    return !wasSentBefore && outagesFor(content.coverage, [asRunning], payers).length > 0;
  });
}

export interface Figures {
  readonly total: number;
  /** Not yet handed over. */
  readonly waiting: number;
  /** Handed over, the receipt is awaited. */
  readonly handedOver: number;
  readonly delivered: number;
  /** Rejected or informed: a person has to act. */
  readonly toClarify: number;
  /** Cancelled or replaced by a correction: owed no longer. */
  readonly settled: number;
}

/** One insurer's share. */
export interface PayerStanding extends Figures {
  readonly key: string;
  readonly name: string;
  readonly lastReceiptAt: string | null;
  /** Why the newest failed attempt among the waiting ones failed. */
  readonly setback: Setback | null;
}

export function figuresOf(records: readonly StoredRecord[]): Figures {
  const count = (...kinds: readonly ReturnType<typeof standingOf>[]) =>
    records.filter((record) => kinds.includes(standingOf(record))).length;
  return {
    total: records.length,
    waiting: count('waiting'),
    handedOver: count('handed-over'),
    delivered: count('delivered'),
    toClarify: count('to-clarify'),
    settled: count('settled'),
  };
}

/** Figures by insurer: those with something left to do first, then by name. */
export function standingByPayer(records: readonly StoredRecord[], payers: PayerIndex): PayerStanding[] {
  const groups = groupBy(records, ({ content }) => {
    const ik = content.coverage.payerIk ?? '';
    return payers.get(ik)?.id ?? ik;
  });
  return [...groups]
    .map(([key, group]): PayerStanding => {
      const named = group.find(({ content }) => content.coverage.payerName !== null)?.content.coverage.payerName;
      return {
        key,
        name: payers.get(key)?.name ?? named ?? key,
        ...figuresOf(group),
        lastReceiptAt: latest(group.flatMap(({ state }) => ('deliveredAt' in state ? [state.deliveredAt] : []))),
        setback: newestSetback(group),
      };
    })
    .toSorted((a, b) => open(b) - open(a) || a.name.localeCompare(b.name, 'de'));
}

/** What is still on its way: waiting, or without a receipt. */
export function open({ waiting, handedOver }: Figures): number {
  return waiting + handedOver;
}

function standingOf({ state }: StoredRecord): 'waiting' | 'handed-over' | 'delivered' | 'to-clarify' | 'settled' {
  switch (state.stage) {
    case 'recorded':
    case 'issued':
    case 'signed':
    case 'attempting':
    case 'unknown':
      return state.correctedBy === null ? 'waiting' : 'settled';
    case 'handed-over':
      return state.correctedBy === null ? 'handed-over' : 'settled';
    case 'delivered':
    case 'closed':
      return 'delivered';
    case 'rejected':
    case 'informed':
      return state.correctedBy === null ? 'to-clarify' : 'settled';
    case 'paper-only':
    case 'discarded':
    case 'cancelled':
      return 'settled';
  }
}

function newestSetback(records: readonly StoredRecord[]): Setback | null {
  return records
    .flatMap(({ state }) => (state.setback === null ? [] : [state.setback]))
    .reduce<Setback | null>((newest, one) => (newest === null || one.at > newest.at ? one : newest), null);
}

function latest(instants: readonly string[]): string | null {
  return instants.reduce<string | null>((newest, at) => (newest === null || at > newest ? at : newest), null);
}
