import type { RecordEvent } from '../domain/event';
import { outagesConcerning, type Outage } from '../domain/outage';
import type { StoredRecord } from '../domain/record';
import type { Signal } from './restoration-health';

/** SMTP replies that are about the login or the server, not about the recipient. */
const ofTheServer = new Set(['421', '432', '452', '454', '530', '534', '535', '538']);

/** What an event of a certificate says about its insurer; `null`: nothing. */
export function signalOf(event: RecordEvent): Signal | null {
  const { recordId, detail } = event;
  const at = new Date(event.at).getTime();
  switch (detail.type) {
    case 'attempting':
      return { kind: 'attempted', at, recordId, attemptId: detail.attemptId };
    case 'handed-over':
      return { kind: 'handed-over', at, recordId, attemptId: detail.attemptId };
    case 'delivered':
    case 'informed':
      return { kind: 'answered', at, recordId };
    case 'delivery-failed':
    case 'kim-error':
      return { kind: 'failed', at, recordId, reason: 'bounced', ownFault: false };
    case 'attempt-failed':
      return /^[45]\d\d$/.test(detail.code) && !ofTheServer.has(detail.code)
        ? { kind: 'failed', at, recordId, reason: 'refused', ownFault: false }
        : { kind: 'set-aside', at, recordId };
    case 'rejected':
      // P5-04: 1xx and 2xx are about the document and its signature; 3xx are the way there.
      return { kind: 'failed', at, recordId, reason: 'rejected', ownFault: /^[12]/.test(detail.error.code) };
    case 'attempt-unknown':
    case 'resend-requested':
    case 'cancelled':
    case 'corrected':
    case 'discarded':
      return { kind: 'set-aside', at, recordId };
    case 'recorded':
    case 'warning-confirmed':
    case 'issued':
    case 'imported':
    case 'printed':
    case 'paper-given':
    case 'paper-posted':
    case 'paper-only':
    case 'signed':
    case 'signing-failed':
    case 'no-recipient':
    case 'delivery-delayed':
    case 'cancellation-moved':
      return null;
  }
}

/**
 * What a certificate that is still on its way says about the time before this instant: its last attempt, and the failure that set it back.
 * Enough to know an insurer that failed long ago and has been asked nothing since, without reading events from so long ago.
 */
export function earlierSignals({ id, state }: StoredRecord, before: number): Signal[] {
  const last = state.attempts.at(-1);
  const attemptedAt = last === undefined ? Infinity : new Date(last.at).getTime();
  if (last === undefined || attemptedAt >= before) return [];
  const { setback } = state;
  const setBackAt = setback === null ? Infinity : new Date(setback.at).getTime();
  const isBounced = setback?.kind === 'delivery-failed' || setback?.kind === 'kim-error';
  return [
    { kind: 'attempted', at: attemptedAt, recordId: id, attemptId: last.attemptId },
    state.stage === 'signed' && isBounced && setBackAt >= attemptedAt && setBackAt < before
      ? { kind: 'failed', at: setBackAt, recordId: id, reason: 'bounced', ownFault: false }
      : { kind: 'set-aside', at: attemptedAt, recordId: id },
  ];
}

/** Beginning and end of the outages that concern an insurer. */
export function outageSignals(
  outages: readonly Outage[],
  payer: { iks: readonly string[]; provider: string | null },
): Signal[] {
  return outages
    .filter((outage) => outagesConcerning([{ ...outage, endedAt: null }], payer).length > 0)
    .flatMap(({ id, startedAt, endedAt }): Signal[] => [
      { kind: 'outage-began', at: new Date(startedAt).getTime(), outageId: id },
      ...(endedAt === null ? [] : [{ kind: 'outage-ended', at: new Date(endedAt).getTime(), outageId: id } as const]),
    ]);
}
