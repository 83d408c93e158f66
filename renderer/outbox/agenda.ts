import {
  daysBetween,
  endOfNextWorkingDay,
  todayInBerlin,
  workingDaysBetween,
  type WorkingDayRule,
} from '../domain/calendar';
import type { Coverage, IsoDay } from '../domain/certificate';
import { outagesConcerning, type Outage } from '../domain/outage';
import { isOwed, issueDayOf } from '../domain/owed';
import type { Payer } from '../domain/payer';
import type { CertificateRecord, StoredRecord } from '../domain/record';
import { documentOf } from '../domain/state';
import type { Agenda } from './office';

export { isOwed };

/** After so many hours with neither receipt nor error a certificate is shown as overdue (P5-04). */
export const receiptOverdueHours = 24;
/** Every so many days the user is asked whether an outage still lasts (P6-03). */
export const stillDownDays = 7;

/** Finds insurers by any of their IKs. */
export type PayerIndex = ReadonlyMap<string, Payer>;

export function payerIndex(payers: readonly Payer[]): PayerIndex {
  const known = indexes.get(payers);
  if (known !== undefined) return known;
  // An insurer's own IK is its own, whoever else has it in its list.
  const index = new Map(payers.flatMap((payer) => payer.iks.map((ik) => [ik, payer])));
  for (const payer of payers) index.set(payer.id, payer);
  indexes.set(payers, index);
  return index;
}

/** Lists have thousands of insurers and are asked for with each look at the agenda: an index lives as long as its list. */
const indexes = new WeakMap<readonly Payer[], PayerIndex>();

/** The running outages that keep mail from this coverage's insurer. */
export function outagesFor(coverage: Coverage, outages: readonly Outage[], payers: PayerIndex): Outage[] {
  const ik = coverage.payerIk ?? '';
  const payer = payers.get(ik);
  return outagesConcerning(outages, payer ?? { iks: [ik], provider: null });
}

/** May be handed to the mail server now: signed or to be signed, and no attempt is open or awaiting its receipt. */
export function isReady(record: StoredRecord): boolean {
  const { stage } = record.state;
  return isOwed(record) && (stage === 'issued' || stage === 'signed' || stage === 'unknown');
}

/** What waits for a doctor's signature and for nothing else. */
export function awaitingSignature({ owed, heldBack }: Pick<Agenda, 'owed' | 'heldBack'>): StoredRecord[] {
  return owed.filter((record) => record.state.stage === 'issued' && !heldBack.includes(record));
}

/** Everything in one look at records, outages and clock. Pure: the same input gives the same agenda. */
export function agendaOf(input: {
  records: readonly StoredRecord[];
  outages: readonly Outage[];
  payers: PayerIndex;
  workingDays: WorkingDayRule;
  now: Date;
}): Agenda {
  const { records, outages, payers, now } = input;
  const owed = records.filter(isOwed);
  const held = (record: StoredRecord) => outagesFor(record.content.coverage, outages, payers).length > 0;
  const heldBack = owed.filter((record) => isReady(record) && held(record));
  const awaiting = owed.filter((record) => record.state.stage === 'handed-over');
  const isOverdue = (record: StoredRecord) => hoursSince(unansweredSince(record), now) >= receiptOverdueHours;
  const overdue = new Set(awaiting.filter(isOverdue));
  // Thousands share a few days: each day's reckoning is done once.
  const today = todayInBerlin(now);
  const isLate = onceForEachDay((issued) => workingDaysBetween(issued, today, input.workingDays) > 1);
  const isDueSince = onceForEachDay((noticed) => today >= endOfNextWorkingDay(noticed, input.workingDays));
  return {
    owed,
    heldBack,
    awaitingReceipt: awaiting.filter((record) => !overdue.has(record)),
    receiptOverdue: [...overdue],
    needsAction: owed.filter((record) => record.state.stage === 'rejected' || record.state.stage === 'informed'),
    setBack: owed.filter((record) => isReady(record) && record.state.setback !== null),
    postToday: owed.filter((record) => mustBePosted(record, overdue.has(record), isDueSince)),
    remindDoctor: owed.filter(
      (record): record is CertificateRecord =>
        record.kind === 'certificate' && isReady(record) && isLate(issueDayOf(record)),
    ),
    drafts: records.filter(
      (record): record is CertificateRecord => record.kind === 'certificate' && record.state.stage === 'recorded',
    ),
    stillDown: outages.filter(
      (outage) => outage.endedAt === null && daysSince(outage.confirmedAt ?? outage.startedAt, now) >= stillDownDays,
    ),
  };
}

/**
 * P6-05: what can't be sent by the end of the next working day after it was noticed is posted on paper, unless the patient has the KK
 * copy already. Cancellations are never posted.
 */
function mustBePosted(
  record: StoredRecord,
  overdue: boolean,
  isDueSince: (noticedOn: IsoDay) => boolean,
): record is CertificateRecord {
  if (record.kind !== 'certificate' || record.state.paper !== 'none') return false;
  if (overdue) return true;
  const noticedOn = problemNoticedOn(record);
  return noticedOn !== null && isDueSince(noticedOn);
}

/** Asks about a day, each day once. */
function onceForEachDay(ask: (day: IsoDay) => boolean): (day: IsoDay) => boolean {
  const known = new Map<IsoDay, boolean>();
  return (day) => {
    const answer = known.get(day) ?? ask(day);
    known.set(day, answer);
    return answer;
  };
}

/** Since when an answer has been awaited: sending the same bytes again doesn't start the clock anew (P5-04). */
function unansweredSince({ state }: StoredRecord): string {
  const [first, again] = state.attempts.filter(({ documentId }) => documentId === documentOf(state)?.documentId);
  return first === undefined || again === undefined ? state.since : first.at;
}

/** When it showed that a certificate doesn't go out: a setback, a rejection, or its mere lying there unsent. */
function problemNoticedOn(record: CertificateRecord): IsoDay | null {
  const { state } = record;
  switch (state.stage) {
    case 'rejected':
      return todayInBerlin(new Date(state.since));
    case 'issued':
    case 'signed':
    case 'unknown':
      // The day of issuing, not of the last failure: each further attempt would put the post off by another day.
      return issueDayOf(record);
    default:
      return null;
  }
}

function hoursSince(instant: string, now: Date): number {
  return (now.getTime() - new Date(instant).getTime()) / 3_600_000;
}

function daysSince(instant: string, now: Date): number {
  return daysBetween(todayInBerlin(new Date(instant)), todayInBerlin(now));
}
