import { useState } from 'react';
import type { Person, Session } from '../../store/access/access';
import type { Administration } from '../../store/access/administration';
import { newKey } from '../../store/sealing';
import { Button, Dialog, Notice, useAnnounce, useOffice, useSetup, useTexts } from '../parts';
import { accountTrouble } from './account-words';
import { clinicalKeyBy, ConsentFields, emptyConsent } from './consent';
import { useNote } from './note';
import { RecoverySheetStep } from './recovery-sheet-step';

/** A new recovery key: somebody who may see certificates agrees, the sheet is printed and proven, then the old one is worth nothing. */
export function RecoveryKeyDialog({
  administration,
  session,
  people,
  onClose,
}: {
  administration: Administration;
  session: Session;
  people: readonly Person[];
  onClose: (isChanged: boolean) => void;
}) {
  const t = useTexts();
  const announce = useAnnounce();
  const note = useNote();
  const { clock } = useOffice();
  const { settings } = useSetup();
  const [consent, setConsent] = useState(() => emptyConsent(people));
  const [clinical, setClinical] = useState<Uint8Array | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [recoveryKey] = useState(newKey);
  const agree = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      const key = await clinicalKeyBy(t, administration, consent);
      if (key.kind === 'trouble') setTrouble(key.words);
      else setClinical(key.clinical);
    } finally {
      setBusy(false);
    }
  };
  const finish = async (key: Uint8Array) => {
    setBusy(true);
    try {
      const words = accountTrouble(t, await administration.setRecoveryKey(session, recoveryKey, key));
      setTrouble(words);
      if (words !== null) return;
      await note({ type: 'user-changed', name: session.user.name, what: 'recovery key' });
      announce(t('access.users.newKeyDone'));
      onClose(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('access.users.newKeyTitle')}
      width="wide"
      onClose={() => onClose(false)}
      buttons={
        clinical === null ? (
          <>
            <Button onPress={() => onClose(false)}>{t('parts.cancel')}</Button>
            <Button kind="primary" onPress={() => void agree()} isPending={isBusy} shortcut="Ctrl+Enter" inDialog>
              {t('firstStart.next')}
            </Button>
          </>
        ) : null
      }
    >
      {clinical === null ? (
        <ConsentFields people={people} entry={consent} onChange={setConsent} trouble={trouble} />
      ) : (
        <>
          {trouble === null ? null : (
            <Notice kind="error" assertive>
              {trouble}
            </Notice>
          )}
          <RecoverySheetStep
            recoveryKey={recoveryKey}
            practice={settings.practice.name}
            clock={clock}
            isTest={settings.mode === 'rehearsal'}
            isBusy={isBusy}
            confirm={t('access.users.newKeyDo')}
            onBack={() => onClose(false)}
            onDone={() => void finish(clinical)}
          />
        </>
      )}
    </Dialog>
  );
}
