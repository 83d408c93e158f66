import { addWorkingDays, endOfNextWorkingDay, todayInBerlin, type WorkingDayRule } from '../domain/calendar';
import type { IsoDay } from '../domain/certificate';
import { issueDayOf } from '../domain/owed';
import type { StoredRecord } from '../domain/record';
import { documentOf } from '../domain/state';
import { isDue, kimRetryHours } from './retrying';

/** P5-04: what bounced is tried again by itself for so many working days; then it is posted, unless its insurer comes back. */
export const retryWorkingDays = 3;
const neverPosted: IsoDay = '9999-12-31';
const hour = 3_600_000;

/** One insurer's place in the queue. */
interface Line {
  readonly payer: string;
  readonly waiting: StoredRecord[];
}

/**
 * What is to go out, insurers taking turns; within an insurer what has to be posted soonest goes first, then the oldest. An insurer with
 * 900 certificates can't keep one with 3 waiting.
 */
export class RestorationQueue {
  readonly #lines: Line[];
  #turn = 0;

  constructor(
    records: readonly StoredRecord[],
    options: { payerOf: (record: StoredRecord) => string; rule: WorkingDayRule },
  ) {
    const lines = new Map<string, StoredRecord[]>();
    for (const record of records) {
      const payer = options.payerOf(record);
      const line = lines.get(payer);
      if (line === undefined) lines.set(payer, [record]);
      else line.push(record);
    }
    this.#lines = [...lines].map(([payer, waiting]) => ({ payer, waiting: inUrgency(waiting, options.rule) }));
    // The insurer with the most urgent certificate begins.
    const urgency = (line: Line) => (line.waiting[0] === undefined ? '' : urgencyOf(line.waiting[0], options.rule));
    this.#lines.sort((a, b) => urgency(a).localeCompare(urgency(b)));
  }

  get length(): number {
    return this.#lines.reduce((total, { waiting }) => total + waiting.length, 0);
  }

  /** Takes the next one, of an insurer that has room now; `null`: nobody has. */
  take(hasRoom: (payer: string) => boolean): StoredRecord | null {
    for (let tried = 0; tried < this.#lines.length; tried += 1) {
      const line = this.#lines[(this.#turn + tried) % this.#lines.length];
      if (line?.waiting[0] === undefined || !hasRoom(line.payer)) continue;
      this.#turn = (this.#turn + tried + 1) % this.#lines.length;
      return line.waiting.shift() ?? null;
    }
    return null;
  }
}

/** The day by whose end a certificate's KK copy must be posted if it hasn't gone out (P6-05); what the patient has on paper waits longest. */
export function postingDay(record: StoredRecord, rule: WorkingDayRule): IsoDay {
  if (record.kind !== 'certificate' || record.state.paper !== 'none') return neverPosted;
  return endOfNextWorkingDay(issueDayOf(record), rule);
}

function urgencyOf(record: StoredRecord, rule: WorkingDayRule): string {
  return `${postingDay(record, rule)} ${issueDayOf(record)} ${record.state.issuedAt ?? record.createdAt} ${record.id}`;
}

function inUrgency(records: readonly StoredRecord[], rule: WorkingDayRule): StoredRecord[] {
  return records
    .map((record) => ({ record, urgency: urgencyOf(record, rule) }))
    .sort((a, b) => (a.urgency < b.urgency ? -1 : 1))
    .map(({ record }) => record);
}

/** What the queue must know of a record's insurer; instants in milliseconds since 1970. */
export interface PayerStanding {
  /** When the last attempt was made that is known to have arrived. */
  readonly provenAt: number | null;
  /** When the last outage that concerned it ended. */
  readonly restoredAt: number | null;
  /** How long a receipt is waited for. */
  readonly receiptPatience: number;
}

/**
 * Whether a record may go out now as far as it is concerned itself; its insurer's health is asked besides. What was set back waits its time
 * (P5-04), unless what set it back is over: an outage has ended since, or something later arrived. What was handed over and got no receipt
 * goes again, the same bytes.
 */
export function mayGo(record: StoredRecord, standing: PayerStanding, now: Date, rule: WorkingDayRule): boolean {
  const { state } = record;
  const last = state.attempts.at(-1);
  const lastAt = last === undefined ? 0 : new Date(last.at).getTime();
  const isProvenSince = (standing.provenAt ?? 0) > lastAt;
  const isPatient = now.getTime() >= lastAt + standing.receiptPatience;
  switch (state.stage) {
    case 'unknown':
      return true;
    case 'signed': {
      const { setback } = state;
      if (setback === null || (standing.restoredAt ?? 0) > new Date(setback.at).getTime()) return true;
      if (isProvenSince && isPatient && setback.temporary && setback.kind !== 'no-recipient') return true;
      return isDue(state, now) && isWithinRetries(record, now, rule);
    }
    case 'handed-over': {
      if (!isPatient) return false;
      if (isProvenSince || (standing.restoredAt ?? 0) > lastAt) return true;
      const tries = state.attempts.filter(({ documentId }) => documentId === state.document.documentId).length;
      return tries === 1 || (now.getTime() >= lastAt + kimRetryHours * hour && isWithinRetries(record, now, rule));
    }
    default:
      return false;
  }
}

function isWithinRetries({ state }: StoredRecord, now: Date, rule: WorkingDayRule): boolean {
  // Each document has three working days of its own: one made anew after an insurer's error begins them anew.
  const documentId = documentOf(state)?.documentId;
  const first = state.attempts.find((attempt) => attempt.documentId === documentId);
  if (first === undefined) return true;
  return todayInBerlin(now) <= addWorkingDays(todayInBerlin(new Date(first.at)), retryWorkingDays, rule);
}
