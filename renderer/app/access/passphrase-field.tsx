import { useState } from 'react';
import { Input, Label, Text, TextField as AriaTextField } from 'react-aria-components';
import { FieldMessages, useTexts, type FieldNote } from '../parts';
import { hasError } from '../parts/field-message';
import { spanClass } from '../parts/text-field';

/** A field for a passphrase: hidden, never kept by the browser, and it says when Caps Lock is on. */
export function PassphraseField({
  label,
  value,
  onChange,
  notes,
  hint,
  autoFocus = false,
  isDisabled = false,
  isNew = false,
  span,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  notes?: readonly FieldNote[];
  hint?: string;
  autoFocus?: boolean;
  isDisabled?: boolean;
  /** It is being chosen: password programs may propose one. */
  isNew?: boolean;
  span?: number;
}) {
  const t = useTexts();
  const [hasCapsLock, setCapsLock] = useState(false);
  return (
    <AriaTextField
      className={spanClass('field', span)}
      type="password"
      value={value}
      onChange={onChange}
      isInvalid={hasError(notes)}
      isDisabled={isDisabled}
      autoFocus={autoFocus}
      autoComplete={isNew ? 'new-password' : 'off'}
      onKeyDown={(event) => setCapsLock(event.getModifierState('CapsLock'))}
      onKeyUp={(event) => setCapsLock(event.getModifierState('CapsLock'))}
    >
      <Label className="label">{label}</Label>
      <span className="input-box">
        <Input className="input" spellCheck={false} />
      </span>
      {hint === undefined ? null : (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      {hasCapsLock ? (
        <span className="field-message field-message-warning" role="status">
          {t('access.capsLock')}
        </span>
      ) : null}
      <FieldMessages notes={notes} />
    </AriaTextField>
  );
}
