import type { StoredRecord } from '../../domain/record';
import { isDiscardable } from '../../domain/cancellation-rules';
import { isReady } from '../../outbox/agenda';

/** What may be done with a record by hand. What isn't named here isn't offered. */
export type RecordAction =
  | 'open-draft'
  | 'discard'
  | 'print'
  | 'paper-given'
  | 'paper-posted'
  | 'correct'
  | 'send'
  /** Deliberately once more: the same signed bytes. */
  | 'resend'
  | 'cancel';

/** The actions that a record's state allows, most likely first. `mayCancel`: what the rules for cancelling say (P310-10 to P310-12). */
export function actionsFor(record: StoredRecord, mayCancel: boolean): RecordAction[] {
  const { state } = record;
  const { stage } = state;
  if (stage === 'recorded') return ['open-draft', 'discard'];
  const isWithdrawn = stage === 'discarded' || stage === 'cancelled';
  const isCertificate = record.kind === 'certificate';
  const actions: RecordAction[] = [];
  if (isReady(record)) actions.push('send');
  if (isCertificate && stage !== 'discarded') actions.push('print');
  if (isCertificate && !isWithdrawn) {
    if (state.paper === 'none') actions.push('paper-given');
    if (state.paper !== 'posted') actions.push('paper-posted');
    // What the practice software made is corrected there.
    if (state.correctedBy === null && state.imported === null) actions.push('correct');
  }
  if (!isReady(record) && 'document' in state && stage !== 'attempting') actions.push('resend');
  if (isCertificate && mayCancel && !isWithdrawn) actions.push('cancel');
  if (isDiscardable(state)) actions.push('discard');
  return actions;
}
