import { useState } from 'react';
import type { Practice } from '../../domain/certificate';
import { federalStates } from '../../domain/settings';
import { Card, ChoiceGroup, Select, TextField, Toggle, useOffice, useTexts, type FieldNote } from '../parts';
import type { Draft } from './changes';
import { PaperPolicyCard } from './paper-policy-card';
import { practiceFindings } from './setup-findings';

/** The number that a practice goes by: a certificate carries exactly one of them. */
const numberKinds = ['bsnr', 'kzv', 'ik', 'site'] as const;
type NumberKind = (typeof numberKinds)[number];

/** The practice as it stands on every certificate, and what its deadlines depend on. */
export function PracticeSection({ draft, showErrors }: { draft: Draft; showErrors: boolean }) {
  const t = useTexts();
  const office = useOffice();
  const { settings, change } = draft;
  const { practice } = settings;
  const { address } = practice;
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [kind, setKind] = useState<NumberKind>(
    () => numberKinds.find((candidate) => (practice[candidate] ?? '') !== '') ?? 'bsnr',
  );
  const findings = practiceFindings(office, settings);
  const notes = (...fields: readonly string[]): FieldNote[] =>
    findings
      .filter(({ field }) => fields.includes(field) && (showErrors || fields.some((one) => touched.has(one))))
      .map((finding) => ({ severity: finding.severity, text: t.finding(finding) }));
  const touch = (field: string) => setTouched((all) => new Set(all).add(field));
  const setPractice = (part: Partial<Practice>) => change({ practice: { ...practice, ...part } });
  const chooseKind = (chosen: NumberKind) => {
    setKind(chosen);
    const none = { bsnr: null, kzv: null, ik: null, site: null };
    setPractice({ ...none, [chosen]: practice[kind] });
  };

  const field = (key: 'name' | 'phone' | 'fax' | 'email' | 'telematikId', span: number) => (
    <TextField
      label={t(`settings.practice.${key}`)}
      value={practice[key] ?? ''}
      onChange={(text) => setPractice({ [key]: key === 'name' ? text : orNull(text) })}
      onBlur={() => touch(`practice.${key}`)}
      notes={notes(`practice.${key}`)}
      path={`practice.${key}`}
      span={span}
    />
  );
  const addressField = (key: 'street' | 'houseNumber' | 'extra' | 'postalCode' | 'city' | 'country', span: number) => (
    <TextField
      label={t(`settings.practice.${key}`)}
      value={address[key] ?? ''}
      onChange={(text) =>
        setPractice({ address: { ...address, [key]: orNull(key === 'country' ? text.toUpperCase() : text) } })
      }
      onBlur={() => touch(`practice.address.${key}`)}
      notes={notes(`practice.address.${key}`)}
      path={`practice.address.${key}`}
      span={span}
    />
  );
  const hasAllNumberFields = numberKinds.map((candidate) => `practice.${candidate}`);
  return (
    <>
      <Card title={t('settings.practice.title')}>
        <div className="row">{field('name', 12)}</div>
        <div className="row">
          <ChoiceGroup
            label={t('settings.practice.numberKind')}
            choices={numberKinds.map((key) => ({ key, label: t(`settings.practice.numbers.${key}`) }))}
            value={kind}
            onChange={chooseKind}
            span={6}
          />
          <TextField
            label={t(`settings.practice.numbersLong.${kind}`)}
            kind="digits"
            maxLength={9}
            value={practice[kind] ?? ''}
            onChange={(text) => setPractice({ [kind]: orNull(text) })}
            onBlur={() => touch(`practice.${kind}`)}
            notes={notes(...(kind === 'bsnr' ? hasAllNumberFields : [`practice.${kind}`, 'practice.bsnr']))}
            path={`practice.${kind}`}
            span={3}
          />
          {field('telematikId', 3)}
        </div>
        <div className="row">
          {addressField('street', 5)}
          {addressField('houseNumber', 2)}
          {addressField('extra', 5)}
        </div>
        <div className="row">
          {addressField('postalCode', 2)}
          {addressField('city', 7)}
          {addressField('country', 3)}
        </div>
        <div className="row">
          {field('phone', 4)}
          {field('fax', 4)}
          {field('email', 4)}
        </div>
      </Card>
      <PaperPolicyCard draft={draft} />
      <div className="settings-pair">
        <Card title={t('settings.practice.deadlines')}>
          <div className="row">
            <Select
              label={t('firstStart.federalState')}
              options={federalStates.map((key) => ({ key, label: t(`firstStart.states.${key}`) }))}
              value={settings.federalState}
              onChange={(federalState) => change({ federalState })}
              placeholder=""
              hint={t('firstStart.federalStateHint')}
            />
            <div className="field">
              <Toggle
                look="box"
                label={t('settings.practice.saturdayCounts')}
                isOn={settings.saturdayCounts}
                onChange={(saturdayCounts) => change({ saturdayCounts })}
              />
              <span className="hint">{t('settings.practice.saturdayHint')}</span>
            </div>
          </div>
        </Card>
        <Card title={t('settings.practice.software')}>
          <div className="row">
            <TextField
              label={t('firstStart.softwareId')}
              value={settings.softwareId}
              onChange={(softwareId) => change({ softwareId })}
              onBlur={() => touch('softwareId')}
              notes={notes('softwareId')}
              path="softwareId"
            />
            <p className="field certification-note">{t('settings.practice.notCertified')}</p>
          </div>
        </Card>
      </div>
    </>
  );
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
