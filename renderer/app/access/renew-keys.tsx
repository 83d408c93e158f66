import { useState } from 'react';
import type { Session } from '../../store/access/access';
import { renewClinicalKey } from '../../store/access/renewal';
import { newKey } from '../../store/sealing';
import { Button, Notice, shortInstant, useTexts } from '../parts';
import { RecoverySheetStep } from './recovery-sheet-step';
import type { Vault } from './vault';

/** What a doctor is told at the log-in: who left, since when, and whether there is a recovery key that has to be another one. */
export interface DueRenewal {
  readonly names: readonly string[];
  readonly since: string;
  readonly hasRecovery: boolean;
}

/** The clinical key's renewal as it waits for this user; `null`: nothing is due, or it isn't theirs to do. */
export async function dueRenewal(vault: Vault, session: Session): Promise<DueRenewal | null> {
  if (session.user.role !== 'doctor') return null;
  const reading = await vault.access.read();
  if (reading.kind !== 'header' || reading.header.renewalDue === undefined) return null;
  return { ...reading.header.renewalDue, hasRecovery: reading.header.recovery !== null };
}

/** Somebody who held the key to the certificates has left: the doctor who logs in gives everybody a new one, and prints another recovery key. */
export function RenewKeys({
  vault,
  session,
  due,
  onDone,
  onLater,
}: {
  vault: Vault;
  session: Session;
  due: DueRenewal;
  /** With the session that holds the new key. */
  onDone: (session: Session) => Promise<void>;
  onLater: () => void;
}) {
  const t = useTexts();
  const [recoveryKey] = useState(() => (due.hasRecovery ? newKey() : null));
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const renew = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      const renewal = await renewClinicalKey(vault.access, session, recoveryKey);
      if (renewal.kind === 'renewed') {
        vault.noteLater({ type: 'keys-renewed', because: [...due.names] });
        await onDone(renewal.session);
      } else if (renewal.reason === 'must-log-in')
        setTrouble(t('access.renew.mustLogIn', { names: renewal.names.join(', ') }));
      else setTrouble(t(`access.renew.refused.${renewal.reason}`));
    } catch (error) {
      setTrouble(t('access.renew.failed', { text: String(error) }));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p>
        {t('access.renew.who', {
          names: due.names.join(', '),
          since: shortInstant(due.since, vault.clock.now(), t.language),
        })}
      </p>
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
      {recoveryKey === null ? (
        <div className="form-buttons">
          <Button onPress={onLater}>{t('access.renew.later')}</Button>
          <Button kind="primary" onPress={() => void renew()} isPending={isBusy} shortcut="Ctrl+Enter" autoFocus>
            {t('access.renew.do')}
          </Button>
        </div>
      ) : (
        <>
          <Notice kind="outage">{t('access.renew.sheet')}</Notice>
          <RecoverySheetStep
            recoveryKey={recoveryKey}
            practice=""
            clock={vault.clock}
            isTest={vault.place.kind === 'rehearsal'}
            isBusy={isBusy}
            confirm={t('access.renew.do')}
            back={t('access.renew.later')}
            onBack={onLater}
            onDone={() => void renew()}
          />
        </>
      )}
    </>
  );
}
