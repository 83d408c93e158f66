import './first-start.css';
import { useState } from 'react';
import type { Language } from '../../texts';
import type { Obstacle } from '../../outbox/office';
import type { Setup } from '../../store/store';
import { Button, Card, ChoiceGroup, Notice, obstacleWords, TextsProvider, useTexts, Waiting } from '../parts';
import { proposeRehearsal } from '../../outbox/rehearsing';
import { OwnAccounts, type FirstAccounts } from '../access/own-accounts';
import { practiceAccounts, practicePassphrase } from '../access/practice-accounts';
import type { Vault } from '../access/vault';
import { openVault } from '../access/vault-places';
import type { VaultKind } from '../../store/access/header';
import { carriedKey, takenAlong } from './carried-over';
import { LagebildChoice } from './lagebild-choice';
import { OwnConnections } from './own-connections';
import { OwnPracticeForm } from './own-practice';
import { connectionsOf, noConnections, noSettings, type OwnPractice } from './own-setup';

type Step =
  | { readonly kind: 'choosing'; readonly trouble: Obstacle | null }
  | { readonly kind: 'preparing' }
  | { readonly kind: 'review'; readonly setup: Setup }
  | { readonly kind: 'practice' }
  | { readonly kind: 'connections' }
  | { readonly kind: 'accounts'; readonly setup: Setup | null };

/** What the first start is asked for: set-up and accounts; each `null` where it is there already. */
export interface FirstStartResult {
  readonly setup: Setup | null;
  readonly accounts: FirstAccounts | 'practice' | null;
}

/**
 * The assistant at the first start: rehearse at once with made-up accounts, or set up the own practice with its own. `needs`: data of a
 * version without accounts need only those; after a start that was broken off, only the set-up. `offers`: what isn't there yet.
 */
export default function FirstStart({
  vault,
  needs,
  offers,
  onDone,
}: {
  vault: Vault;
  needs: 'everything' | 'accounts' | 'setup';
  offers: readonly VaultKind[];
  onDone: (result: FirstStartResult) => Promise<void>;
}) {
  const [language, setLanguage] = useState<Language>('de');
  return (
    <TextsProvider language={language}>
      <Assistant
        vault={vault}
        needs={needs}
        offers={offers}
        language={language}
        onLanguage={setLanguage}
        onDone={onDone}
      />
    </TextsProvider>
  );
}

