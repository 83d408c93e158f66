import type { Obstacle, OfficeChange } from '../../outbox/office';
import type { StorageFailure } from '../../store/failures';
import type { Wording } from './texts-context';

/** What an obstacle says to the user: texts `obstacles.<what>`; one without a text of its own is shown with its technical words. */
export function obstacleWords(t: Wording, { what, values }: Obstacle): string {
  const { field } = values;
  const shown = field === undefined ? values : { ...values, field: slipFieldWords(t, field) };
  return t.lookUp('obstacles', what, shown) ?? t('parts.obstacle', { what, text: values['text'] ?? '' });
}

/** The field that a slip's refusal names (`patient.family`, `certificate.diagnoses.2.code`), as the user knows it. */
function slipFieldWords(t: Wording, field: string): string {
  return t.lookUp('slipFields', field.replace(/\.\d+(\.code)?$/, '')) ?? field;
}

/** Why a change was not written. */
export function changeWords(t: Wording, change: Exclude<OfficeChange, { kind: 'written' }> | StorageFailure): string {
  switch (change.kind) {
    case 'conflict':
      return t('parts.change.conflict');
    case 'missing':
      return t('parts.change.missing');
    case 'obstacle':
      return obstacleWords(t, change);
    case 'storage-failed':
      if (change.reason === 'not-journaled') return t('parts.change.notJournaled');
      return t(change.reason === 'full' ? 'parts.change.full' : 'parts.change.failed', { text: change.text });
  }
}
