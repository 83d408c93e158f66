import { memo } from 'react';
import {
  practitionerSchema,
  type CertificateDetails,
  type Coverage,
  type Practitioner,
} from '../../domain/certificate';
import type { PractitionerSetting } from '../../domain/settings';
import { Card, DayField, Select, TextField, Toggle, useSetup, useTexts } from '../parts';
import { orNull, useForm } from './form';
import type { Notes } from './use-notes';

/** Who issues and since when it has been on paper. */
export const IssuerCard = memo(function IssuerCard({
  issuer,
  responsible,
  issuedOn,
  legalBasis,
  notes,
  issuedOnNotes,
  byHand,
  onByHandChange,
}: {
  issuer: Practitioner;
  responsible: Practitioner | null;
  issuedOn: string | null;
  legalBasis: Coverage['legalBasis'];
  notes: Notes;
  issuedOnNotes: Notes;
  byHand: boolean;
  onByHandChange: (byHand: boolean) => void;
}) {
  const t = useTexts();
  const { settings } = useSetup();
  const { edit, today, touch } = useForm();
  const mayHaveResponsible = issuer.type === '03' || issuer.type === '04' || responsible !== null;
  // A number that is there shows, also where it doesn't belong: what is refused can be seen and taken out.
  const isSpecialistCare = legalBasis === '01' || legalBasis === '11' || issuer.asvTeam !== null;
  const teamNotes = isSpecialistCare ? notes('issuer.asvTeam') : [];
  const options = settings.practitioners.map((one) => ({ key: one.id, label: nameOf(one) }));
  return (
    <Card label={t('issue.issuer.title')}>
      <div className="row">
        <Select
          label={t('issue.issuer.issuer')}
          options={options}
          value={idOf(settings.practitioners, issuer)}
          onChange={(id) => {
            const chosen = settings.practitioners.find((one) => one.id === id);
            if (chosen !== undefined) edit.all((all) => ({ ...all, issuer: withoutId(chosen), responsible: null }));
          }}
          placeholder={nameOf(issuer)}
          path="issuer"
          notes={notes('issuer').filter(({ text }) => !teamNotes.some((note) => note.text === text))}
          span={mayHaveResponsible ? 4 : 6}
        />
        {mayHaveResponsible ? (
          <Select
            label={t('issue.issuer.responsible')}
            options={[{ key: '-', label: t('issue.none') }, ...options]}
            value={responsible === null ? '-' : idOf(settings.practitioners, responsible)}
            onChange={(id) => {
              const chosen = settings.practitioners.find((one) => one.id === id);
              edit.all((all) => ({ ...all, responsible: chosen === undefined ? null : withoutId(chosen) }));
            }}
            placeholder={t('issue.none')}
            path="responsible"
            notes={notes('responsible')}
            span={4}
          />
        ) : null}
        {isSpecialistCare ? (
          <TextField
            label={t('issue.issuer.asvTeam')}
            kind="digits"
            value={issuer.asvTeam ?? ''}
            onChange={(asvTeam) => edit.all((all) => ({ ...all, issuer: { ...all.issuer, asvTeam: orNull(asvTeam) } }))}
            onBlur={() => touch('issuer.asvTeam')}
            path="issuer.asvTeam"
            notes={teamNotes}
            span={4}
          />
        ) : null}
        <div className="field span-6 field-bottom">
          <Toggle
            label={t('issue.issuer.byHand')}
            spoken={t('issue.issuer.byHandLong')}
            isOn={byHand}
            onChange={(isOn) => {
              onByHandChange(isOn);
              if (!isOn) edit.all((all) => ({ ...all, certificate: issuedAgain(all.certificate, today) }));
            }}
          />
        </div>
        {byHand ? (
          <DayField
            label={t('issue.issuer.issuedOn')}
            value={issuedOn}
            onChange={(day) => edit.all((all) => ({ ...all, certificate: issuedAgain(all.certificate, day) }))}
            onBlur={() => touch('certificate.issuedOn')}
            today={today}
            path="certificate.issuedOn"
            notes={issuedOnNotes('certificate.issuedOn')}
            span={4}
          />
        ) : null}
      </div>
      {byHand ? <p className="hint">{t('issue.issuer.byHandHint')}</p> : null}
    </Card>
  );
});

/** Another issue date; days that were the issue date's move along, as they do when one issues today. */
function issuedAgain(certificate: CertificateDetails, issuedOn: string | null): CertificateDetails {
  const move = (day: string | null) => (day === certificate.issuedOn ? issuedOn : day);
  return {
    ...certificate,
    issuedOn,
    unfitSince: certificate.unfitSince === null ? null : move(certificate.unfitSince),
    assessedOn: move(certificate.assessedOn),
  };
}

function nameOf({ title, prefix, family, given }: Practitioner): string {
  return [title, given, prefix, family].filter((part) => part !== null && part !== '').join(' ');
}

function withoutId(setting: PractitionerSetting): Practitioner {
  return practitionerSchema.parse(setting);
}

function idOf(practitioners: readonly PractitionerSetting[], one: Practitioner): string | null {
  const found = practitioners.find(
    (other) =>
      other.family === one.family && other.given === one.given && other.lanr === one.lanr && other.zanr === one.zanr,
  );
  return found?.id ?? null;
}
