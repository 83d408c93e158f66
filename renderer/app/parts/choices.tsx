import type { ReactNode } from 'react';
import {
  CheckboxButton,
  CheckboxField,
  Label,
  RadioButton,
  RadioField,
  RadioGroup,
  Toolbar,
} from 'react-aria-components';
import { FieldMessages, hasError, type FieldNote } from './field-message';
import { spanClass, type FieldProps } from './text-field';

interface Choice<K extends string> {
  readonly key: K;
  readonly label: string;
  /** What a screen reader says where the label is an abbreviation. */
  readonly spoken?: string;
}

interface ChoiceGroupProps<K extends string> extends Omit<FieldProps, 'hint' | 'autoFocus'> {
  choices: readonly Choice<K>[];
  value: K | null;
  onChange: (value: K) => void;
}

/** One of a few, as buttons side by side: Tab reaches the group, arrow keys choose. */
export function ChoiceGroup<K extends string>(props: ChoiceGroupProps<K>) {
  const { label, choices, value, onChange, notes, path, span } = props;
  const choose = (key: string) => {
    const chosen = choices.find((choice) => choice.key === key);
    if (chosen !== undefined) onChange(chosen.key);
  };
  return (
    <RadioGroup
      className={spanClass('field', span)}
      value={value}
      onChange={choose}
      orientation="horizontal"
      isInvalid={hasError(notes)}
      isDisabled={props.isDisabled ?? false}
      data-path={path}
    >
      <Label className="label">{label}</Label>
      <span className="choices">
        {choices.map((choice) => (
          <RadioField
            key={choice.key}
            value={choice.key}
            className="choice-field"
            {...(choice.spoken === undefined ? {} : { 'aria-label': choice.spoken })}
          >
            <RadioButton className="choice">{choice.label}</RadioButton>
          </RadioField>
        ))}
      </span>
      <FieldMessages notes={notes} />
    </RadioGroup>
  );
}

interface ToggleProps {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  path?: string;
  isDisabled?: boolean;
  /** What a screen reader says where the label is an abbreviation. */
  spoken?: string;
  /** `chip`: a button that stays pressed; `box`: a check box with its words. */
  look?: 'chip' | 'box';
}

/** Yes or no; the space bar turns it. */
export function Toggle({ label, isOn, onChange, path, isDisabled = false, spoken, look = 'chip' }: ToggleProps) {
  return (
    <CheckboxField
      className="choice-field"
      isSelected={isOn}
      onChange={onChange}
      isDisabled={isDisabled}
      data-path={path}
      {...(spoken === undefined ? {} : { 'aria-label': spoken })}
    >
      <CheckboxButton className={look === 'chip' ? 'choice toggle' : 'confirm'}>
        <span className={look === 'box' ? 'confirm-box' : 'toggle-mark'} aria-hidden />
        {label}
      </CheckboxButton>
    </CheckboxField>
  );
}

/** Several toggles under one label: one Tab stop, arrow keys go from one to the next, the space bar turns. */
export function ToggleGroup({
  label,
  notes,
  span,
  children,
}: {
  label: string;
  notes?: readonly FieldNote[];
  span?: number;
  children: ReactNode;
}) {
  return (
    <div className={spanClass('field', span)}>
      <span className="label" aria-hidden>
        {label}
      </span>
      <Toolbar className="choices" aria-label={label}>
        {children}
      </Toolbar>
      <FieldMessages notes={notes} standAlone />
    </div>
  );
}
