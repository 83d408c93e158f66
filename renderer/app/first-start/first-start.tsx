import './first-start.css';
import { useState } from 'react';
import type { Language } from '../../texts';
import type { Obstacle } from '../../outbox/office';
import type { Setup } from '../../store/store';
import {
  Button,
  Card,
  ChoiceGroup,
  Notice,
  obstacleWords,
  TextField,
  TextsProvider,
  useOffice,
  useTexts,
  Waiting,
} from '../parts';
import { LagebildChoice } from './lagebild-choice';
import { OwnConnections } from './own-connections';
import { OwnPracticeForm } from './own-practice';
import { connectionsOf, noConnections, noSettings, type OwnPractice } from './own-setup';

type Step =
  | { readonly kind: 'choosing'; readonly trouble: Obstacle | null }
  | { readonly kind: 'preparing' }
  | { readonly kind: 'review'; readonly setup: Setup }
  | { readonly kind: 'practice' }
  | { readonly kind: 'connections' };

/** The assistant at the first start: rehearse at once, or set up the own practice. Three steps at most. */
export default function FirstStart({ onDone }: { onDone: () => void }) {
  const [language, setLanguage] = useState<Language>('de');
  return (
    <TextsProvider language={language}>
      <Assistant language={language} onLanguage={setLanguage} onDone={onDone} />
    </TextsProvider>
  );
}

function Assistant({
  language,
  onLanguage,
  onDone,
}: {
  language: Language;
  onLanguage: (language: Language) => void;
  onDone: () => void;
}) {
  const t = useTexts();
  const office = useOffice();
  const [step, setStep] = useState<Step>({ kind: 'choosing', trouble: null });
  const [own, setOwn] = useState<OwnPractice>({ settings: noSettings(language), connections: noConnections });
  const [isSaving, setSaving] = useState(false);

  const prepare = async () => {
    setStep({ kind: 'preparing' });
    const proposal = await office.proposeRehearsal();
    setStep('kind' in proposal ? { kind: 'choosing', trouble: proposal } : { kind: 'review', setup: proposal });
  };
  const save = async (setup: Setup) => {
    setSaving(true);
    await office.saveSetup({ ...setup, settings: { ...setup.settings, language } });
    onDone();
  };
  const saveOwn = () => {
    const made = connectionsOf(own.connections);
    if (made.kind === 'connections') void save({ settings: own.settings, connections: made.connections });
  };
  const number = step.kind === 'choosing' || step.kind === 'preparing' ? 1 : step.kind === 'connections' ? 3 : 2;
  const of = step.kind === 'practice' || step.kind === 'connections' ? 3 : 2;
  return (
    <main className="first-start">
      <header className="first-head">
        <div>
          <h1 className="first-title">{t('firstStart.title')}</h1>
          <p>{t('firstStart.words')}</p>
        </div>
        <ChoiceGroup
          label="Sprache · Language"
          choices={[
            { key: 'de', label: 'Deutsch' },
            { key: 'en', label: 'English' },
          ]}
          value={language}
          onChange={onLanguage}
        />
      </header>
      {step.kind === 'choosing' ? null : <p className="hint">{t('firstStart.step', { step: number, of })}</p>}
      {step.kind === 'choosing' ? (
        <>
          {step.trouble === null ? null : (
            <Notice kind="error" assertive>
              {obstacleWords(t, step.trouble)}
            </Notice>
          )}
          <h2 className="first-question">{t('firstStart.how')}</h2>
          <div className="first-choices">
            <section className="first-choice is-proposed">
              <h3>{t('firstStart.rehearsal')}</h3>
              <p>{t('firstStart.rehearsalWords')}</p>
              <Button kind="primary" onPress={() => void prepare()} autoFocus>
                {t('firstStart.rehearsalButton')}
              </Button>
            </section>
            <section className="first-choice">
              <h3>{t('firstStart.own')}</h3>
              <p>{t('firstStart.ownWords')}</p>
              <Button onPress={() => setStep({ kind: 'practice' })}>{t('firstStart.ownButton')}</Button>
            </section>
          </div>
        </>
      ) : null}
      {step.kind === 'preparing' ? <Waiting>{t('firstStart.preparing')}</Waiting> : null}
      {step.kind === 'review' ? (
        <Review
          setup={step.setup}
          isSaving={isSaving}
          onBack={() => setStep({ kind: 'choosing', trouble: null })}
          onStart={(setup) => void save(setup)}
        />
      ) : null}
      {step.kind === 'practice' ? (
        <OwnPracticeForm
          settings={own.settings}
          onChange={(settings) => setOwn({ ...own, settings })}
          onBack={() => setStep({ kind: 'choosing', trouble: null })}
          onNext={() => setStep({ kind: 'connections' })}
        />
      ) : null}
      {step.kind === 'connections' ? (
        <OwnConnections
          entries={own.connections}
          isSaving={isSaving}
          onChange={(connections) => setOwn({ ...own, connections })}
          onBack={() => setStep({ kind: 'practice' })}
          onStart={saveOwn}
        >
          <LagebildChoice
            isOn={own.settings.noticing.lagebild}
            isRehearsal={false}
            onChange={(lagebild) =>
              setOwn({ ...own, settings: { ...own.settings, noticing: { ...own.settings.noticing, lagebild } } })
            }
          />
        </OwnConnections>
      ) : null}
    </main>
  );
}

/** What the rehearsal world brings, and who sits at the desk. */
function Review({
  setup,
  isSaving,
  onBack,
  onStart,
}: {
  setup: Setup;
  isSaving: boolean;
  onBack: () => void;
  onStart: (setup: Setup) => void;
}) {
  const t = useTexts();
  const [operator, setOperator] = useState('');
  const [lagebild, setLagebild] = useState(setup.settings.noticing.lagebild);
  const { settings, connections } = setup;
  const { practice, practitioners } = settings;
  const facts = [
    ['reviewPractice', `${practice.name}, ${practice.address.postalCode ?? ''} ${practice.address.city ?? ''}`],
    [
      'reviewIssuer',
      practitioners
        .map(({ title, given, family, lanr }) => `${title ?? ''} ${given} ${family} (${lanr ?? ''})`.trim())
        .join(', '),
    ],
    ['reviewConnector', connections.connector.endpoint],
    ['reviewMail', connections.mail.address],
    ['reviewDirectory', `${connections.directory.host}:${String(connections.directory.port)}`],
  ] as const;
  const start = () =>
    onStart({
      ...setup,
      settings: { ...settings, operator: operator.trim(), noticing: { ...settings.noticing, lagebild } },
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <Card title={t('firstStart.review')}>
        <dl className="facts">
          {facts.map(([key, value]) => (
            <div key={key}>
              <dt>{t(`firstStart.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <div className="row first-operator">
          <TextField
            label={t('firstStart.operator')}
            value={operator}
            onChange={setOperator}
            hint={t('firstStart.operatorHint')}
            maxLength={40}
            autoFocus
            span={6}
          />
        </div>
        <LagebildChoice isOn={lagebild} isRehearsal onChange={setLagebild} />
      </Card>
      <div className="first-buttons">
        <Button onPress={onBack}>{t('firstStart.back')}</Button>
        <Button kind="primary" onPress={start} isPending={isSaving} shortcut="Ctrl+Enter">
          {t('firstStart.start')}
        </Button>
      </div>
    </form>
  );
}
