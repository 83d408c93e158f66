import type { Practice } from '../../domain/certificate';
import { federalStates, type Settings } from '../../domain/settings';
import { Card, Select, TextField, Toggle, ToggleGroup, useTexts, type FieldNote } from '../parts';

export interface PanelProps {
  readonly draft: Settings;
  readonly change: (part: Partial<Settings>) => void;
  readonly notes: (field: string) => FieldNote[];
}

/** The practice as it stands on every slip, and where it is. */
export function PracticePanel({ draft, change, notes }: PanelProps) {
  const t = useTexts();
  const { practice } = draft;
  const edit = (part: Partial<Practice>) => change({ practice: { ...practice, ...part } });
  const orNull = (text: string) => (text === '' ? null : text);
  type Field = Exclude<keyof Practice, 'name' | 'address'>;
  const field = (key: Field, span: number, kind: 'text' | 'digits' = 'text') => (
    <TextField
      label={t(`settings.practice.${key}`)}
      kind={kind}
      value={practice[key] ?? ''}
      onChange={(text) => edit({ [key]: orNull(text) })}
      notes={notes(`practice.${key}`)}
      span={span}
    />
  );
  const address = (key: keyof Practice['address'], span: number) => (
    <TextField
      label={t(`issue.patient.${key}`)}
      value={practice.address[key] ?? ''}
      onChange={(text) => edit({ address: { ...practice.address, [key]: orNull(text) } })}
      notes={notes(`practice.address.${key}`)}
      span={span}
    />
  );
  return (
    <>
      <Card title={t('settings.practice.title')}>
        <div className="row">
          <TextField
            label={t('settings.practice.name')}
            value={practice.name}
            onChange={(name) => edit({ name })}
            notes={notes('practice.name')}
            span={6}
          />
          {field('phone', 3)}
          {field('fax', 3)}
        </div>
        <div className="row">
          {address('street', 5)}
          {address('houseNumber', 2)}
          {address('postalCode', 2)}
          {address('city', 3)}
        </div>
        <div className="row">
          {address('extra', 6)}
          {field('email', 6)}
        </div>
      </Card>
      <Card title={t('settings.practice.numbers')}>
        <p className="card-words">{t('settings.practice.numbersWords')}</p>
        <div className="row">
          {field('bsnr', 3, 'digits')}
          {field('kzv', 3, 'digits')}
          {field('site', 3, 'digits')}
          {field('ik', 3, 'digits')}
        </div>
        <div className="row">
          {field('telematikId', 6)}
          <TextField
            label={t('settings.softwareId')}
            value={draft.softwareId}
            onChange={(softwareId) => change({ softwareId })}
            hint={t('settings.softwareIdHint')}
            notes={notes('softwareId')}
            span={6}
          />
        </div>
      </Card>
      <Card title={t('settings.deadlines')}>
        <div className="row">
          <Select
            label={t('firstStart.federalState')}
            options={federalStates.map((key) => ({ key, label: t(`firstStart.states.${key}`) }))}
            value={draft.federalState}
            onChange={(federalState) => change({ federalState })}
            placeholder=""
            hint={t('firstStart.federalStateHint')}
            span={5}
          />
          <ToggleGroup label={t('settings.saturday')} span={7}>
            <Toggle
              look="box"
              label={t('settings.saturdayCounts')}
              isOn={draft.saturdayCounts}
              onChange={(saturdayCounts) => change({ saturdayCounts })}
            />
          </ToggleGroup>
        </div>
      </Card>
    </>
  );
}
