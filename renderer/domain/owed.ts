import type { StoredRecord } from './record';

/** Still on the way: issued, not sent for good, and neither done nor replaced by a correction. */
export function isOwed(record: StoredRecord): boolean {
  switch (record.state.stage) {
    case 'issued':
    case 'signed':
    case 'attempting':
    case 'unknown':
    case 'handed-over':
      return record.state.correctedBy === null;
    case 'rejected':
      // 105: the cancelled certificate had been rejected, so there is nothing to cancel. Posted: the insurer has it on paper (P5-04).
      if (record.state.error.code === '105' || record.state.paper === 'posted') return false;
      return record.state.correctedBy === null;
    case 'informed':
      // Code 100 is information, not failure: done with the KK copy out on paper, or with the corrected certificate.
      return record.state.correctedBy === null && record.state.paper === 'none';
    case 'recorded':
    case 'delivered':
    case 'closed':
    case 'paper-only':
    case 'discarded':
    case 'cancelled':
      return false;
  }
}
