import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { LogIn, Person, Session } from '../../store/access/access';
import { Button, Notice, TextField, useTexts } from '../parts';
import { PassphraseField } from './passphrase-field';
import { PersonChoice } from './person-choice';
import type { Vault } from './vault';
import { useCountdown, waitingWords } from './waiting';

type Step =
  { readonly kind: 'passphrase' } | { readonly kind: 'code'; readonly confirm: (code: string) => Promise<LogIn> };
type Trouble = Exclude<LogIn['kind'], 'open' | 'second-factor' | 'waiting'>;

/** Chooses who it is, takes passphrase and code, and says in words what is wrong. `onSession` opens; until it resolves the form waits. */
export function LogInForm({
  vault,
  people,
  initialId,
  confirmWords,
  onSession,
}: {
  vault: Vault;
  people: readonly Person[];
  initialId: string;
  confirmWords: string;
  onSession: (session: Session) => Promise<void>;
}) {
  const t = useTexts();
  const [userId, setUserId] = useState(initialId);
  const [passphrase, setPassphrase] = useState('');
  const [code, setCode] = useState('');
  const [step, setStep] = useState<Step>({ kind: 'passphrase' });
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const countdown = useCountdown();
  const form = useRef<HTMLFormElement>(null);
  const user = people.find(({ id }) => id === userId) ?? people[0];
  const isWaiting = countdown.left > 0;

  const lookAtWaiting = useEffectEvent(async (id: string) => countdown.begin(await vault.access.waiting(id)));
  useEffect(() => {
    void lookAtWaiting(userId);
  }, [userId]);
  const choose = (id: string) => {
    setUserId(id);
    setPassphrase('');
    setCode('');
    setStep({ kind: 'passphrase' });
    setTrouble(null);
  };
  const take = async (tried: LogIn) => {
    switch (tried.kind) {
      case 'open':
        await onSession(tried.session);
        return;
      case 'second-factor':
        setStep({ kind: 'code', confirm: tried.confirm });
        return;
      case 'waiting':
        countdown.begin(tried.waitMs);
        return;
      case 'header-changed':
      case 'accounts-newer':
      case 'keyring-lost':
        setTrouble(tried.kind);
        return;
      case 'wrong-passphrase':
        setPassphrase('');
        await vault.noteFailure(user?.name ?? '', 'passphrase');
        break;
      case 'wrong-code':
      case 'used-code':
        setCode('');
        await vault.noteFailure(user?.name ?? '', 'code');
        break;
      case 'code-not-kept':
        setCode('');
    }
    setTrouble(tried.kind);
    countdown.begin(tried.waitMs);
  };
  const submit = async () => {
    if (isBusy || isWaiting || user === undefined) return;
    setBusy(true);
    setTrouble(null);
    try {
      await take(await (step.kind === 'passphrase' ? vault.access.logIn(user.id, passphrase) : step.confirm(code)));
    } finally {
      setBusy(false);
      // Wherever one stands now, the next thing to type is in the form's last field.
      window.setTimeout(() => form.current?.querySelector<HTMLInputElement>('input:not([type=radio])')?.focus(), 0);
    }
  };
  return (
    <form
      ref={form}
      className="log-in-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <PersonChoice label={t('access.who')} people={people} value={userId} onChange={choose} isDisabled={isBusy} />
      <div className="log-in-secret">
        {step.kind === 'passphrase' ? (
          <PassphraseField
            key={userId}
            label={t('access.passphrase')}
            value={passphrase}
            onChange={setPassphrase}
            isDisabled={isBusy}
            autoFocus
          />
        ) : (
          <TextField
            label={t('access.code')}
            kind="digits"
            maxLength={6}
            value={code}
            onChange={setCode}
            hint={t('access.codeHint')}
            isDisabled={isBusy}
            autoFocus
          />
        )}
        {trouble === null ? null : (
          <Notice kind="error" assertive>
            {t(`access.trouble.${trouble}`)}
          </Notice>
        )}
        {isWaiting ? (
          <Notice kind="info" title={t(trouble === 'code-not-kept' ? 'access.waitForCode' : 'access.wait')}>
            {waitingWords(t, countdown.left)}
          </Notice>
        ) : null}
        {user !== undefined && vault.wouldStopSending(user) ? (
          <Notice kind="outage">{t('access.stopsSending')}</Notice>
        ) : null}
        <SubmitButton isBusy={isBusy} isDisabled={isWaiting} onPress={() => void submit()}>
          {step.kind === 'passphrase' ? confirmWords : t('access.confirmCode')}
        </SubmitButton>
      </div>
    </form>
  );
}

function SubmitButton({
  children,
  isBusy,
  isDisabled,
  onPress,
}: {
  children: string;
  isBusy: boolean;
  isDisabled: boolean;
  onPress: () => void;
}) {
  const t = useTexts();
  return (
    <Button kind="primary" wide onPress={onPress} isPending={isBusy} isDisabled={isDisabled}>
      {isBusy ? t('access.checking') : children}
    </Button>
  );
}
