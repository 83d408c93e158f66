import { useState } from 'react';
import type { OutageScope } from '../../domain/outage';
import type { Payer } from '../../domain/payer';
import { isReady, outagesFor, payerIndex } from '../../outbox/agenda';
import {
  Button,
  ChoiceGroup,
  Dialog,
  Notice,
  providerName,
  Select,
  shortInstant,
  TextField,
  useAnnounce,
  useOffice,
  useTexts,
} from '../parts';
import { focusField } from '../parts/focus-field';
import { ChoosePayers, payersPath } from './choose-payers';
import {
  alreadyDeclared,
  asRunning,
  payersConcerned,
  providersOf,
  scopesOf,
  scopeTitle,
  type ScopeKind,
} from './scope';
import type { Situation } from './screen';

/** What it can be when only this practice is cut off; stands in the reason. */
const practiceCauses = ['connector', 'card', 'kim', 'line'] as const;
type PracticeCause = (typeof practiceCauses)[number];

const kinds: readonly ScopeKind[] = ['provider', 'payer', 'practice', 'all'];

/** Declares an outage (P6-03): what is down, why one thinks so, and what that will mean. */
export function DeclareDialog({ situation, onClose }: { situation: Situation; onClose: () => void }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const { payers, outages } = situation;
  const providers = providersOf(payers);
  const [kind, setKind] = useState<ScopeKind | null>(null);
  const [provider, setProvider] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly Payer[]>([]);
  const [typed, setTyped] = useState('');
  const [isNoted, setNoted] = useState(false);
  const [cause, setCause] = useState<PracticeCause | null>(null);
  const [reason, setReason] = useState('');
  const [isSaving, setSaving] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const scopes = scopesOf(kind, provider, chosen);
  const fresh = scopes.filter((scope) => alreadyDeclared(scope, outages) === null);
  const known = scopes.flatMap((scope) => alreadyDeclared(scope, outages) ?? []);
  const isUnchosen = kind === 'payer' && typed.trim() !== '';
  const declare = async () => {
    if (isUnchosen) {
      // Whoever typed it means it to be in.
      setNoted(true);
      focusField(payersPath);
      return;
    }
    if (fresh.length === 0) return;
    setSaving(true);
    setTrouble(null);
    const part = kind === 'practice' && cause !== null ? t(`outages.declare.causes.${cause}`) : '';
    try {
      // Each is an outage of its own: it ends on its own day. One that fails leaves those before it declared.
      for (const scope of fresh)
        await office.declareOutage(scope, [part, reason.trim()].filter((words) => words !== '').join(': '));
      announce(t('outages.declare.done', { name: fresh.map((scope) => scopeTitle(scope, payers, t)).join(', ') }));
      onClose();
    } catch (error) {
      setTrouble(t('parts.change.failed', { text: String(error) }));
      setSaving(false);
    }
  };
  return (
    <Dialog
      title={t('outages.declare.title')}
      onClose={onClose}
      width="wide"
      buttons={
        <>
          <Button onPress={onClose}>{t('parts.cancel')}</Button>
          <Button
            kind="primary"
            onPress={() => void declare()}
            isDisabled={fresh.length === 0 && !isUnchosen}
            isPending={isSaving}
            shortcut="Ctrl+Enter"
            inDialog
          >
            {t('outages.declare.confirm')}
          </Button>
        </>
      }
    >
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
      <ChoiceGroup
        label={t('outages.declare.what')}
        choices={kinds.map((key) => ({ key, label: t(`outages.declare.kind.${key}`) }))}
        value={kind}
        onChange={setKind}
      />
      <p className="soft">
        {kind === null ? t('outages.declare.chooseFirst') : t(`outages.declare.kindWords.${kind}`)}
      </p>
      {kind === 'provider' ? (
        providers.length === 0 ? (
          <Notice kind="info">{t('outages.declare.noProviders')}</Notice>
        ) : (
          <Select
            label={t('outages.declare.provider')}
            options={providers.map((one) => ({
              key: one.provider,
              label: t('outageScopes.provider', { provider: providerName(one.provider), count: one.count }),
            }))}
            value={provider}
            onChange={setProvider}
            placeholder={t('outages.declare.choose')}
          />
        )
      ) : null}
      {kind === 'provider' && provider !== null ? <PayersHit provider={provider} payers={payers} /> : null}
      {kind === 'payer' ? (
        <ChoosePayers
          payers={payers}
          chosen={chosen}
          onChange={setChosen}
          typed={typed}
          onType={(text) => {
            setTyped(text);
            setNoted(false);
          }}
          isNoted={isNoted}
          onLeave={() => setNoted(true)}
        />
      ) : null}
      {kind === 'practice' ? (
        <ChoiceGroup
          label={t('outages.declare.cause')}
          choices={practiceCauses.map((key) => ({ key, label: t(`outages.declare.causes.${key}`) }))}
          value={cause}
          onChange={setCause}
        />
      ) : null}
      <TextField
        label={t('outages.declare.reason')}
        value={reason}
        onChange={setReason}
        placeholder={t('outages.declare.reasonExample')}
        hint={t('outages.declare.reasonHint')}
        maxLength={200}
      />
      {fresh.length > 0 ? <Consequence scopes={fresh} situation={situation} /> : null}
      {known.map(({ id, scope, startedAt }) => (
        <Notice kind="info" key={id}>
          {t('outages.declare.already', {
            name: scopeTitle(scope, payers, t),
            since: shortInstant(startedAt, office.clock.now(), t.language),
          })}
        </Notice>
      ))}
    </Dialog>
  );
}

/** The insurers that an outage at a provider hits: how many, and which. */
function PayersHit({ provider, payers }: { provider: string; payers: readonly Payer[] }) {
  const t = useTexts();
  const hit = payersConcerned({ kind: 'provider', provider }, payers);
  return (
    <details className="payers-hit">
      <summary>{t('outages.declare.hit', { count: hit.length })}</summary>
      <ul>
        {hit.map(({ id, name }) => (
          <li key={id}>
            {name} <span className="soft">{id}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What the declaration will do, in figures. */
function Consequence({ scopes, situation }: { scopes: readonly OutageScope[]; situation: Situation }) {
  const t = useTexts();
  const { payers, records } = situation;
  const index = payerIndex(payers);
  const waiting = records.filter(
    (record) => isReady(record) && outagesFor(record.content.coverage, scopes.map(asRunning), index).length > 0,
  ).length;
  const hit = new Set(scopes.flatMap((scope) => payersConcerned(scope, payers).map(({ id }) => id)));
  return (
    <Notice kind="outage" title={t('outages.declare.then')}>
      {scopes.some(({ kind }) => kind === 'all' || kind === 'practice')
        ? t('outages.declare.thenEverybody')
        : t('outages.declare.thenSome', { count: Math.max(1, hit.size) })}{' '}
      {waiting > 0 ? t('outages.declare.thenWaiting', { count: waiting }) : null}
    </Notice>
  );
}
