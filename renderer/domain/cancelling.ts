import type { EventDetail } from './event';
import type { RecordState } from './state';

/** How far a cancellation has come, as the certificate that it cancels tells it. */
export type CancellationStep = Extract<EventDetail, { type: 'cancellation-moved' }>['to'];

/** How far a cancellation has come by its own state: delivered means effective, for the insurer has it and said nothing against it. */
export function cancellationStep(cancellation: RecordState): CancellationStep {
  switch (cancellation.stage) {
    case 'handed-over':
      return 'handed-over';
    case 'delivered':
    case 'closed':
      return 'effective';
    case 'rejected':
    case 'informed':
      return 'rejected';
    case 'discarded':
      return 'taken-back';
    case 'recorded':
    case 'issued':
    case 'signed':
    case 'attempting':
    case 'unknown':
    case 'paper-only':
    case 'cancelled':
      return 'requested';
  }
}

/**
 * What the certificate has to note so that it tells how far its cancellation has come (P310-10 to P310-12, P5-04); nothing where it says so already. It
 * is written with the cancellation's own event, so that the two never differ. Sending the same bytes once more takes nothing back.
 */
export function notesOnCertificate(
  certificate: RecordState,
  cancellation: { readonly id: string; readonly state: RecordState },
): EventDetail[] {
  const { id: cancellationId, state } = cancellation;
  const to = cancellationStep(state);
  const known = knownStep(certificate, cancellationId);
  if (known === to) return [];
  // Another cancellation than the one that the certificate knows of has no say.
  if (known === null && (certificate.stage === 'cancelled' || certificate.refusedCancellation !== null)) return [];
  if (known === null && to === 'taken-back') return [];
  if (known === 'effective' && to !== 'rejected') return [];
  if (known === 'handed-over' && to === 'requested' && state.setback === null) return [];
  const error = state.stage === 'rejected' || state.stage === 'informed' ? state.error : null;
  const first: EventDetail[] = known === null ? [{ type: 'cancelled', cancellationId }] : [];
  if (known === null && to === 'requested') return first;
  return [
    ...first,
    { type: 'cancellation-moved', cancellationId, to, code: error?.code ?? '', display: error?.display ?? '' },
  ];
}

function knownStep(certificate: RecordState, cancellationId: string): CancellationStep | null {
  if (certificate.stage === 'cancelled')
    return certificate.cancellationId === cancellationId ? certificate.progress : null;
  return certificate.refusedCancellation?.cancellationId === cancellationId ? 'rejected' : null;
}
