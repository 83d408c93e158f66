import type { ReactNode } from 'react';
import { Input, Label, Text, TextArea, TextField as AriaTextField } from 'react-aria-components';
import { FieldMessages, hasError, type FieldNote } from './field-message';

export interface FieldProps {
  label: string;
  notes?: readonly FieldNote[];
  /** A quiet word of help below the field. */
  hint?: string;
  /** Path of the field, so that a list of messages can lead to it. */
  path?: string;
  isDisabled?: boolean;
  autoFocus?: boolean;
  /** Takes this much of the row: 1 to 12 columns. */
  span?: number;
  onBlur?: () => void;
}

interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  maxLength?: number;
  /** `digits`: numbers such as LANR, where nothing but digits is taken. */
  kind?: 'text' | 'digits' | 'password' | 'lines';
  /** What stands inside the field at its end. */
  end?: ReactNode;
}

/** One line of text (or several with `kind="lines"`). Empty is the empty string. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, notes, hint, path, placeholder, maxLength, kind = 'text', end, span } = props;
  const change = (entered: string) => onChange(kind === 'digits' ? entered.replace(/\D/g, '') : entered);
  const field = placeholder === undefined ? {} : { placeholder };
  return (
    <AriaTextField
      className={spanClass('field', span)}
      value={value}
      onChange={change}
      isInvalid={hasError(notes)}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      autoComplete="off"
      type={kind === 'password' ? 'password' : 'text'}
      data-path={path}
      {...(kind === 'digits' ? { inputMode: 'numeric' } : {})}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
    >
      <Label className="label">{label}</Label>
      <span className="input-box">
        {kind === 'lines' ? (
          <TextArea className="input" rows={3} spellCheck={false} {...field} />
        ) : (
          <Input className="input" spellCheck={false} {...field} />
        )}
        {end === undefined ? null : <span className="input-end">{end}</span>}
      </span>
      {hint === undefined ? null : (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldMessages notes={notes} />
    </AriaTextField>
  );
}

/** Digits only, kept as text: LANR, BSNR, IK, ports. */
export function NumberText(props: Omit<TextFieldProps, 'kind'>) {
  return <TextField {...props} kind="digits" />;
}

/** The class of a field that takes so many of a row's twelve columns. */
export function spanClass(name: string, span: number | undefined): string {
  return span === undefined ? name : `${name} span-${String(span)}`;
}
