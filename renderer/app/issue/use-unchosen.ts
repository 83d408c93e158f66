import { useSyncExternalStore } from 'react';
import { useForm } from './form';
import type { FieldNote } from '../parts';
import { useTexts } from '../parts/texts-context';
import { pendingText, type ChoosingField } from './unchosen';

interface Search {
  /** What is typed; `null`: the field shows what is chosen. */
  readonly typed: string | null;
  /** What the field says of it. */
  readonly notes: readonly FieldNote[];
  readonly type: (text: string | null) => void;
  /** The field was left. */
  readonly leave: () => void;
}

/** What is typed in one field in which one chooses, and who or what is chosen there so far. Only this field is drawn again while one types. */
export function useSearch(field: ChoosingField, chosen: string): Search {
  const t = useTexts();
  const { unchosen } = useForm();
  const typed = useSyncExternalStore(unchosen.subscribe, () => unchosen.typed(field));
  const isNoted = typed !== null && typed.noted === typed.text && (typed.text.trim() !== '' || chosen !== '');
  return {
    typed: typed?.text ?? null,
    notes: isNoted
      ? [{ severity: 'error', text: pendingText(t, { field, typed: typed.text.trim(), standing: chosen }) }]
      : [],
    type: (text) => unchosen.type(field, text),
    leave: () => unchosen.note(field),
  };
}
