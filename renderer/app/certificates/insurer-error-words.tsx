import { formatDay, todayInBerlin } from '../../domain/calendar';
import { explainInsurerError, explainMalware, insurerErrorCode } from '../../domain/insurer-error-codes';
import { fullFamilyName } from '../../domain/person-name';
import type { StoredRecord } from '../../domain/record';
import type { Translate } from '../../texts';
import { Notice, Tag, useTexts } from '../parts';
import { payerName } from './record-words';
import { useTranslate } from './translate';

/** What an insurer reported, in the words that P5-04 prescribes. */
export interface ErrorExplained {
  /** The insurer's own title: `issue.details.coding.display`. */
  readonly title: string;
  readonly code: string;
  readonly text: string;
  /** The mail body, shown on demand. */
  readonly detail: string | null;
  readonly isMalware: boolean;
}

/** Puts a record's insurer error into the prescribed words (P5-04), or `null` where it has none. */
export function explainErrorOf(record: StoredRecord, translate: Translate): ErrorExplained | null {
  const { state, content } = record;
  if (state.stage !== 'rejected' && state.stage !== 'informed') return null;
  const { code, display, detail } = state.error;
  const isMalware = state.stage === 'rejected' && state.malware;
  const sent = state.attempts.findLast(({ documentId }) => documentId === state.document.documentId);
  const values = {
    // The prescribed text names the day of sending.
    date: formatDay(todayInBerlin(new Date(sent?.at ?? state.document.signedAt))),
    patient: `${content.patient.given} ${fullFamilyName(content.patient)}`,
    payer: payerName(record),
    display,
  };
  const text = isMalware ? explainMalware(record.kind, translate) : explainInsurerError(code, values, translate);
  return { title: display, code, text, detail, isMalware };
}

/** Whether a new document is needed that only the program can make which made the first one. */
function needsItsMaker({ state }: StoredRecord): boolean {
  if ((state.stage !== 'rejected' && state.stage !== 'informed') || state.imported === null) return false;
  const step = insurerErrorCode(state.error.code)?.nextStep;
  return step === 'recreate' || step === 'inform-new-card';
}

/** The insurer's error: its title, code and prescribed text; the mail's own words on demand. */
export function InsurerErrorWords({ record }: { record: StoredRecord }) {
  const t = useTexts();
  const explained = explainErrorOf(record, useTranslate());
  if (explained === null) return null;
  const { title, code, text, detail, isMalware } = explained;
  return (
    <Notice kind="error" assertive={isMalware}>
      <div className="insurer-error">
        <strong className="insurer-error-title">
          {title} <Tag kind="bad">{t('owed.code', { code })}</Tag>
        </strong>
        <p>{text}</p>
        {needsItsMaker(record) ? <p>{t('certificates.importedAnew')}</p> : null}
        {detail === null || detail === '' ? null : (
          <details>
            <summary>{t('owed.mailBody')}</summary>
            <pre className="mail-body">{detail}</pre>
          </details>
        )}
      </div>
    </Notice>
  );
}
