import type { RecordEvent } from '../domain/event';
import type { StoredRecord } from '../domain/record';
import { documentOf } from '../domain/state';

/** How a certificate reached its insurer, if it did, and the events that prove it. */
export interface ReportedWay {
  /** `given`: the slip is the patient's to pass on. `none`: nobody waits for it any more. */
  readonly kind: 'digital' | 'posted' | 'given' | 'not-yet' | 'none';
  /** The receipt, or when the paper was noted; `null` where it hasn't got there. */
  readonly reached: RecordEvent | null;
  readonly handedOver: RecordEvent | null;
  readonly delivered: RecordEvent | null;
}

/** `events`: the record's, oldest first. */
export function reportedWay({ state }: StoredRecord, events: readonly RecordEvent[]): ReportedWay {
  const document = documentOf(state);
  // Only what proves this document: one that was made anew after an error has proofs of its own.
  const sent = new Set(
    state.attempts.filter((one) => one.documentId === document?.documentId).map(({ attemptId }) => attemptId),
  );
  const first = (holds: (detail: RecordEvent['detail']) => boolean) =>
    events.find(({ detail }) => holds(detail)) ?? null;
  const handedOver = first((detail) => detail.type === 'handed-over' && sent.has(detail.attemptId));
  const delivered = first((detail) => detail.type === 'delivered' && detail.documentId === document?.documentId);
  const kind = kindOf(state);
  const reached =
    kind === 'digital'
      ? delivered
      : kind === 'posted' || kind === 'given'
        ? first(({ type }) => type === `paper-${kind}`)
        : null;
  return { kind, reached, handedOver, delivered };
}

function kindOf(state: StoredRecord['state']): ReportedWay['kind'] {
  if (state.stage === 'delivered' || state.stage === 'closed') return 'digital';
  if (state.stage === 'discarded' || state.stage === 'cancelled' || state.correctedBy !== null) return 'none';
  if (state.paper !== 'none') return state.paper;
  return 'not-yet';
}
