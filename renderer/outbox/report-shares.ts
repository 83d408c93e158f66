import { groupBy } from '../domain/grouping';
import { isOwed } from '../domain/owed';
import type { StoredRecord } from '../domain/record';
import type { ReportedPayer } from '../form/report';
import type { PayerIndex } from './agenda';

/**
 * How a certificate ended as a report counts it: each once. `settled`: cancelled, discarded, replaced by a correction, or done after the insurer's
 * answer (P5-04, codes 100 and 105): nobody waits for it any more. What went by post counts as posted, also while it is still to be sent.
 */
export function outcomeOf(record: StoredRecord): 'delivered' | 'paperOnly' | 'posted' | 'settled' | 'owed' {
  const { state } = record;
  if (state.stage === 'delivered' || state.stage === 'closed') return 'delivered';
  if (state.stage === 'paper-only') return 'paperOnly';
  if (state.stage === 'cancelled' || state.stage === 'discarded' || state.correctedBy !== null) return 'settled';
  if (state.paper === 'posted') return 'posted';
  return isOwed(record) ? 'owed' : 'settled';
}

/** Each insurer's share: those to whom something is owed first, then by how many there are. */
export function sharesByPayer(records: readonly StoredRecord[], payers: PayerIndex): ReportedPayer[] {
  const groups = groupBy(records, ({ content: { coverage } }) => {
    const ik = coverage.payerIk ?? '';
    return payers.get(ik)?.name ?? coverage.payerName ?? ik;
  });
  return [...groups]
    .map(([payer, group]): ReportedPayer => {
      const count = (outcome: ReturnType<typeof outcomeOf>) =>
        group.filter((record) => outcomeOf(record) === outcome).length;
      return {
        payer: payer === '' ? '–' : payer,
        recorded: group.length,
        delivered: count('delivered'),
        paperOnly: count('paperOnly'),
        posted: count('posted'),
        settled: count('settled'),
        owed: count('owed'),
        lastReceiptAt: group
          .flatMap(({ state }) => ('deliveredAt' in state ? [state.deliveredAt] : []))
          .reduce<string | null>((last, at) => (last === null || at > last ? at : last), null),
      };
    })
    .toSorted((a, b) => b.owed - a.owed || b.recorded - a.recorded || a.payer.localeCompare(b.payer, 'de'));
}
