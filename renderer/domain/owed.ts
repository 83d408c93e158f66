import { todayInBerlin } from './calendar';
import type { IsoDay } from './certificate';
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

/**
 * The day from which an issued record's deadlines count: the issue date on it where that is earlier, as on what was taken over from another
 * program or filled in by hand and entered later (eau.md section 9).
 */
export function issueDayOf({ kind, content, state, createdAt }: StoredRecord): IsoDay {
  const enteredOn = berlinDayOf(state.issuedAt ?? createdAt);
  const { issuedOn } = content.certificate;
  // A cancellation carries its certificate's content; it was issued itself when it was recorded.
  return kind === 'certificate' && issuedOn !== null && issuedOn < enteredOn ? issuedOn : enteredOn;
}

/** Berlin is whole hours away from UTC, so an hour has one day there; thousands of certificates share a few hours. */
const dayOfHour = new Map<string, IsoDay>();

function berlinDayOf(instant: string): IsoDay {
  const hour = instant.slice(0, 13);
  const day = dayOfHour.get(hour) ?? todayInBerlin(new Date(instant));
  dayOfHour.set(hour, day);
  return day;
}
