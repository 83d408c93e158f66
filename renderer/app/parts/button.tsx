import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { ariaShortcut, formatShortcut } from './shortcut-keys';
import { useShortcut } from './shortcut';
import { useTexts } from './texts-context';

interface ButtonProps {
  children: ReactNode;
  onPress: () => void;
  /** One primary button a screen. */
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'normal' | 'small';
  /** Keys that press it from anywhere on the screen; shown on it unless `hint` is false. */
  shortcut?: string;
  hint?: boolean;
  /** Whether the shortcut works inside a dialog. */
  inDialog?: boolean;
  isDisabled?: boolean;
  /** It was pressed and is at work: stays in focus, does nothing. */
  isPending?: boolean;
  /** What a screen reader says where the children are only a sign. */
  label?: string;
  autoFocus?: boolean;
  /** Fills the width it is given. */
  wide?: boolean;
}

/** A button. */
export function Button(props: ButtonProps) {
  const { children, onPress, kind = 'secondary', size = 'normal', shortcut, hint = true, wide = false } = props;
  const { isDisabled = false, isPending = false, label, autoFocus = false, inDialog = false } = props;
  const { language } = useTexts();
  useShortcut(shortcut ?? '', onPress, {
    enabled: shortcut !== undefined && !isDisabled && !isPending,
    inDialog,
  });
  return (
    <AriaButton
      className={`button button-${kind} button-${size}${wide ? ' button-wide' : ''}`}
      onPress={isPending ? () => undefined : onPress}
      isDisabled={isDisabled}
      data-pending={isPending || undefined}
      {...(isPending ? { 'aria-disabled': true } : {})}
      autoFocus={autoFocus}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(shortcut === undefined ? {} : { 'aria-keyshortcuts': ariaShortcut(shortcut) })}
    >
      <span className="button-text">{children}</span>
      {shortcut !== undefined && hint ? (
        <span className="button-keys" aria-hidden>
          {formatShortcut(shortcut, language)}
        </span>
      ) : null}
    </AriaButton>
  );
}
