import './access.css';
import { useEffect, useState, type ReactNode } from 'react';
import type { Person, Session } from '../../store/access/access';
import { Button, useTexts } from '../parts';
import { EnrolFactor } from './enrol-factor';
import { LogInForm } from './log-in-form';
import { PracticeHint } from './practice-hint';
import { RecoveryScreen } from './recovery-screen';
import type { Vault } from './vault';
import { dueRenewal, RenewKeys, type DueRenewal } from './renew-keys';
import { openVault } from './vault-places';

/** The frame of everything that stands before the program: the brand, one sheet, and what belongs below it. */
export function Gate({
  title,
  words,
  children,
  below,
}: {
  title: string;
  words: string;
  children: ReactNode;
  below?: ReactNode;
}) {
  const t = useTexts();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <main className="gate">
      <div className="gate-sheet">
        <header className="gate-head">
          <span className="brand-slip" aria-hidden />
          <span className="brand-name">{t('app.name')}</span>
        </header>
        <h1 className="gate-title">{title}</h1>
        <p className="soft gate-words">{words}</p>
        {children}
      </div>
      {below}
    </main>
  );
}

/**
 * Before anything is open, and whenever it is locked: choose who it is, passphrase, code where one is asked for. `locked`: who is logged in
 * behind it; everything goes on there.
 */
export function LogInScreen({
  vault,
  people,
  locked,
  isSwitching = false,
  onSession,
  onLogOff,
}: {
  vault: Vault;
  people: readonly Person[];
  locked: Person | null;
  /** Somebody else is about to sit down: another user than the one before is proposed. */
  isSwitching?: boolean;
  onSession: (session: Session) => Promise<void>;
  onLogOff: () => void;
}) {
  const t = useTexts();
  const [step, setStep] = useState<
    | { readonly kind: 'log-in' }
    | { readonly kind: 'recovery' }
    | { readonly kind: 'enrol'; readonly session: Session }
    | { readonly kind: 'renew'; readonly session: Session; readonly due: DueRenewal }
  >({ kind: 'log-in' });
  const initial =
    (isSwitching ? people.find(({ id }) => id !== locked?.id) : people.find(({ id }) => id === locked?.id)) ??
    people[0];
  const other = vault.place.kind === 'live' ? 'rehearsal' : 'live';
  if (step.kind === 'recovery') return <RecoveryScreen vault={vault} onBack={() => setStep({ kind: 'log-in' })} />;
  if (step.kind === 'enrol')
    return (
      <Gate title={t('access.factor.title')} words={t('access.factor.mustWords')}>
        <EnrolFactor
          administration={vault.administration}
          session={step.session}
          onDone={async () =>
            onSession({ ...step.session, mustEnrol: false, user: { ...step.session.user, hasSecondFactor: true } })
          }
          onCancel={() => setStep({ kind: 'log-in' })}
        />
      </Gate>
    );
  if (step.kind === 'renew')
    return (
      <Gate title={t('access.renew.title')} words={t('access.renew.words')}>
        <RenewKeys
          vault={vault}
          session={step.session}
          due={step.due}
          onDone={onSession}
          onLater={() => void onSession(step.session)}
        />
      </Gate>
    );
  return (
    <Gate
      title={locked === null ? t('access.logIn') : t('access.locked')}
      words={locked === null ? t('access.logInWords') : t('access.lockedWords', { name: locked.name })}
      below={<PracticeHint people={people} clock={vault.clock} />}
    >
      <LogInForm
        vault={vault}
        people={people}
        initialId={initial?.id ?? ''}
        confirmWords={locked === null ? t('access.open') : t('access.unlock')}
        onSession={async (session) => {
          const due = await dueRenewal(vault, session);
          if (session.mustEnrol) setStep({ kind: 'enrol', session });
          else if (due !== null) setStep({ kind: 'renew', session, due });
          else await onSession(session);
        }}
      />
      <div className="gate-foot">
        <Button kind="quiet" size="small" onPress={() => setStep({ kind: 'recovery' })}>
          {t('access.forgotten')}
        </Button>
        {locked === null ? (
          <Button kind="quiet" size="small" onPress={() => openVault(other)}>
            {t(`access.world.to.${other}`)}
          </Button>
        ) : (
          <Button kind="quiet" size="small" onPress={onLogOff}>
            {t('access.logOff')}
          </Button>
        )}
      </div>
    </Gate>
  );
}
