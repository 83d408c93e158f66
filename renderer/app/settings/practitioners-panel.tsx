import { useState } from 'react';
import { issuerTypes, type Practitioner } from '../../domain/certificate';
import type { Finding } from '../../domain/finding';
import { fullName } from '../../domain/person-name';
import type { PractitionerSetting } from '../../domain/settings';
import { noPractitioner } from '../first-start/own-setup';
import {
  Button,
  Card,
  ConfirmDialog,
  Dialog,
  Select,
  StatusDot,
  Tag,
  TextField,
  useTexts,
  type FieldNote,
} from '../parts';

interface Props {
  readonly practitioners: readonly PractitionerSetting[];
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** What the rules would say about one who is being entered. */
  readonly check: (practitioner: PractitionerSetting) => readonly Finding[];
  readonly onChange: (practitioners: PractitionerSetting[]) => void;
}

/** Who issues certificates here: doctors, dentists, those in training, locums. The first is proposed on a new certificate. */
export function PractitionersPanel({ practitioners, findings, check, onChange }: Props) {
  const t = useTexts();
  const [editing, setEditing] = useState<PractitionerSetting | null>(null);
  const [removing, setRemoving] = useState<PractitionerSetting | null>(null);
  const put = (changed: PractitionerSetting) =>
    onChange(
      practitioners.some(({ id }) => id === changed.id)
        ? practitioners.map((one) => (one.id === changed.id ? changed : one))
        : [...practitioners, changed],
    );
  return (
    <Card
      title={t('settings.practitioners.title')}
      aside={
        <Button size="small" onPress={() => setEditing({ ...noPractitioner, id: crypto.randomUUID() })}>
          {t('settings.practitioners.add')}
        </Button>
      }
    >
      <p className="card-words">{t('settings.practitioners.words')}</p>
      <ul className="people">
        {practitioners.map((one, index) => {
          const isWrong = (findings.get(one.id) ?? []).some(({ severity }) => severity === 'error');
          const name = fullName(one);
          return (
            <li key={one.id}>
              <span className="people-name">
                <strong>{name}</strong>{' '}
                {index === 0 ? <Tag kind="neutral">{t('settings.practitioners.first')}</Tag> : null}
                <span className="soft">{one.qualification ?? ''}</span>
              </span>
              <span>{t(`firstStart.kinds.${one.type}`)}</span>
              <span>{numberOf(one)}</span>
              <span>{isWrong ? <StatusDot kind="bad">{t('settings.practitioners.incomplete')}</StatusDot> : null}</span>
              <span className="card-buttons">
                {index === 0 ? null : (
                  <Button
                    size="small"
                    kind="quiet"
                    onPress={() => onChange([one, ...practitioners.filter(({ id }) => id !== one.id)])}
                    label={t('settings.practitioners.makeFirstOf', { name })}
                  >
                    {t('settings.practitioners.makeFirst')}
                  </Button>
                )}
                <Button
                  size="small"
                  onPress={() => setEditing(one)}
                  label={t('settings.practitioners.editOf', { name })}
                >
                  {t('settings.practitioners.edit')}
                </Button>
                {practitioners.length === 1 ? null : (
                  <Button
                    size="small"
                    kind="quiet"
                    onPress={() => setRemoving(one)}
                    label={t('settings.practitioners.removeOf', { name })}
                  >
                    {t('firstStart.removeDoctor')}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {editing === null ? null : (
        <PractitionerDialog
          practitioner={editing}
          check={check}
          onTake={(changed) => {
            put(changed);
            setEditing(null);
          }}
          onClose={() => setEditing(null)}
        />
      )}
      {removing === null ? null : (
        <ConfirmDialog
          title={t('settings.practitioners.removeTitle', { name: fullName(removing) })}
          confirm={t('firstStart.removeDoctor')}
          isDanger
          onConfirm={() => {
            onChange(practitioners.filter(({ id }) => id !== removing.id));
            setRemoving(null);
          }}
          onClose={() => setRemoving(null)}
        >
          <p>{t('settings.practitioners.removeWords')}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}

function numberOf({ type, lanr, zanr }: Practitioner): string {
  const number = type === '01' ? zanr : lanr;
  return number === null ? '–' : `${type === '01' ? 'ZANR' : 'LANR'} ${number}`;
}

function PractitionerDialog({
  practitioner,
  check,
  onTake,
  onClose,
}: {
  practitioner: PractitionerSetting;
  check: (practitioner: PractitionerSetting) => readonly Finding[];
  onTake: (practitioner: PractitionerSetting) => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const [entry, setEntry] = useState(practitioner);
  const [wasTried, setTried] = useState(false);
  const findings = check(entry);
  const notes = (field: string): FieldNote[] =>
    wasTried
      ? findings
          .filter((finding) => finding.field === `issuer.${field}`)
          .map((finding) => ({ severity: finding.severity, text: t.finding(finding) }))
      : [];
  const orNull = (text: string) => (text === '' ? null : text);
  type Optional =
    'title' | 'affix' | 'prefix' | 'qualification' | 'lanr' | 'zanr' | 'asvGroup' | 'asvTeam' | 'telematikId';
  const field = (key: Optional, label: string, span: number, kind: 'text' | 'digits' = 'text') => (
    <TextField
      label={label}
      kind={kind}
      value={entry[key] ?? ''}
      onChange={(text) => setEntry({ ...entry, [key]: orNull(text) })}
      notes={notes(key)}
      span={span}
    />
  );
  const take = () => {
    setTried(true);
    if (findings.every(({ severity }) => severity !== 'error')) onTake(entry);
  };
  const isDentist = entry.type === '01';
  return (
    <Dialog
      title={t(practitioner.family === '' ? 'settings.practitioners.new' : 'settings.practitioners.edit')}
      width="wide"
      onClose={onClose}
      buttons={
        <>
          <Button onPress={onClose}>{t('parts.cancel')}</Button>
          <Button kind="primary" onPress={take} shortcut="Ctrl+Enter" inDialog>
            {t('settings.practitioners.take')}
          </Button>
        </>
      }
    >
      <div className="row">
        {field('title', t('issue.patient.academicTitle'), 2)}
        <TextField
          label={t('issue.patient.given')}
          value={entry.given}
          onChange={(given) => setEntry({ ...entry, given })}
          notes={notes('given')}
          span={3}
        />
        {field('affix', t('issue.patient.affix'), 2)}
        {field('prefix', t('issue.patient.prefix'), 2)}
        <TextField
          label={t('issue.patient.family')}
          value={entry.family}
          onChange={(family) => setEntry({ ...entry, family })}
          notes={notes('family')}
          span={3}
        />
      </div>
      <div className="row">
        <Select
          label={t('firstStart.kind')}
          options={issuerTypes.map((key) => ({ key, label: t(`firstStart.kinds.${key}`) }))}
          value={entry.type}
          // The other number would be refused: doctors have a LANR, dentists a ZANR.
          onChange={(type) => setEntry({ ...entry, type, ...(type === '01' ? { lanr: null } : { zanr: null }) })}
          placeholder=""
          span={4}
        />
        {isDentist
          ? field('zanr', t('firstStart.zanr'), 3, 'digits')
          : field('lanr', t('firstStart.lanr'), 3, 'digits')}
        {field('qualification', t('firstStart.qualification'), 5)}
      </div>
      <div className="row">
        {field('telematikId', t('settings.practice.telematikId'), 4)}
        {isDentist ? null : field('asvGroup', t('settings.practitioners.asvGroup'), 4, 'digits')}
        {isDentist ? null : field('asvTeam', t('issue.issuer.asvTeam'), 4, 'digits')}
      </div>
      {entry.type === '03' ? <p className="hint">{t('settings.practitioners.training')}</p> : null}
    </Dialog>
  );
}
