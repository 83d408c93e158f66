import type { StoredRecord } from '../../domain/record';
import { StepButton } from '../owed/step-button';
import { Notice, useTexts } from '../parts';
import { InsurerErrorWords } from './insurer-error-words';
import { payerName } from './record-words';

/** What to say on a certificate whose cancellation the insurer rejected. */
export type RefusedCancellationView =
  /** The cancellation, with its error and the one next step. */
  | { readonly kind: 'still-valid'; readonly cancellation: StoredRecord }
  /** Code 105: the certificate itself had been rejected, so there is nothing to cancel. `isKnown`: that error came here. */
  | { readonly kind: 'nothing-to-cancel'; readonly cancellation: StoredRecord; readonly isKnown: boolean };

/** How a rejected cancellation stands on the certificate's page (P5-04), or `null` where none was rejected. */
export function refusedCancellationOf(
  record: StoredRecord,
  records: readonly StoredRecord[],
): RefusedCancellationView | null {
  const refused = record.state.refusedCancellation;
  const cancellation = records.find(({ id }) => id === refused?.cancellationId);
  if (refused === null || cancellation === undefined) return null;
  if (refused.code !== '105') return { kind: 'still-valid', cancellation };
  return { kind: 'nothing-to-cancel', cancellation, isKnown: record.state.stage === 'rejected' };
}

/** Says on a certificate that it is not cancelled, with the insurer's error on the cancellation and its next step. */
export function RefusedCancellationNotice({
  record,
  records,
}: {
  record: StoredRecord;
  records: readonly StoredRecord[];
}) {
  const t = useTexts();
  const view = refusedCancellationOf(record, records);
  if (view === null) return null;
  const payer = payerName(record);
  return (
    <section className="refused-cancellation" aria-label={t('certificates.refusedCancellation.title')}>
      <Notice kind="error" title={t('certificates.refusedCancellation.title')}>
        {view.kind === 'still-valid'
          ? t('certificates.refusedCancellation.stillValid', { payer })
          : t(`certificates.refusedCancellation.${view.isKnown ? 'ownErrorFirst' : 'ownErrorUnknown'}`, { payer })}
      </Notice>
      <InsurerErrorWords record={view.cancellation} />
      {view.kind === 'still-valid' ? (
        <div>
          <StepButton record={view.cancellation} saysWhatCame />
        </div>
      ) : null}
    </section>
  );
}
