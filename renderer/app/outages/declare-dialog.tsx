import { useState } from 'react';
import type { OutageScope } from '../../domain/outage';
import type { Payer } from '../../domain/payer';
import { isReady, outagesFor, payerIndex } from '../../outbox/agenda';
import {
  Button,
  ChoiceGroup,
  ComboBox,
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
import { searchPayers } from '../parts/payer-search';
import { alreadyDeclared, asRunning, payersConcerned, providersOf, scopeTitle } from './scope';
import type { Situation } from './screen';

const kinds = ['provider', 'payer', 'practice', 'all'] as const;
type Kind = (typeof kinds)[number];

/** Declares an outage (P6-03): what is down, why one thinks so, and what that will mean. */
export function DeclareDialog({ situation, onClose }: { situation: Situation; onClose: () => void }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const { payers, outages } = situation;
  const providers = providersOf(payers);
  const [kind, setKind] = useState<Kind | null>(null);
  const [provider, setProvider] = useState<string | null>(null);
  const [payer, setPayer] = useState<Payer | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [isSaving, setSaving] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const scope = scopeOf(kind, provider, payer);
  const known = scope === null ? null : alreadyDeclared(scope, outages);
  const found = searchPayers(payers, typed ?? '');
  const declare = async () => {
    if (scope === null || known !== null) return;
    setSaving(true);
    setTrouble(null);
    try {
      await office.declareOutage(scope, reason.trim());
      announce(t('outages.declare.done', { name: scopeTitle(scope, payers, t) }));
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
            isDisabled={scope === null || known !== null}
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
      {kind === 'payer' ? (
        <ComboBox
          label={t('outages.declare.payer')}
          text={typed ?? payer?.name ?? ''}
          onTextChange={(text) => setTyped(text === payer?.name ? null : text)}
          options={found.map((one) => ({ id: one.id, title: one.name, detail: one.id }))}
          onChoose={(id) => {
            setPayer(payers.find((one) => one.id === id) ?? null);
            setTyped(null);
          }}
          onBlur={() => setTyped(null)}
          placeholder={t('outages.declare.payerPlaceholder')}
          nothing={t('outages.declare.payerNothing')}
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
      {scope === null ? null : known === null ? (
        <Consequence scope={scope} situation={situation} />
      ) : (
        <Notice kind="info">
          {t('outages.declare.already', { since: shortInstant(known.startedAt, office.clock.now(), t.language) })}
        </Notice>
      )}
    </Dialog>
  );
}

/** What the declaration will do, in figures. */
function Consequence({ scope, situation }: { scope: OutageScope; situation: Situation }) {
  const t = useTexts();
  const { payers, records } = situation;
  const index = payerIndex(payers);
  const waiting = records.filter(
    (record) => isReady(record) && outagesFor(record.content.coverage, [asRunning(scope)], index).length > 0,
  ).length;
  return (
    <Notice kind="outage" title={t('outages.declare.then')}>
      {scope.kind === 'all' || scope.kind === 'practice'
        ? t('outages.declare.thenEverybody')
        : t('outages.declare.thenSome', { count: Math.max(1, payersConcerned(scope, payers).length) })}{' '}
      {waiting > 0 ? t('outages.declare.thenWaiting', { count: waiting }) : null}
    </Notice>
  );
}

function scopeOf(kind: Kind | null, provider: string | null, payer: Payer | null): OutageScope | null {
  switch (kind) {
    case null:
      return null;
    case 'all':
    case 'practice':
      return { kind };
    case 'provider':
      return provider === null ? null : { kind, provider };
    case 'payer':
      return payer === null ? null : { kind, payerIk: payer.id };
  }
}
