import type { RecordState } from '../domain/state';

const hour = 3_600_000;

/** P5-04: what the KIM service could not deliver is tried again every four hours. */
export const kimRetryHours = 4;
/** A mail server that said «later» is asked again after so long. */
export const temporaryRetryMinutes = 5;
/** Directory entries are checked once a day (P5-02). */
const recipientRetryHours = 24;

/**
 * Whether a signed record is due for another attempt by itself. An attempt without an answer is due at once; a refusal that is
 * final waits for a person.
 */
export function isDue(state: RecordState, now: Date): boolean {
  if (state.stage === 'unknown') return true;
  if (state.stage !== 'signed') return false;
  const { setback } = state;
  if (setback === null) return true;
  const waited = now.getTime() - new Date(setback.at).getTime();
  switch (setback.kind) {
    case 'attempt-failed':
      return setback.temporary && waited >= temporaryRetryMinutes * 60_000;
    case 'delivery-failed':
    case 'kim-error':
      return waited >= kimRetryHours * hour;
    case 'no-recipient':
      return waited >= recipientRetryHours * hour;
    // Signing needs a person at the card terminal.
    case 'signing-failed':
      return false;
  }
}
