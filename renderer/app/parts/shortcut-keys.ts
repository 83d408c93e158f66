/** The keys of a shortcut, written `Ctrl+Enter`, `Alt+M`, `F2`. */

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** Whether exactly these keys were pressed; `Ctrl` is also the Mac's Command key. */
export function matchesShortcut(keys: string, event: Pressed): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const wants = (modifier: string): boolean => parts.slice(0, -1).includes(modifier);
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    (event.ctrlKey || event.metaKey) === wants('Ctrl') &&
    event.altKey === wants('Alt') &&
    event.shiftKey === wants('Shift')
  );
}

const german: Readonly<Record<string, string>> = { Ctrl: 'Strg', Enter: 'Eingabe', Shift: 'Umschalt', Escape: 'Esc' };

/** The keys as the keyboard's labels say them: `Strg + Eingabe`. */
export function formatShortcut(keys: string, language: 'de' | 'en'): string {
  return keys
    .split('+')
    .map((part) => (language === 'de' ? (german[part] ?? part) : part))
    .join(' + ');
}

/** The keys as `aria-keyshortcuts` wants them. */
export function ariaShortcut(keys: string): string {
  return keys.replace('Ctrl', 'Control');
}
