import { todayInBerlin } from '../../domain/calendar';
import type { CertificateRecord, StoredRecord } from '../../domain/record';

/** Whose slips a batch prints. */
export const batchScopes = ['unprinted', 'today', 'shown'] as const;
export type BatchScope = (typeof batchScopes)[number];

/** The certificates that slips can be printed of: issued, and not withdrawn. */
function printable(records: readonly StoredRecord[]): CertificateRecord[] {
  return records.filter(
    (record): record is CertificateRecord =>
      record.kind === 'certificate' && !['recorded', 'discarded', 'cancelled'].includes(record.state.stage),
  );
}

/**
 * The certificates of each batch: issued and never printed (those filled in by hand have their paper), issued today, and those in the list as it is
 * searched and filtered.
 */
export function batchesOf(
  records: readonly StoredRecord[],
  shown: readonly StoredRecord[],
  now: Date,
): Readonly<Record<BatchScope, readonly CertificateRecord[]>> {
  const today = todayInBerlin(now);
  const all = printable(records);
  return {
    unprinted: all.filter(({ state }) => state.printed.length === 0 && !state.byHand),
    today: all.filter(({ state }) => state.issuedAt !== null && todayInBerlin(new Date(state.issuedAt)) === today),
    shown: printable(shown),
  };
}
