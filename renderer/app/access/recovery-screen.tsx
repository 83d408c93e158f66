import { useState } from 'react';
import type { Person } from '../../store/access/access';
import type { PracticeKeys } from '../../store/access/accounts';
import { Button, Notice, TextField, useTexts } from '../parts';
import { Gate } from './log-in-screen';
import { NewPassphrase, nothingChosen } from './new-passphrase';
import { OwnAccounts } from './own-accounts';
import { PersonChoice } from './person-choice';
import type { Vault } from './vault';

type Step =
  | { readonly kind: 'key' }
  | { readonly kind: 'passphrase'; readonly keys: PracticeKeys; readonly people: readonly Person[] }
  | { readonly kind: 'accounts'; readonly keys: PracticeKeys }
  | { readonly kind: 'done' };

/** A forgotten passphrase, another machine, or accounts that can't be trusted any more: the printed key opens. */
export function RecoveryScreen({ vault, onBack }: { vault: Vault; onBack: () => void }) {
  const t = useTexts();
  const [step, setStep] = useState<Step>({ kind: 'key' });
  const [typed, setTyped] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const [userId, setUserId] = useState('');
  const [chosen, setChosen] = useState(nothingChosen);
  const [wasTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);

  const open = async () => {
    setTrouble(null);
    const opened = await vault.administration.openByRecoveryKey(typed);
    switch (opened.kind) {
      case 'opened': {
        const { keys, people } = opened;
        if (people === null) setStep({ kind: 'accounts', keys });
        else {
          setUserId(people[0]?.id ?? '');
          setStep({ kind: 'passphrase', keys, people });
        }
        return;
      }
      case 'not-a-key':
        setTrouble(
          opened.group === null
            ? t('access.recovery.notAKey')
            : t('access.recovery.notAGroup', { number: opened.group }),
        );
        return;
      case 'wrong-key':
        setTrouble(t('access.recovery.wrongKey', { check: opened.check }));
        return;
      case 'no-recovery':
        setTrouble(t('access.recovery.none'));
    }
  };
  const reset = async (keys: PracticeKeys) => {
    setTried(true);
    if (!chosen.isGood) return;
    setBusy(true);
    try {
      const changed = await vault.administration.resetPassphrase(keys, userId, chosen.passphrase);
      if (changed.kind === 'changed') setStep({ kind: 'done' });
      else setTrouble(t('access.refused.header-changed'));
    } finally {
      setBusy(false);
    }
  };
  switch (step.kind) {
    case 'key':
      return (
        <Gate title={t('access.recovery.title')} words={t('access.recovery.typeWords')}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void open();
            }}
          >
            <TextField
              label={t('access.recovery.key')}
              kind="lines"
              value={typed}
              onChange={setTyped}
              notes={trouble === null ? [] : [{ severity: 'error', text: trouble }]}
              hint={t('access.recovery.typeHint')}
              autoFocus
            />
            <div className="form-buttons">
              <Button onPress={onBack}>{t('firstStart.back')}</Button>
              <Button kind="primary" onPress={() => void open()} shortcut="Ctrl+Enter">
                {t('access.recovery.open')}
              </Button>
            </div>
          </form>
        </Gate>
      );
    case 'passphrase': {
      const { keys, people } = step;
      return (
        <Gate title={t('access.recovery.setTitle')} words={t('access.recovery.setWords')}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void reset(keys);
            }}
          >
            <PersonChoice label={t('access.recovery.whose')} people={people} value={userId} onChange={setUserId} />
            <NewPassphrase
              chosen={chosen}
              onChange={setChosen}
              known={people.map(({ name }) => name)}
              wasTried={wasTried}
              autoFocus
            />
            {trouble === null ? null : (
              <Notice kind="error" assertive>
                {trouble}
              </Notice>
            )}
            <div className="form-buttons">
              <Button onPress={onBack}>{t('parts.cancel')}</Button>
              <Button kind="primary" onPress={() => void reset(keys)} isPending={isBusy} shortcut="Ctrl+Enter">
                {t('access.recovery.set')}
              </Button>
            </div>
          </form>
        </Gate>
      );
    }
    case 'accounts': {
      const { keys } = step;
      return (
        <Gate title={t('access.recovery.anewTitle')} words={t('access.recovery.anewWords')}>
          <OwnAccounts
            doctorName=""
            practice=""
            clock={vault.clock}
            isBusy={isBusy}
            confirm={t('access.recovery.finish')}
            onBack={onBack}
            onDone={({ users, recoveryKey }) => {
              setBusy(true);
              void vault.access.foundWith(users, keys, recoveryKey).then(() => setStep({ kind: 'done' }));
            }}
          />
        </Gate>
      );
    }
    case 'done':
      return (
        <Gate title={t('access.recovery.doneTitle')} words={t('access.recovery.doneWords')}>
          <Button kind="primary" onPress={() => window.location.reload()} autoFocus>
            {t('access.recovery.toLogIn')}
          </Button>
        </Gate>
      );
  }
}
