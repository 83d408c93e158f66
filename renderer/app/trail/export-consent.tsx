import { useEffect, useState, type ReactNode } from 'react';
import { codeAt } from '../../store/access/second-factor';
import { practiceSecret } from '../access/practice-accounts';
import { useAtWork } from '../access/session-context';
import { waitingWords } from '../access/waiting';
import { Button, Dialog, goTo, Notice, TextField, useOffice, useTexts } from '../parts';

/** Before data leave the program, or are erased before their time: what happens, and the second factor of whoever asks. `onConfirmed` runs once the code was right. */
export function ExportConsent({
  title,
  confirm,
  isDanger = false,
  children,
  isComplete = () => true,
  onConfirmed,
  onClose,
}: {
  title: string;
  /** What the button that does it says. */
  confirm: string;
  /** It can't be taken back. */
  isDanger?: boolean;
  children: ReactNode;
  /** Whether all is entered that is needed: a code is used up by being checked. */
  isComplete?: () => boolean;
  /** What went wrong, in words; `null`: done, the dialog closes. */
  onConfirmed: () => Promise<string | null>;
  onClose: () => void;
}) {
  const t = useTexts();
  const { vault, session } = useAtWork();
  const [code, setCode] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { user } = session;
  const go = async () => {
    if (isBusy || !isComplete()) return;
    setBusy(true);
    setTrouble(null);
    try {
      const checked = await vault.confirmFactor(code.trim());
      if (checked.kind === 'open') {
        const words = await onConfirmed();
        if (words === null) onClose();
        setTrouble(words);
      } else if (checked.kind === 'waiting') setTrouble(waitingWords(t, checked.waitMs));
      else if (checked.kind !== 'second-factor') {
        setTrouble(t(`access.trouble.${checked.kind}`));
        if (checked.kind === 'wrong-code' || checked.kind === 'used-code') await vault.noteFailure(user.name, 'code');
      }
    } catch (error) {
      setTrouble(t('trail.export.failed', { text: String(error) }));
    } finally {
      setCode('');
      setBusy(false);
    }
  };
  if (!user.hasSecondFactor)
    return (
      <Dialog
        title={title}
        onClose={onClose}
        buttons={
          <>
            <Button onPress={onClose}>{t('parts.cancel')}</Button>
            <Button
              kind="primary"
              onPress={() => {
                onClose();
                goTo('settings', 'zugang');
              }}
            >
              {t('trail.consent.toOwn')}
            </Button>
          </>
        }
      >
        <p>{t('trail.consent.noFactor')}</p>
      </Dialog>
    );
  return (
    <Dialog
      title={title}
      onClose={onClose}
      buttons={
        <>
          <Button onPress={onClose}>{t('parts.cancel')}</Button>
          <Button kind={isDanger ? 'danger' : 'primary'} onPress={() => void go()} isPending={isBusy}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        <TextField
          label={t('access.code')}
          kind="digits"
          value={code}
          onChange={setCode}
          hint={t('access.codeHint')}
          maxLength={6}
          autoFocus
        />
      </form>
      {user.isPractice ? <PracticeCode /> : null}
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
    </Dialog>
  );
}

/** In the rehearsal the code stands there, as on the log-in screen. */
function PracticeCode() {
  const t = useTexts();
  const { clock } = useOffice();
  const [code, setCode] = useState(() => codeAt(practiceSecret, clock.now()).code);
  useEffect(() => {
    const timer = window.setInterval(() => setCode(codeAt(practiceSecret, clock.now()).code), 1000);
    return () => window.clearInterval(timer);
  }, [clock]);
  return <p className="small soft">{t('trail.consent.practice', { code })}</p>;
}
