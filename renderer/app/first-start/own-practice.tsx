import { useState } from 'react';
import { issuerTypes } from '../../domain/certificate';
import type { Finding } from '../../domain/finding';
import { federalStates, type PractitionerSetting, type Settings } from '../../domain/settings';
import { todayInBerlin } from '../../domain/calendar';
import { checkCertificate } from '../../domain/check';
import { systemClock } from '../../domain/clock';
import type { CertificateContent } from '../../domain/certificate';
import { emptyContent } from '../../outbox/issuing';
import { Button, Card, Notice, Select, TextField, useTexts, type FieldNote } from '../parts';
import { noPractitioner } from './own-setup';

/** Step 2 of the own practice: its data and who issues there, held against the same rules as a certificate. */
export function OwnPracticeForm({
  settings,
  onChange,
  onBack,
  onNext,
}: {
  settings: Settings;
  onChange: (settings: Settings) => void;
  onBack: () => void;
  onNext: () => void;
}) {
  const t = useTexts();
  const [wasTried, setTried] = useState(false);
  const { practice, practitioners } = settings;
  const content = emptyContent(settings, systemClock.now());
  const practiceFindings = check(content).filter(
    ({ field }) => field.startsWith('practice.') || field === 'softwareId',
  );
  const issuerFindings = practitioners.map((issuer) =>
    check({ ...content, issuer }).filter(({ field }) => field.startsWith('issuer.')),
  );
  // What a rule says of an empty field sends people to the settings; here the field is at hand.
  const notesOf = (findings: readonly Finding[], field: string, entered: string | null): FieldNote[] =>
    wasTried
      ? findings
          .filter((finding) => finding.field === field)
          .map((finding) => ({
            severity: finding.severity,
            text: (entered ?? '').trim() === '' ? t('firstStart.required') : t.finding(finding),
          }))
      : [];
  const next = () => {
    setTried(true);
    const hasErrors = [...practiceFindings, ...issuerFindings.flat()].some(({ severity }) => severity === 'error');
    if (!hasErrors) onNext();
  };
  const orNull = (text: string) => (text === '' ? null : text);
  const practiceField = (key: 'name' | 'bsnr' | 'phone', span: number) => (
    <TextField
      label={t(key === 'name' ? 'firstStart.practiceName' : `firstStart.${key}`)}
      kind={key === 'bsnr' ? 'digits' : 'text'}
      value={practice[key] ?? ''}
      onChange={(text) =>
        onChange({ ...settings, practice: { ...practice, [key]: key === 'name' ? text : orNull(text) } })
      }
      notes={notesOf(practiceFindings, `practice.${key}`, practice[key])}
      autoFocus={key === 'name'}
      span={span}
    />
  );
  const addressField = (key: 'street' | 'houseNumber' | 'postalCode' | 'city', span: number) => (
    <TextField
      label={t(`firstStart.${key}`)}
      value={practice.address[key] ?? ''}
      onChange={(text) =>
        onChange({ ...settings, practice: { ...practice, address: { ...practice.address, [key]: orNull(text) } } })
      }
      notes={notesOf(practiceFindings, `practice.address.${key}`, practice.address[key])}
      span={span}
    />
  );
  const changePractitioner = (id: string, part: Partial<PractitionerSetting>) =>
    onChange({
      ...settings,
      practitioners: practitioners.map((one) => (one.id === id ? { ...one, ...part } : one)),
    });
  return (
    <>
      {wasTried ? (
        <Notice kind="error" assertive>
          {t('firstStart.open')}
        </Notice>
      ) : null}
      <Card title={t('firstStart.practice')}>
        <div className="row">
          {practiceField('name', 6)}
          {practiceField('bsnr', 3)}
          {practiceField('phone', 3)}
        </div>
        <div className="row">
          {addressField('street', 5)}
          {addressField('houseNumber', 2)}
          {addressField('postalCode', 2)}
          {addressField('city', 3)}
        </div>
        <div className="row">
          <Select
            label={t('firstStart.federalState')}
            options={federalStates.map((key) => ({ key, label: t(`firstStart.states.${key}`) }))}
            value={settings.federalState}
            onChange={(federalState) => onChange({ ...settings, federalState })}
            placeholder=""
            hint={t('firstStart.federalStateHint')}
            span={6}
          />
          <TextField
            label={t('firstStart.softwareId')}
            value={settings.softwareId}
            onChange={(softwareId) => onChange({ ...settings, softwareId })}
            hint={t('firstStart.softwareIdHint')}
            notes={notesOf(practiceFindings, 'softwareId', settings.softwareId)}
            span={6}
          />
        </div>
      </Card>
      <Card title={t('firstStart.issuers')}>
        {practitioners.map((one, index) => (
          <PractitionerFields
            key={one.id}
            practitioner={one}
            number={index + 1}
            notes={(field, entered) => notesOf(issuerFindings[index] ?? [], field, entered)}
            onChange={(part) => changePractitioner(one.id, part)}
            onRemove={
              practitioners.length === 1
                ? null
                : () => onChange({ ...settings, practitioners: practitioners.filter(({ id }) => id !== one.id) })
            }
          />
        ))}
        <Button
          size="small"
          onPress={() =>
            onChange({
              ...settings,
              practitioners: [...practitioners, { ...noPractitioner, id: crypto.randomUUID() }],
            })
          }
        >
          {t('firstStart.addDoctor')}
        </Button>
      </Card>
      <div className="first-buttons">
        <Button onPress={onBack}>{t('firstStart.back')}</Button>
        <Button kind="primary" onPress={next} shortcut="Ctrl+Enter">
          {t('firstStart.next')}
        </Button>
      </div>
    </>
  );
}

