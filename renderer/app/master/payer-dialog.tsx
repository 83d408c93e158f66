import { useState } from 'react';
import type { Payer } from '../../domain/payer';
import {
  Button,
  ComboBox,
  ConfirmDialog,
  Dialog,
  Notice,
  providerName,
  TextField,
  useAnnounce,
  useOffice,
  useTexts,
  type FieldNote,
  type Wording,
} from '../parts';
import { plain } from '../parts/plain';
import {
  addressEntries,
  entriesOf,
  noEntries,
  officialFields,
  payerOf,
  problemsOf,
  withAddress,
  type PayerEntries,
  type PayerProblem,
} from './payer-entries';
import { providersOf } from './payer-search';

/** Enters or changes one insurer. What was entered is lost only when the user says so. */
export function PayerDialog({
  payer,
  typed,
  all,
  onDone,
}: {
  /** `null`: a new one. */
  payer: Payer | null;
  /** What was searched for: a new insurer's name or IK. */
  typed: string;
  all: readonly Payer[];
  onDone: () => void;
}) {
  const t = useTexts();
  const { store } = useOffice();
  const announce = useAnnounce();
  const [before] = useState<PayerEntries>(() => (payer === null ? startingWith(typed) : entriesOf(payer)));
  const [entries, setEntries] = useState(before);
  const [touched, setTouched] = useState<ReadonlySet<keyof PayerEntries>>(new Set());
  const [wasTried, setTried] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  // P6-40: what the insurer file says is official; only where post goes may be corrected.
  const isOfficial = payer?.file !== undefined;
  const problems = isOfficial
    ? problemsOf(entries, all, payer).filter(({ field }) => !officialFields.has(field))
    : problemsOf(entries, all, payer);
  const providers = providersOf(all).filter((name) => plain(name).includes(plain(entries.provider)));

  const isChanged = JSON.stringify(entries) !== JSON.stringify(before);
  const close = () => {
    if (isChanged) setLeaving(true);
    else onDone();
  };
  const save = async () => {
    setTried(true);
    if (problems.some(({ severity }) => severity === 'error')) return;
    setSaving(true);
    setTrouble(null);
    try {
      await store.savePayers([payer?.file === undefined ? payerOf(entries) : withAddress(payer, entries)]);
    } catch (error) {
      setTrouble(t('parts.change.failed', { text: String(error) }));
      setSaving(false);
      return;
    }
    announce(t('master.payers.saved', { name: entries.name.trim() }));
    onDone();
  };
  const notes = (field: keyof PayerEntries): FieldNote[] =>
    wasTried || touched.has(field)
      ? problems
          .filter((problem) => problem.field === field)
          .map((problem) => ({ severity: problem.severity, text: wordsOf(t, problem) }))
      : [];
  const field = (key: keyof PayerEntries, span: number, more: { digits?: number; hint?: string } = {}) => (
    <TextField
      label={t(`master.payers.fields.${key}`)}
      value={entries[key]}
      onChange={(text) => setEntries({ ...entries, [key]: text })}
      onBlur={() => setTouched((fields) => new Set(fields).add(key))}
      notes={notes(key)}
      autoFocus={key === 'name'}
      isDisabled={(key === 'ik' && payer !== null) || (isOfficial && officialFields.has(key))}
      span={span}
      path={key}
      {...(more.digits === undefined ? {} : { kind: 'digits' as const, maxLength: more.digits })}
      {...(more.hint === undefined ? {} : { hint: more.hint })}
    />
  );
  return (
    <>
      <Dialog
        title={payer === null ? t('master.payers.newTitle') : payer.name}
        width="wide"
        onClose={close}
        buttons={
          <>
            <Button onPress={close}>{t('parts.cancel')}</Button>
            <Button kind="primary" onPress={() => void save()} isPending={isSaving} shortcut="Ctrl+Enter" inDialog>
              {t('master.payers.save')}
            </Button>
          </>
        }
      >
        {trouble === null ? null : (
          <Notice kind="error" assertive>
            {trouble}
          </Notice>
        )}
        {isOfficial ? <Notice kind="info">{t('master.payers.official')}</Notice> : null}
        <div className="row">
          {field('name', 8)}
          {field('ik', 4, { digits: 9, ...(payer === null ? {} : { hint: t('master.payers.ikFixed') }) })}
        </div>
        <div className="row">
          {field('moreIks', 8, { hint: t('master.payers.moreIksHint') })}
          {field('vknr', 4, { digits: 5 })}
        </div>
        <div className="row">
          <ComboBox
            label={t('master.payers.fields.provider')}
            text={entries.provider}
            onTextChange={(provider) => setEntries({ ...entries, provider })}
            options={providers.map((name) => ({ id: name, title: providerName(name) }))}
            onChoose={(provider) => setEntries({ ...entries, provider })}
            hint={t('master.payers.providerHint')}
            isDisabled={isOfficial}
            opensOnFocus
          />
        </div>
        <fieldset className="master-group">
          <legend>{t('master.payers.postLong')}</legend>
          <div className="row">
            {field('line', 6)}
            {field('postalCode', 2, { digits: 5 })}
            {field('city', 4)}
          </div>
          {(payer?.file?.replacedAddress ?? null) === null ? null : (
            <Button
              size="small"
              onPress={() => setEntries({ ...entries, ...addressEntries(payer?.file?.replacedAddress) })}
            >
              {t('master.payers.addressOfFile')}
            </Button>
          )}
        </fieldset>
      </Dialog>
      {isLeaving ? (
        <ConfirmDialog
          title={t('master.payers.leave')}
          confirm={t('master.payers.leaveConfirm')}
          isDanger
          onConfirm={onDone}
          onClose={() => setLeaving(false)}
        >
          <p>{t('master.payers.leaveWords')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

function startingWith(typed: string): PayerEntries {
  const text = typed.trim();
  return /^\d+$/.test(text) ? { ...noEntries, ik: text } : { ...noEntries, name: text };
}

function wordsOf(t: Wording, { problem, values }: PayerProblem): string {
  switch (problem) {
    case 'ik-format':
      return t('rules.for-laengeIK', values);
    case 'check-digit':
      return t('rules.ik-check-digit', values);
    case 'name-missing':
    case 'ik-missing':
    case 'ik-taken':
    case 'vknr-format':
    case 'line-missing':
    case 'postal-code-format':
    case 'city-missing':
      return t(`master.payers.problems.${problem}`, values);
  }
}
