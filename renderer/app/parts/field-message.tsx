import { CheckboxButton, CheckboxField, Text } from 'react-aria-components';
import { useTexts } from './texts-context';

/** What a rule says beside a field. */
export interface FieldNote {
  readonly severity: 'error' | 'warning';
  readonly text: string;
  /** Warnings that can be confirmed: whether they are, and what happens when that changes. */
  readonly confirmation?: { readonly isConfirmed: boolean; readonly onChange: (isConfirmed: boolean) => void };
}

/**
 * The messages below a field. Inside a field of react-aria they are tied to it (`slot`): read out when it has the focus. Elsewhere use
 * `FieldMessages` with `standAlone`.
 */
export function FieldMessages({
  notes,
  standAlone = false,
}: {
  notes: readonly FieldNote[] | undefined;
  standAlone?: boolean;
}) {
  const t = useTexts();
  return notes?.map((note) => (
    <span key={note.text} className={`field-message field-message-${note.severity}`}>
      {standAlone ? (
        <span>{note.text}</span>
      ) : (
        <Text slot={note.severity === 'error' ? 'errorMessage' : 'description'}>{note.text}</Text>
      )}
      {note.confirmation === undefined ? null : (
        <CheckboxField
          className="choice-field"
          slot={null}
          isSelected={note.confirmation.isConfirmed}
          onChange={note.confirmation.onChange}
          aria-label={`${t('parts.confirm')}: ${note.text}`}
        >
          <CheckboxButton className="confirm">
            <span className="confirm-box" aria-hidden />
            {t('parts.confirm')}
          </CheckboxButton>
        </CheckboxField>
      )}
    </span>
  ));
}

/** Whether a field is to be marked as wrong. */
export function hasError(notes: readonly FieldNote[] | undefined): boolean {
  return notes?.some(({ severity }) => severity === 'error') ?? false;
}
