import './access.css';
import { useState } from 'react';
import type { Clock } from '../../domain/clock';
import type { NewUser } from '../../store/access/accounts';
import { newKey } from '../../store/sealing';
import { Button, Card, Notice, TextField, useTexts, type FieldNote } from '../parts';
import { confirmedStep, FactorFields, newFactorEntry } from './enrol-factor';
import { NewPassphrase, nothingChosen } from './new-passphrase';
import { RecoverySheetStep } from './recovery-sheet-step';

/** Everything that the first accounts are made of. */
export interface FirstAccounts {
  readonly users: readonly NewUser[];
  readonly recoveryKey: Uint8Array;
}

type Step = 'doctor' | 'administrator' | 'factor' | 'recovery';
const order: readonly Step[] = ['doctor', 'administrator', 'factor', 'recovery'];

/**
 * The practice's first accounts: a doctor, an administrator with a second factor, and the recovery key on paper. Assistants are added later
 * under «Zugänge». Nothing is stored before all of it is there.
 */
export function OwnAccounts({
  doctorName,
  practice,
  clock,
  isBusy,
  confirm,
  onBack,
  onDone,
}: {
  doctorName: string;
  practice: string;
  clock: Clock;
  isBusy: boolean;
  /** What the last button says. */
  confirm: string;
  onBack: () => void;
  onDone: (accounts: FirstAccounts) => void;
}) {
  const t = useTexts();
  const [step, setStep] = useState<Step>('doctor');
  const [wasTried, setTried] = useState(false);
  const [doctor, setDoctor] = useState({ name: doctorName, chosen: nothingChosen });
  const [administrator, setAdministrator] = useState({ name: '', chosen: nothingChosen });
  const [factor, setFactor] = useState(newFactorEntry);
  /** The step of the code that proved it, which is used up with that. */
  const [provenStep, setProvenStep] = useState<number | null>(null);
  const [recoveryKey] = useState(newKey);
  const goTo = (next: Step) => {
    setStep(next);
    setTried(false);
  };
  const back = () => {
    const before = order[order.indexOf(step) - 1];
    if (before === undefined) onBack();
    else goTo(before);
  };
  const entered = step === 'doctor' ? doctor : administrator;
  const setEntered = step === 'doctor' ? setDoctor : setAdministrator;
  const isSameName = doctor.name.trim().toLowerCase() === administrator.name.trim().toLowerCase();
  const nameNotes: FieldNote[] = !wasTried
    ? []
    : entered.name.trim() === ''
      ? [{ severity: 'error', text: t('firstStart.required') }]
      : step === 'administrator' && isSameName
        ? [{ severity: 'error', text: t('access.refused.name-taken') }]
        : [];
  const isSamePassphrase =
    step === 'administrator' &&
    administrator.chosen.isGood &&
    administrator.chosen.passphrase === doctor.chosen.passphrase;
  const next = () => {
    setTried(true);
    if (step === 'factor') {
      const proven = confirmedStep(factor, clock.now());
      setProvenStep(proven);
      if (proven !== null) goTo('recovery');
      return;
    }
    const isNamed = entered.name.trim() !== '' && !(step === 'administrator' && isSameName);
    if (isNamed && entered.chosen.isGood && !isSamePassphrase) goTo(step === 'doctor' ? 'administrator' : 'factor');
  };
  const finish = () =>
    onDone({
      recoveryKey,
      users: [
        { name: doctor.name, role: 'doctor', passphrase: doctor.chosen.passphrase, secondFactor: null },
        {
          name: administrator.name,
          role: 'administrator',
          passphrase: administrator.chosen.passphrase,
          secondFactor: provenStep === null ? null : { secret: factor.secret, step: provenStep },
        },
      ],
    });
  return (
    <Card title={t(`access.first.${step}`)}>
      {step === 'recovery' ? (
        <RecoverySheetStep
          recoveryKey={recoveryKey}
          practice={practice}
          clock={clock}
          isTest={false}
          isBusy={isBusy}
          confirm={confirm}
          onBack={back}
          onDone={finish}
        />
      ) : (
        <form
          key={step}
          onSubmit={(event) => {
            event.preventDefault();
            next();
          }}
        >
          <p className="soft first-words">{t(`access.first.${step}Words`)}</p>
          {step === 'factor' ? (
            <FactorFields
              name={administrator.name}
              entry={factor}
              onCode={(code) => {
                setFactor({ ...factor, code });
                setTried(false);
              }}
              isWrong={wasTried && provenStep === null}
              autoFocus
            />
          ) : (
            <>
              <div className="row">
                <TextField
                  label={t('access.name')}
                  value={entered.name}
                  onChange={(name) => setEntered({ ...entered, name })}
                  notes={nameNotes}
                  hint={t('access.nameHint')}
                  maxLength={60}
                  autoFocus
                  span={6}
                />
              </div>
              <NewPassphrase
                chosen={entered.chosen}
                onChange={(chosen) => setEntered({ ...entered, chosen })}
                known={[entered.name, practice]}
                wasTried={wasTried}
              />
              {wasTried && isSamePassphrase ? (
                <Notice kind="error" assertive>
                  {t('access.notShared')}
                </Notice>
              ) : null}
            </>
          )}
          <div className="form-buttons">
            <Button onPress={back}>{t('firstStart.back')}</Button>
            <Button kind="primary" onPress={next} shortcut="Ctrl+Enter">
              {t('firstStart.next')}
            </Button>
          </div>
        </form>
      )}
    </Card>
  );
}
