import { useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import {
  ComboBox as AriaComboBox,
  ComboBoxStateContext,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import { FieldMessages, hasError } from './field-message';
import { spanClass, type FieldProps } from './text-field';

export interface Option {
  readonly id: string;
  /** What is read out and shown first. */
  readonly title: string;
  /** Stands at the end of the line, quietly. */
  readonly detail?: string;
  /** Stands before the title, in fixed width: a code. */
  readonly code?: string;
}

interface ComboBoxProps extends FieldProps {
  /** What is typed. */
  text: string;
  onTextChange: (text: string) => void;
  /** What fits, best first; the caller searches. */
  options: readonly Option[];
  onChoose: (id: string) => void;
  placeholder?: string;
  /** Said in the list where nothing fits. Without it, no list opens then. */
  nothing?: string;
  /** Opens the list when the field gets the focus, not only on typing. */
  opensOnFocus?: boolean;
  end?: ReactNode;
}

/** Type, then Enter takes the first, or arrow keys choose. What was typed stays when nothing is chosen. */
export function ComboBox(props: ComboBoxProps) {
  const { label, text, onTextChange, notes, hint, path, placeholder, nothing, end, span } = props;
  // What is chosen changes the text, and that would open the list again: there is none until somebody types or comes back.
  const [isChosen, setChosen] = useState(false);
  const [isTyped, setTyped] = useState(false);
  const options = isChosen ? [] : props.options;
  const choose = (id: string) => {
    setChosen(true);
    setTyped(false);
    props.onChoose(id);
  };
  return (
    <AriaComboBox
      className={spanClass('field', span)}
      inputValue={text}
      onInputChange={(typed) => {
        if (typed !== text) {
          setChosen(false);
          setTyped(true);
        }
        onTextChange(typed);
      }}
      items={options}
      value={null}
      onChange={(key) => {
        if (key !== null) choose(String(key));
      }}
      defaultFilter={() => true}
      allowsCustomValue
      allowsEmptyCollection={nothing !== undefined && text.trim() !== '' && !isChosen}
      menuTrigger={props.opensOnFocus === true ? 'focus' : 'input'}
      isInvalid={hasError(notes)}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      data-path={path}
      onBlur={() => {
        setChosen(false);
        setTyped(false);
        props.onBlur?.();
      }}
    >
      <OpensLate isAwaited={isTyped && text.trim() !== ''} has={options.length > 0} />
      <Label className="label">{label}</Label>
      <span className="input-box">
        <SearchInput
          text={text}
          first={options[0] ?? null}
          opens={options.length > 0 || (nothing !== undefined && !isChosen)}
          onFirst={choose}
          {...(placeholder === undefined ? {} : { placeholder })}
        />
        {end === undefined ? null : <span className="input-end">{end}</span>}
      </span>
      {hint === undefined ? null : (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldMessages notes={notes} />
      <Popover className="popover" offset={4} maxHeight={320}>
        <ListBox<Option> className="options" renderEmptyState={() => <span className="option-nothing">{nothing}</span>}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.title} className="option">
              {option.code === undefined ? null : <span className="option-code">{option.code}</span>}
              <Text slot="label" className="option-title">
                {option.title}
              </Text>
              {option.detail === undefined ? null : (
                <Text slot="description" className="option-detail">
                  {option.detail}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

/**
 * The input. Enter takes the first that fits without an arrow key; with the list closed it opens it. With Ctrl the keys mean something else, and nothing is
 * chosen by them: the list only gives way to what is said then.
 */
function SearchInput({
  text,
  first,
  opens,
  onFirst,
  placeholder,
}: {
  text: string;
  first: Option | null;
  /** Whether there is a list to open: what fits, or that nothing does. */
  opens: boolean;
  onFirst: (id: string) => void;
  placeholder?: string;
}) {
  const state = useContext(ComboBoxStateContext);
  return (
    <Input
      className="input"
      spellCheck={false}
      onKeyDownCapture={(event) => {
        if (event.key !== 'Enter' || state === null) return;
        if (event.ctrlKey || event.metaKey) {
          event.stopPropagation();
          state.close();
          return;
        }
        const isMarked = event.currentTarget.hasAttribute('aria-activedescendant');
        if (!opens || text.trim() === '' || isMarked) return;
        event.preventDefault();
        event.stopPropagation();
        if (!state.isOpen) state.open(null, 'manual');
        else if (first !== null) onFirst(first.id);
      }}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  );
}

/** Opens the list when what fits is found only after the last key: who types while the data are still being read is not left without it. */
function OpensLate({ isAwaited, has }: { isAwaited: boolean; has: boolean }) {
  const state = useContext(ComboBoxStateContext);
  const had = useRef(has);
  useEffect(() => {
    // Only when the first ones come: a list that somebody has closed stays closed.
    const isNews = has && !had.current;
    had.current = has;
    if (isNews && isAwaited && state !== null && state.isFocused && !state.isOpen) state.open(null, 'input');
  }, [has, isAwaited, state]);
  return null;
}