function Assistant({
  vault,
  needs,
  offers,
  language,
  onLanguage,
  onDone,
}: {
  vault: Vault;
  needs: 'everything' | 'accounts' | 'setup';
  offers: readonly VaultKind[];
  language: Language;
  onLanguage: (language: Language) => void;
  onDone: (result: FirstStartResult) => Promise<void>;
}) {
  const t = useTexts();
  const [step, setStep] = useState<Step>(
    needs === 'accounts' ? { kind: 'accounts', setup: null } : { kind: 'choosing', trouble: null },
  );
  const [carried, setCarried] = useState(() => (vault.place.kind === 'live' ? takenAlong(sessionStorage) : null));
  const [own, setOwn] = useState<OwnPractice>({
    settings: carried ?? noSettings(language),
    connections: noConnections,
  });
  const forgetCarried = () => {
    sessionStorage.removeItem(carriedKey);
    setCarried(null);
    setOwn({ ...own, settings: noSettings(language) });
  };
  const [isSaving, setSaving] = useState(false);

  const prepare = async () => {
    setStep({ kind: 'preparing' });
    const proposal = await proposeRehearsal(vault.host);
    setStep('kind' in proposal ? { kind: 'choosing', trouble: proposal } : { kind: 'review', setup: proposal });
  };
  const save = async (setup: Setup | null, accounts: FirstStartResult['accounts']) => {
    setSaving(true);
    await onDone({
      setup: setup === null ? null : { ...setup, settings: { ...setup.settings, language } },
      accounts: needs === 'setup' ? null : accounts,
    });
    sessionStorage.removeItem(carriedKey);
    setSaving(false);
  };
  const afterConnections = () => {
    const made = connectionsOf(own.connections);
    if (made.kind !== 'connections') return;
    const setup: Setup = { settings: own.settings, connections: made.connections };
    if (needs === 'setup') void save(setup, null);
    else setStep({ kind: 'accounts', setup });
  };
  const [offered] = offers;
  const isOnly = offers.length === 1;
  const numbers = { choosing: 1, preparing: 1, review: 2, practice: 2, connections: 3, accounts: 4 } as const;
  const number = numbers[step.kind];
  const of = step.kind === 'review' ? 2 : needs === 'setup' ? 3 : 4;
  const [first] = own.settings.practitioners;
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
      {step.kind === 'choosing' || needs === 'accounts' ? null : (
        <p className="hint">{t('firstStart.step', { step: number, of })}</p>
      )}
      {step.kind === 'choosing' ? (
        <>
          {step.trouble === null ? null : (
            <Notice kind="error" assertive>
              {obstacleWords(t, step.trouble)}
            </Notice>
          )}
          {isOnly ? null : <h2 className="first-question">{t('firstStart.how')}</h2>}
          <div className={isOnly ? 'first-choices is-only' : 'first-choices'}>
            {offers.includes('rehearsal') ? (
              <section className="first-choice is-proposed">
                <h3>{t('firstStart.rehearsal')}</h3>
                <p>{t('firstStart.rehearsalWords')}</p>
                <Button kind="primary" onPress={() => void prepare()} autoFocus>
                  {t('firstStart.rehearsalButton')}
                </Button>
              </section>
            ) : null}
            {offers.includes('live') ? (
              <section className={isOnly ? 'first-choice is-proposed' : 'first-choice'}>
                <h3>{t('firstStart.own')}</h3>
                <p>
                  {t(
                    carried !== null
                      ? 'firstStart.ownCarriedWords'
                      : isOnly
                        ? 'firstStart.ownFreshWords'
                        : 'firstStart.ownWords',
                  )}
                </p>
                <Button
                  kind={isOnly ? 'primary' : 'secondary'}
                  onPress={() => setStep({ kind: 'practice' })}
                  autoFocus={isOnly}
                >
                  {t('firstStart.ownButton')}
                </Button>
              </section>
            ) : null}
          </div>
          {isOnly && needs === 'everything' ? (
            <Button kind="quiet" size="small" onPress={() => openVault(offered === 'live' ? 'rehearsal' : 'live')}>
              {t(offered === 'live' ? 'access.world.backToRehearsal' : 'access.world.backToLive')}
            </Button>
          ) : null}
        </>
      ) : null}
      {step.kind === 'preparing' ? <Waiting>{t('firstStart.preparing')}</Waiting> : null}
      {step.kind === 'review' ? (
        <Review
          setup={step.setup}
          isSaving={isSaving}
          onBack={() => setStep({ kind: 'choosing', trouble: null })}
          onStart={(setup) => void save(setup, 'practice')}
        />
      ) : null}
      {step.kind === 'practice' && carried !== null ? (
        <Notice
          kind="info"
          title={t('firstStart.carried')}
          action={
            <Button size="small" onPress={forgetCarried}>
              {t('firstStart.carriedForget')}
            </Button>
          }
        >
          {t('firstStart.carriedWords')}
        </Notice>
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
          onStart={afterConnections}
          confirm={needs === 'setup' ? t('firstStart.start') : t('firstStart.next')}
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
      {step.kind === 'accounts' ? (
        <OwnAccounts
          doctorName={first === undefined ? '' : [first.title, first.given, first.family].filter(Boolean).join(' ')}
          practice={own.settings.practice.name}
          clock={vault.clock}
          isBusy={isSaving}
          confirm={t('firstStart.start')}
          onBack={() => setStep(needs === 'accounts' ? step : { kind: 'connections' })}
          onDone={(accounts) => void save(step.setup, accounts)}
        />
      ) : null}
    </main>
  );
}

/** What the rehearsal world brings, and who may log in. */
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
  const accounts = practiceAccounts.map(({ name, role }) => `${name} (${t(`access.role.${role}`)})`).join(', ');
  const start = () => onStart({ ...setup, settings: { ...settings, noticing: { ...settings.noticing, lagebild } } });
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
          <div>
            <dt>{t('access.practice.review')}</dt>
            <dd>{accounts}</dd>
          </div>
        </dl>
        <p className="first-accounts">{t('access.practice.reviewWords', { passphrase: practicePassphrase })}</p>
        <LagebildChoice isOn={lagebild} isRehearsal onChange={setLagebild} />
      </Card>
      <div className="first-buttons">
        <Button onPress={onBack}>{t('firstStart.back')}</Button>
        <Button kind="primary" onPress={start} isPending={isSaving} shortcut="Ctrl+Enter" autoFocus>
          {t('firstStart.start')}
        </Button>
      </div>
    </form>
  );
}
