import type { Texts } from '../texts';
import { todayInBerlin } from './berlin-time';
import type { IsoDay } from './certificate';
import type { FederalState } from './settings';
import type { RecordState } from './state';
import { addWorkingDays } from './working-days';

/** Why a certificate cannot be cancelled, keys of the texts `cancellationRules`. */
export type CancellationRule = keyof Texts['cancellationRules'];

export type Cancelling =
  | {
      readonly kind: 'allowed';
      /** The last day on which it may be sent. */
      readonly last: IsoDay;
    }
  /** `last` is set on `too-late`. */
  | { readonly kind: 'refused'; readonly rule: CancellationRule; readonly last: IsoDay | null };

/** Working days after sending within which a certificate may be cancelled; Saturday is not one (P6-04). */
export const cancellationWorkingDays = 120;

/**
 * Whether a certificate may be cancelled (P310-10 to P310-12, P6-04): one that was sent, has no insurer error and no cancellation yet, within
 * 120 working days of sending. An unsent one is corrected or discarded locally, without a message.
 */
export function mayCancel(certificate: {
  /** When it was first handed over, ISO instant; `null`: never. */
  readonly sentAt: string | null;
  readonly isPaperOnly: boolean;
  readonly hasInsurerError: boolean;
  readonly isCancelled: boolean;
  /** The insurer rejected a cancellation of it: that one goes on, there is no second. */
  readonly isCancellationRejected: boolean;
  readonly now: Date;
  readonly state: FederalState;
}): Cancelling {
  const { sentAt, isPaperOnly, hasInsurerError, isCancelled, isCancellationRejected, now, state } = certificate;
  if (isPaperOnly) return refused('paper-only');
  if (sentAt === null) return refused('not-sent');
  if (isCancelled) return refused('already-cancelled');
  if (hasInsurerError) return refused('insurer-error');
  if (isCancellationRejected) return refused('cancellation-rejected');
  const sentOn = todayInBerlin(new Date(sentAt));
  const last = addWorkingDays(sentOn, cancellationWorkingDays, { state, saturdayCounts: false });
  return todayInBerlin(now) > last ? { kind: 'refused', rule: 'too-late', last } : { kind: 'allowed', last };
}

/**
 * Whether a record may be discarded here, without a message (eau.md section 10): what was signed may be on its way, unless
 * it came signed from another program and was never handed over here. After error 105 there is nothing to
 * cancel, as the insurer had rejected the certificate: that one is discarded too, if it is needed no longer.
 */
export function isDiscardable(state: RecordState): boolean {
  const { stage, refusedCancellation, imported, attempts } = state;
  if (stage === 'rejected') return refusedCancellation?.code === '105';
  if (stage === 'signed') return imported?.kind === 'signed' && attempts.length === 0;
  return stage === 'recorded' || stage === 'issued' || stage === 'paper-only';
}

function refused(rule: CancellationRule): Cancelling {
  return { kind: 'refused', rule, last: null };
}
