import { useCallback, useMemo, useState } from 'react';
import type { Obstacle, Office } from '../../outbox/office';
import type { Person, Session } from '../../store/access/access';
import { App } from '../app';
import { ConfirmDialog, OfficeProvider, TextsProvider, useTexts } from '../parts';
import { useKept } from '../parts/kept';
import { ShortcutsOff } from '../parts/shortcut';
import { writeUnsaved } from '../parts/unsaved';
import { isAnythingUnchosen } from '../issue/unchosen';
import { usePauseLock } from './locking';
import { LogInScreen } from './log-in-screen';
import { AtWorkContext, type AtWork } from './session-context';
import type { Vault } from './vault';

type Lock =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'locked';
      readonly isSwitching: boolean;
      readonly people: readonly Person[];
      /** What was typed is in the store: the screens can go. */
      readonly isWritten: boolean;
    };

/**
 * The program with somebody at work, and the lock over it. Locked, the screens are hidden at once and taken away as soon as what was typed is in the
 * store; unlocked, they come back where they were, with the draft. Everything behind them goes on.
 */
export default function Desk({
  vault,
  office,
  obstacle,
  onSession,
  onLogOff,
}: {
  vault: Vault;
  office: Office;
  obstacle: Obstacle | null;
  onSession: (session: Session) => Promise<void>;
  onLogOff: () => Promise<void>;
}) {
  const session = useKept(vault.session);
  const [lock, setLock] = useState<Lock>({ kind: 'open' });
  const [leaving, setLeaving] = useState<LeavingReason | null>(null);
  const [language, setLanguage] = useState<'de' | 'en'>('de');
  const isLocked = lock.kind === 'locked';
  const isPutAway = lock.kind === 'locked' && lock.isWritten;
  const lockNow = useCallback(
    (isSwitching = false) => {
      setLock({ kind: 'locked', isSwitching, people: [], isWritten: false });
      void writeUnsaved().then((isWritten) => {
        setLock((now) => (now.kind === 'locked' ? { ...now, isWritten } : now));
      });
      void Promise.all([vault.access.people(), office.store.setup()]).then(([people, setup]) => {
        setLanguage(setup?.settings.language ?? 'de');
        setLock((now) => (now.kind === 'locked' ? { ...now, people } : now));
      });
    },
    [vault, office],
  );
  usePauseLock(vault.host, () => {
    if (!isLocked) lockNow();
  });
  const leave = useCallback(() => {
    if (inFlightOf(office) > 0) setLeaving('in-flight');
    else
      void writeUnsaved().then((isWritten) => {
        if (!isWritten) setLeaving('unsaved');
        else if (isAnythingUnchosen(office)) setLeaving('unchosen');
        else void onLogOff();
      });
  }, [office, onLogOff]);
  const atWork = useMemo<AtWork | null>(
    () => (session === null ? null : { vault, session, isLocked, isPutAway, lock: lockNow, logOff: leave }),
    [vault, session, isLocked, isPutAway, lockNow, leave],
  );
  if (atWork === null) return null;
  return (
    <AtWorkContext value={atWork}>
      <div className="behind-lock" hidden={isLocked} inert={isLocked}>
        <ShortcutsOff value={isLocked}>
          <OfficeProvider office={office}>
            {/* Another user gets screens of their own: what the one before had open is not theirs to see. */}
            <App key={atWork.session.user.id} obstacle={obstacle} />
          </OfficeProvider>
        </ShortcutsOff>
      </div>
      <TextsProvider language={language}>
        {lock.kind === 'locked' && lock.people.length > 0 ? (
          <LogInScreen
            vault={vault}
            people={lock.people}
            locked={atWork.session.user}
            isSwitching={lock.isSwitching}
            onSession={async (next) => {
              await onSession(next);
              setLock({ kind: 'open' });
            }}
            onLogOff={leave}
          />
        ) : null}
        {leaving !== null ? (
          <Leaving
            why={leaving}
            count={inFlightOf(office)}
            onStay={() => {
              setLeaving(null);
              if (leaving === 'in-flight' && !isLocked) lockNow();
            }}
            onLogOff={() => {
              setLeaving(null);
              void onLogOff();
            }}
          />
        ) : null}
      </TextsProvider>
    </AtWorkContext>
  );
}

/** What would be stopped or lost by logging off. */
type LeavingReason = 'in-flight' | 'unsaved' | 'unchosen';

const leavingTexts = {
  'in-flight': { title: 'access.atWork.inFlightTitle', words: 'access.atWork.inFlight' },
  unsaved: { title: 'issue.logOffUnsaved.title', words: 'issue.logOffUnsaved.words' },
  unchosen: { title: 'issue.unchosen.logOffTitle', words: 'issue.unchosen.logOff' },
} as const;

/** Asks before the keys go: certificates are on their way (Escape locks instead, and nothing stops), or something typed would go with them. */
function Leaving({
  why,
  count,
  onStay,
  onLogOff,
}: {
  why: LeavingReason;
  count: number;
  onStay: () => void;
  onLogOff: () => void;
}) {
  const t = useTexts();
  return (
    <ConfirmDialog
      title={t(leavingTexts[why].title)}
      confirm={t('access.logOff')}
      isDanger
      onConfirm={onLogOff}
      onClose={onStay}
    >
      {t(leavingTexts[why].words, { count })}
    </ConfirmDialog>
  );
}

function inFlightOf(office: Office): number {
  const progress = office.progress();
  return progress.kind === 'running' && progress.step !== 'collecting' ? progress.total - progress.done : 0;
}
