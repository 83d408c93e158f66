import { useState, type ReactNode } from 'react';
import type { AuditDetail } from '../../domain/audit';
import { Button, Dialog, Notice, useAnnounce, useTexts } from '../parts';
import { useNote } from './note';

/** What a dialog's button did: an account changed, or why not, in words. `null`: something in the fields is said there. */
export type Done =
  | { readonly kind: 'changed'; readonly note: AuditDetail }
  | { readonly kind: 'trouble'; readonly words: string }
  | null;

/** The frame of every dialog that changes an account: does it, notes it in the audit trail, says it, or says why not. */
export function AccountDialog({
  title,
  confirm,
  isDanger = false,
  said,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  confirm: string;
  isDanger?: boolean;
  /** What is announced when it is done. */
  said: string;
  onConfirm: () => Promise<Done>;
  onClose: (isChanged: boolean) => void;
  children: ReactNode;
}) {
  const t = useTexts();
  const announce = useAnnounce();
  const note = useNote();
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const go = async () => {
    if (isBusy) return;
    setBusy(true);
    setTrouble(null);
    try {
      const done = await onConfirm();
      if (done?.kind === 'trouble') setTrouble(done.words);
      if (done?.kind !== 'changed') return;
      await note(done.note);
      announce(said);
      onClose(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      width="wide"
      isAlert={isDanger}
      onClose={() => onClose(false)}
      buttons={
        <>
          <Button onPress={() => onClose(false)} autoFocus={isDanger}>
            {t('parts.cancel')}
          </Button>
          <Button
            kind={isDanger ? 'danger' : 'primary'}
            onPress={() => void go()}
            isPending={isBusy}
            shortcut="Ctrl+Enter"
            inDialog
          >
            {confirm}
          </Button>
        </>
      }
    >
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
      {children}
    </Dialog>
  );
}
