import { useEffect, useRef, useState } from 'react';
import { fullName } from '../../domain/person-name';
import { trialSteps, type TrialResult, type TrialStep } from '../../outbox/trial-run';
import { Button, Dialog, Notice, obstacleWords, Select, StatusDot, useOffice, useSetup, useTexts } from '../parts';
import type { ComponentName } from './checks';

type Run =
  | { readonly kind: 'not-begun' }
  | { readonly kind: 'running'; readonly results: readonly TrialResult[] }
  | { readonly kind: 'ended'; readonly results: readonly TrialResult[] }
  /** The host is gone; what was found until then stands. */
  | { readonly kind: 'broken'; readonly results: readonly TrialResult[] };

/** Which connection a step tries. */
const componentOf: Readonly<Record<TrialStep, ComponentName>> = {
  connector: 'connector',
  signing: 'connector',
  directory: 'directory',
  sending: 'sending',
  receipt: 'mailbox',
  arrival: 'mailbox',
};

/** The trial run, from the connector's directory of services to a signed test message in the practice's own mailbox. */
export function TrialDialog({
  onEdit,
  onClose,
}: {
  /** `null` in rehearsal: there the world sets its own connections. */
  onEdit: ((name: ComponentName) => void) | null;
  onClose: () => void;
}) {
  const t = useTexts();
  const office = useOffice();
  const { settings, connections } = useSetup();
  const { practitioners } = settings;
  const [practitionerId, setPractitionerId] = useState(practitioners[0]?.id ?? null);
  const [run, setRun] = useState<Run>({ kind: 'not-begun' });
  const stopping = useRef(new AbortController());
  useEffect(() => {
    const controller = stopping.current;
    return () => controller.abort();
  }, []);

  const start = async () => {
    if (practitionerId === null) return;
    const results: TrialResult[] = [];
    setRun({ kind: 'running', results: [] });
    try {
      for await (const one of office.runTrial(practitionerId, stopping.current.signal)) {
        results.push(one);
        setRun({ kind: 'running', results: [...results] });
      }
      setRun({ kind: 'ended', results });
    } catch {
      setRun({ kind: 'broken', results });
    }
  };
  const results = run.kind === 'not-begun' ? [] : run.results;
  const isRunning = run.kind === 'running';
  const isGood =
    run.kind === 'ended' &&
    trialSteps.every((step) => results.some((one) => one.step === step && one.outcome.kind === 'done'));
  const current = isRunning ? trialSteps.find((step) => !results.some((one) => one.step === step)) : undefined;
  return (
    <Dialog
      title={t('connections.trial.title')}
      width="wide"
      onClose={onClose}
      buttons={
        <>
          <Button onPress={onClose}>{t(run.kind === 'not-begun' ? 'parts.cancel' : 'parts.close')}</Button>
          <Button
            kind={isGood ? 'secondary' : 'primary'}
            onPress={() => void start()}
            isPending={isRunning}
            isDisabled={practitionerId === null}
          >
            {t(run.kind === 'not-begun' ? 'connections.trial.start' : 'connections.trial.again')}
          </Button>
        </>
      }
    >
      <p>{t('connections.trial.words', { address: connections.mail.address })}</p>
      <div className="row">
        <Select
          label={t('connections.trial.practitioner')}
          options={practitioners.map((one) => ({ key: one.id, label: fullName(one) }))}
          value={practitionerId}
          onChange={setPractitionerId}
          placeholder={t('connections.trial.choose')}
          isDisabled={isRunning}
          span={6}
        />
      </div>
      {run.kind === 'not-begun' ? null : (
        <ol className="trial">
          {trialSteps.map((step) => (
            <Step
              key={step}
              step={step}
              result={results.find((one) => one.step === step) ?? null}
              isCurrent={step === current}
              onEdit={onEdit}
            />
          ))}
        </ol>
      )}
      {isRunning ? <p className="hidden">{t('connections.trial.running')}</p> : null}
      {run.kind === 'broken' ? (
        <Notice kind="error" assertive>
          {t('connections.broken')}
        </Notice>
      ) : null}
      {run.kind === 'ended' ? (
        <Notice kind={isGood ? 'good' : 'error'} assertive>
          {t(isGood ? 'connections.trial.good' : 'connections.trial.bad')}
        </Notice>
      ) : null}
    </Dialog>
  );
}

/** One step: not there yet, under way, done, or what is wrong and where to mend it. */
function Step({
  step,
  result,
  isCurrent,
  onEdit,
}: {
  step: TrialStep;
  result: TrialResult | null;
  isCurrent: boolean;
  onEdit: ((name: ComponentName) => void) | null;
}) {
  const t = useTexts();
  const outcome = result?.outcome ?? null;
  const kind = outcome === null ? (isCurrent ? 'waiting' : 'none') : outcome.kind === 'done' ? 'good' : 'bad';
  return (
    <li>
      <StatusDot kind={kind}>
        <strong>{t(`connections.trial.steps.${step}`)}</strong>
      </StatusDot>
      {outcome === null ? (
        isCurrent && step === 'signing' ? (
          <p>{t('connections.trial.pin')}</p>
        ) : null
      ) : outcome.kind === 'done' ? (
        <p className="small soft">{outcome.words}</p>
      ) : (
        <div className="trial-wrong">
          <p>{obstacleWords(t, outcome)}</p>
          {onEdit === null ? null : (
            <Button size="small" onPress={() => onEdit(componentOf[step])}>
              {t('connections.trial.change')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
