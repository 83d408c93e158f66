import { createContext, use, useEffect, useEffectEvent } from 'react';
import { matchesShortcut } from './shortcut-keys';

/** `true` around screens that are locked: their keys do nothing. */
export const ShortcutsOff = createContext(false);

/**
 * Calls `onPress` when these keys are pressed anywhere (`F2`, `Ctrl+Enter`, `Alt+M`). While a dialog is open only shortcuts with
 * `inDialog` work. The browser's own meaning of the keys is suppressed.
 */
export function useShortcut(
  keys: string,
  onPress: () => void,
  options: { enabled?: boolean; inDialog?: boolean } = {},
): void {
  const { enabled = true, inDialog = false } = options;
  const areOff = use(ShortcutsOff);
  const press = useEffectEvent(onPress);
  useEffect(() => {
    if (!enabled || areOff) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (!matchesShortcut(keys, event)) return;
      if (!inDialog && document.querySelector('[role=dialog], [role=alertdialog]') !== null) return;
      event.preventDefault();
      if (!event.repeat) press();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [keys, enabled, areOff, inDialog]);
}
