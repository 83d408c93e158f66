import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components';
import { FieldMessages, hasError } from './field-message';
import { spanClass, type FieldProps } from './text-field';

interface SelectProps<K extends string> extends FieldProps {
  options: readonly { readonly key: K; readonly label: string }[];
  value: K | null;
  onChange: (value: K) => void;
  placeholder: string;
}

/** One of a longer list. Typing jumps to what begins so. */
export function Select<K extends string>(props: SelectProps<K>) {
  const { label, options, value, onChange, notes, hint, path, span, placeholder } = props;
  return (
    <AriaSelect
      className={spanClass('field', span)}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.key === key);
        if (chosen !== undefined) onChange(chosen.key);
      }}
      isInvalid={hasError(notes)}
      isDisabled={props.isDisabled ?? false}
      placeholder={placeholder}
      data-path={path}
    >
      <Label className="label">{label}</Label>
      <Button className="input select">
        <SelectValue className="select-value" />
        <span className="select-arrow" aria-hidden />
      </Button>
      {hint === undefined ? null : (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldMessages notes={notes} />
      <Popover className="popover" offset={4} maxHeight={320}>
        <ListBox className="options">
          {options.map((option) => (
            <ListBoxItem key={option.key} id={option.key} textValue={option.label} className="option">
              <Text slot="label" className="option-title">
                {option.label}
              </Text>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
