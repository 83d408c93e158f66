import { memo } from 'react';
import { certificateKinds, type CertificateDetails, type CertificateKind } from '../../domain/certificate';
import { Card, ChoiceGroup, DayField, TextField, Toggle, ToggleGroup, useTexts } from '../parts';
import { orNull, useForm } from './form';
import type { Notes } from './use-notes';

const isFirst = (kind: CertificateKind): boolean => kind === 'ERST' || kind === 'ERST_END';
const isFinal = (kind: CertificateKind): boolean => kind === 'ERST_END' || kind === 'FOLGE_END';

interface Props {
  certificate: CertificateDetails;
  notes: Notes;
}

/** What kind of certificate, from when to when, and why. */
export const CertificateCard = memo(function CertificateCard({ certificate, notes }: Props) {
  const t = useTexts();
  const { edit, today, touch } = useForm();
  const first = isFirst(certificate.kind);

  const chooseKind = (isFirstKind: boolean, isFinalKind: boolean) => {
    const wanted = `${isFirstKind ? 'ERST' : 'FOLGE'}${isFinalKind ? '_END' : ''}`;
    const kind = certificateKinds.find((candidate) => candidate === wanted) ?? certificate.kind;
    // A follow-up has no «unfit since»; going back to a first certificate takes today again.
    const unfitSince = isFirstKind ? (certificate.unfitSince ?? today) : null;
    edit.certificate({ kind, unfitSince });
  };
  const day = (key: 'unfitSince' | 'unfitUntil' | 'assessedOn') => (
    <DayField
      label={t(`issue.certificate.${key}`)}
      value={certificate[key]}
      onChange={(value) => edit.certificate({ [key]: value })}
      onBlur={() => touch(`certificate.${key}`)}
      today={today}
      path={`certificate.${key}`}
      notes={notes(`certificate.${key}`)}
      span={4}
    />
  );
  const cause = (key: 'workAccident' | 'accidentDoctor' | 'otherAccident' | 'compensation') => (
    <Toggle
      label={t(`issue.certificate.${key}`)}
      spoken={t(`issue.certificate.${key}Long`)}
      isOn={certificate[key]}
      onChange={(isOn) => edit.certificate({ [key]: isOn })}
      path={`certificate.${key}`}
    />
  );
  return (
    <Card label={t('issue.certificate.title')}>
      <div className="row row-flow">
        <ChoiceGroup
          label={t('issue.certificate.kind')}
          choices={[
            { key: 'first', label: t('issue.certificate.first'), spoken: t('issue.certificate.firstLong') },
            { key: 'follow', label: t('issue.certificate.followUp'), spoken: t('issue.certificate.followUpLong') },
          ]}
          value={first ? 'first' : 'follow'}
          onChange={(key) => chooseKind(key === 'first', isFinal(certificate.kind))}
          path="certificate.kind"
          span={3}
        />
        <ToggleGroup
          label={t('issue.certificate.causes')}
          notes={[...notes('certificate.workAccident'), ...notes('certificate.accidentDoctor')]}
          span={9}
        >
          {cause('workAccident')}
          {cause('accidentDoctor')}
          {cause('otherAccident')}
          {cause('compensation')}
        </ToggleGroup>
      </div>
      <div className="row">
        {first ? day('unfitSince') : null}
        {day('unfitUntil')}
        {day('assessedOn')}
      </div>
      <div className="row row-flow">
        <ToggleGroup label={t('issue.certificate.sickPay')} span={5}>
          <Toggle
            label={t('issue.certificate.seventhWeek')}
            spoken={t('issue.certificate.seventhWeekLong')}
            isOn={certificate.seventhWeek}
            onChange={(seventhWeek) => edit.certificate({ seventhWeek })}
            path="certificate.seventhWeek"
          />
          <Toggle
            label={t('issue.certificate.final')}
            isOn={isFinal(certificate.kind)}
            onChange={(isOn) => chooseKind(first, isOn)}
          />
        </ToggleGroup>
        <ToggleGroup label={t('issue.certificate.measures')} span={7}>
          <Toggle
            label={t('issue.certificate.rehab')}
            spoken={t('issue.certificate.rehabLong')}
            isOn={certificate.rehab}
            onChange={(rehab) => edit.certificate({ rehab })}
          />
          <Toggle
            label={t('issue.certificate.reintegration')}
            spoken={t('issue.certificate.reintegrationLong')}
            isOn={certificate.reintegration}
            onChange={(reintegration) => edit.certificate({ reintegration })}
          />
          <Toggle
            label={t('issue.certificate.other')}
            spoken={t('issue.certificate.otherMeasures')}
            isOn={certificate.otherMeasures !== null}
            onChange={(isOn) => edit.certificate({ otherMeasures: isOn ? '' : null })}
          />
        </ToggleGroup>
      </div>
      {certificate.otherMeasures === null ? null : (
        <div className="row">
          <TextField
            label={t('issue.certificate.otherMeasures')}
            value={certificate.otherMeasures}
            onChange={(otherMeasures) => edit.certificate({ otherMeasures })}
            onBlur={() => {
              touch('certificate.otherMeasures');
              edit.certificate({ otherMeasures: orNull(certificate.otherMeasures?.trim() ?? '') });
            }}
            path="certificate.otherMeasures"
            notes={notes('certificate.otherMeasures')}
            end={t('issue.lengthOf', { length: certificate.otherMeasures.length, max: 70 })}
          />
        </div>
      )}
    </Card>
  );
}, looksSame);

/** Diagnoses and their text stand on another card: typing there leaves this one alone. */
function looksSame(a: Props, b: Props): boolean {
  const shown = (details: CertificateDetails) => JSON.stringify({ ...details, diagnoses: [], diagnosisText: null });
  return a.notes === b.notes && shown(a.certificate) === shown(b.certificate);
}