/** The rules as of today; no certificate is at stake yet, so no catalogue is needed. */
function check(content: CertificateContent): readonly Finding[] {
  return checkCertificate(content, { today: todayInBerlin(systemClock.now()), catalogue: null });
}

function PractitionerFields({
  practitioner,
  number,
  notes,
  onChange,
  onRemove,
}: {
  practitioner: PractitionerSetting;
  number: number;
  notes: (field: string, entered: string | null) => FieldNote[];
  onChange: (part: Partial<PractitionerSetting>) => void;
  onRemove: (() => void) | null;
}) {
  const t = useTexts();
  const isDentist = practitioner.type === '01';
  const text = (key: 'title' | 'given' | 'family' | 'lanr' | 'zanr' | 'qualification', span: number) => {
    const isName = key === 'given' || key === 'family';
    return (
      <TextField
        label={t(key === 'title' ? 'firstStart.academicTitle' : `firstStart.${key}`)}
        kind={key === 'lanr' || key === 'zanr' ? 'digits' : 'text'}
        value={practitioner[key] ?? ''}
        onChange={(value) => onChange({ [key]: isName || value !== '' ? value : null })}
        notes={notes(`issuer.${key}`, practitioner[key])}
        span={span}
        {...(key === 'qualification' ? { placeholder: t('firstStart.qualificationExample') } : {})}
      />
    );
  };
  return (
    <fieldset className="practitioner">
      <legend className="label">{t('firstStart.doctor', { number })}</legend>
      <div className="row">
        {text('title', 2)}
        {text('given', 5)}
        {text('family', 5)}
      </div>
      <div className="row">
        <Select
          label={t('firstStart.kind')}
          options={issuerTypes.map((key) => ({ key, label: t(`firstStart.kinds.${key}`) }))}
          value={practitioner.type}
          onChange={(type) => onChange(type === '01' ? { type, lanr: null } : { type, zanr: null })}
          placeholder=""
          span={3}
        />
        {text(isDentist ? 'zanr' : 'lanr', 3)}
        {text('qualification', onRemove === null ? 6 : 4)}
        {onRemove === null ? null : (
          <div className="field span-2 first-remove">
            <Button kind="quiet" onPress={onRemove} label={`${t('firstStart.removeDoctor')}: ${practitioner.family}`}>
              {t('firstStart.removeDoctor')}
            </Button>
          </div>
        )}
      </div>
    </fieldset>
  );
}
