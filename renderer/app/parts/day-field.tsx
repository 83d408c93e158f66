import { useState } from 'react';
import { Input, Label, Text, TextField as AriaTextField } from 'react-aria-components';
import { addDays, isIsoDay, parseDayInput } from '../../domain/calendar';
import type { IsoDay } from '../../domain/certificate';
import { dayWithWeekday, withoutWeekday } from './day-words';
import { FieldMessages, hasError } from './field-message';
import { spanClass, type FieldProps } from './text-field';
import { useTexts } from './texts-context';

interface DayFieldProps extends FieldProps {
  /** ISO day; or what was typed, where that is no day; `null`: empty. */
  value: string | null;
  onChange: (value: string | null) => void;
  today: IsoDay;
}

/**
 * A day by keyboard: `2311`, `fr`, `+7`, `23.11.`; beside it stands how it was understood. Arrow keys go a day up or down, Page keys a
 * week. What is no day stays as it was typed, for the rules to explain.
 */
export function DayField(props: DayFieldProps) {
  const { label, value, onChange, today, notes, hint, path, span } = props;
  const t = useTexts();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null ? '' : isIsoDay(value) ? dayWithWeekday(value, t.language) : value);
  const understood = typed === null ? null : parseDayInput(withoutWeekday(typed), today);

  const type = (text: string) => {
    setTyped(text);
    onChange(text.trim() === '' ? null : (parseDayInput(withoutWeekday(text), today) ?? text));
  };
  const step = (days: number) => {
    setTyped(null);
    onChange(addDays(value !== null && isIsoDay(value) ? value : today, days));
  };
  return (
    <AriaTextField
      className={spanClass('field day-field', span)}
      value={shown}
      onChange={type}
      onBlur={() => {
        setTyped(null);
        props.onBlur?.();
      }}
      onFocus={(event) => {
        if (event.target instanceof HTMLInputElement) event.target.select();
      }}
      onKeyDown={(event) => {
        const days = { ArrowUp: 1, ArrowDown: -1, PageUp: 7, PageDown: -7 }[event.key];
        if (days === undefined) return;
        event.preventDefault();
        step(days);
      }}
      isInvalid={hasError(notes)}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      autoComplete="off"
      data-path={path}
    >
      <Label className="label">{label}</Label>
      <span className="input-box">
        <Input className="input" spellCheck={false} placeholder={t('parts.dayPlaceholder')} />
        <span className="input-end" aria-live="polite">
          {understood === null ? null : `→ ${dayWithWeekday(understood, t.language)}`}
        </span>
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
