import type { CertificateRecord, StoredRecord } from '../../domain/record';
import { insurerErrorCode, type NextStep } from '../../domain/insurer-error-codes';
import { isReady } from '../../outbox/agenda';
import type { Agenda } from '../../outbox/office';

/** What is open, each record in exactly one group: the one that says what has to be done about it first. */
export interface Tasks {
  /** The KK copy goes to the post by the end of today. */
  readonly post: readonly StoredRecord[];
  /** An insurer answered with an error or an information. */
  readonly act: readonly StoredRecord[];
  /** Neither receipt nor error within 24 hours. */
  readonly overdue: readonly StoredRecord[];
  /** Signing, sending or finding the address did not succeed. */
  readonly setBack: readonly StoredRecord[];
  readonly ready: readonly StoredRecord[];
  readonly heldBack: readonly StoredRecord[];
  /** An attempt is open, or the receipt is awaited. */
  readonly awaiting: readonly StoredRecord[];
  readonly drafts: readonly CertificateRecord[];
}

/** Sorts the agenda into tasks, most urgent group first; within a group what has waited longest comes first. */
export function tasksOf(agenda: Agenda): Tasks {
  const taken = new Set<string>();
  const take = (
    records: readonly StoredRecord[],
    order: (a: StoredRecord, b: StoredRecord) => number = longestFirst,
  ) => {
    const group = records.filter(({ id }) => !taken.has(id)).toSorted(order);
    for (const { id } of group) taken.add(id);
    return group;
  };
  const held = new Set(agenda.heldBack.map(({ id }) => id));
  // While an outage lasts it explains every failure but a missing address, which nobody at the insurer will mend.
  const setBack = agenda.setBack.filter(({ id, state }) => !held.has(id) || state.setback?.kind === 'no-recipient');
  return {
    post: take(agenda.postToday),
    act: take(agenda.needsAction, mostAlarmingFirst),
    overdue: take(agenda.receiptOverdue),
    setBack: take(setBack),
    heldBack: take(agenda.heldBack),
    ready: take(agenda.owed.filter(isReady)),
    awaiting: take(agenda.owed),
    drafts: agenda.drafts.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
  };
}

function waitingSince({ state, createdAt }: StoredRecord): string {
  return state.setback?.at ?? (state.since === '' ? createdAt : state.since);
}

function longestFirst(a: StoredRecord, b: StoredRecord): number {
  return waitingSince(a).localeCompare(waitingSince(b));
}

/** Suspected malware first, then errors, then information. */
function mostAlarmingFirst(a: StoredRecord, b: StoredRecord): number {
  const rank = ({ state }: StoredRecord) =>
    state.stage === 'rejected' ? (state.malware ? 0 : 1) : state.stage === 'informed' ? 2 : 3;
  return rank(a) - rank(b) || longestFirst(a, b);
}

/** Whether «send all» takes it along: ready, and no outage keeps it. */
export function sendable({ post, setBack, ready, heldBack }: Tasks, agenda: Agenda): readonly StoredRecord[] {
  const held = new Set([...heldBack, ...agenda.heldBack].map(({ id }) => id));
  return [...post, ...setBack, ...ready].filter((record) => isReady(record) && !held.has(record.id));
}

/** Why a record needs a person, as far as the words for it differ. */
export type Reason = 'insurer-error' | 'no-receipt' | 'no-recipient' | 'setback' | 'unsent' | 'none';

/** What the words beside a record are about. `overdue`: its receipt is (`Agenda.receiptOverdue`). */
export function reasonOf({ state }: StoredRecord, overdue: boolean): Reason {
  if (state.stage === 'rejected' || state.stage === 'informed') return 'insurer-error';
  if (overdue) return 'no-receipt';
  if (state.setback?.kind === 'no-recipient') return 'no-recipient';
  if (state.setback !== null) return 'setback';
  return state.stage === 'issued' || state.stage === 'signed' || state.stage === 'unknown' ? 'unsent' : 'none';
}

/** The one thing that takes a record further. */
export type Step =
  /** What the insurer's code asks for (P5-04), done by the program. */
  | { readonly kind: 'next-step'; readonly step: Extract<NextStep, 'recreate' | 'sign-again' | 'resend'> }
  /** A corrected certificate for the right insurer (P5-04, code 100). */
  | { readonly kind: 'correct' }
  /** A cancellation's error lies with its certificate (code 105), or the error is not KBV's: look at this record. */
  | { readonly kind: 'look'; readonly recordId: string }
  | { readonly kind: 'send' };

/** The one next step of a record, or `null` where only waiting helps. */
export function stepOf(record: StoredRecord): Step | null {
  const { state } = record;
  if (isReady(record)) return { kind: 'send' };
  if (state.stage !== 'rejected' && state.stage !== 'informed') return null;
  const step = insurerErrorCode(state.error.code)?.nextStep;
  switch (step) {
    case 'recreate':
      // The practice software made the document, so it makes the next one; the words beside it say so.
      return state.imported === null ? { kind: 'next-step', step } : { kind: 'look', recordId: record.id };
    case 'sign-again':
    case 'resend':
      return { kind: 'next-step', step };
    case 'inform-new-card':
      if (state.imported !== null) return { kind: 'look', recordId: record.id };
      return record.kind === 'certificate' ? { kind: 'correct' } : { kind: 'look', recordId: record.certificateId };
    case 'certificate-error-first':
      return { kind: 'look', recordId: record.kind === 'cancellation' ? record.certificateId : record.id };
    case undefined:
      return { kind: 'look', recordId: record.id };
  }
}

/** Whether there still is a KK copy to hand out or to post; never for a cancellation, nor for code 100 (the wrong insurer). */
export function hasPaperToDo({ kind, state }: StoredRecord): boolean {
  return kind === 'certificate' && state.paper === 'none' && state.stage !== 'informed';
}
