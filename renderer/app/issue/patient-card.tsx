import { memo, useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { Coverage, Patient } from '../../domain/certificate';
import type { PatientRow } from '../../store/database';
import { Card, ComboBox, Select, TextField, useLive, useOffice, useShortcut, useTexts, type Option } from '../parts';
import { formatBirthDate, parseBirthDate } from './birth-date';
import { CoverageFields } from './coverage-fields';
import { focusField, unfoldTime } from '../parts/focus-field';
import { orNull, useForm } from './form';
import { PayerField } from './payer-field';
import { offeredPatients, splitName } from './patient-search';
import { listName } from '../parts/list-name';
import type { Notes } from './use-notes';
import { useSearch } from './use-unchosen';

const newPatient = 'new';
const shownPatients = 12;

/** Who it is and who insures them: found among those who were here before, or entered anew. */
export const PatientCard = memo(function PatientCard({
  patient,
  coverage,
  isWorkAccident,
  patientNotes,
  coverageNotes,
  isOpen,
  onOpenChange,
}: {
  patient: Patient;
  coverage: Coverage;
  isWorkAccident: boolean;
  patientNotes: Notes;
  coverageNotes: Notes;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const t = useTexts();
  useShortcut('Alt+P', () => onOpenChange(!isOpen));
  const { insuredId, status, payerType } = coverage;
  const { address } = patient;
  const summary = [
    [address.street, address.houseNumber].filter((part) => part !== null).join(' '),
    [address.postalCode, address.city].filter((part) => part !== null).join(' '),
    insuredId ?? '',
    payerType === 'GKV' ? '' : payerType,
  ].filter((part) => part !== '');
  if (summary.length > 0 && status !== null) summary.push(t(`issue.coverage.status.${status}`));
  return (
    <Card label={t('issue.patient.title')}>
      <div className="row">
        <PatientField
          patient={patient}
          notes={patientNotes}
          onNew={(nextField) => {
            onOpenChange(true);
            // The fold opens first, then there is something to lead to.
            window.setTimeout(() => focusField(nextField), unfoldTime);
          }}
        />
        <PayerField coverage={coverage} notes={coverageNotes} />
      </div>
      <Disclosure className="fold" isExpanded={isOpen} onExpandedChange={onOpenChange}>
        <Heading className="fold-head" level={2}>
          <AriaButton slot="trigger" className="fold-button" aria-keyshortcuts="Alt+P">
            <span className="fold-arrow" aria-hidden />
            <span className="fold-label">{t('issue.patient.details')}</span>
            {isOpen || summary.length === 0 ? null : <span className="fold-summary">{summary.join(' · ')}</span>}
            <kbd className="fold-key" aria-hidden>
              Alt + P
            </kbd>
          </AriaButton>
        </Heading>
        <DisclosurePanel>
          {isOpen ? (
            <>
              <PersonFields patient={patient} notes={patientNotes} />
              <CoverageFields coverage={coverage} isWorkAccident={isWorkAccident} notes={coverageNotes} />
            </>
          ) : null}
        </DisclosurePanel>
      </Disclosure>
    </Card>
  );
});

function PatientField({
  patient,
  notes,
  onNew,
}: {
  patient: Patient;
  notes: Notes;
  onNew: (nextField: string) => void;
}) {
  const t = useTexts();
  const { store } = useOffice();
  const { edit, today, touch } = useForm();
  const patients = useLive(() => store.patients());
  const name = listName(patient);
  const search = useSearch('patient', name);
  const { typed } = search;
  const shown = [name, formatBirthDate(patient.birthDate)].filter((part) => part !== '').join(' · ');
  // Somebody is chosen and nothing typed: nothing to choose from, so the list stays closed.
  const isSearching = typed !== null || shown === '';
  const offers = isSearching ? offeredPatients(patients, typed, today, shownPatients) : [];

  const options = offers.map((offer): Option => {
    if (offer.kind === 'new') return { id: newPatient, title: t('issue.patient.new', { name: offer.name }) };
    const { id, patient, coverage } = offer.row;
    return {
      id,
      title: `${listName(patient)} · ${formatBirthDate(patient.birthDate)}`,
      detail: [coverage.insuredId, coverage.payerName].filter((part) => part !== null).join(' · '),
    };
  });

  const choose = (id: string) => {
    const chosen = offers.find((offer) => (offer.kind === 'new' ? newPatient : offer.row.id) === id);
    if (chosen?.kind === 'new') {
      const name = splitName(chosen.name);
      edit.patient(name);
      onNew(name.given === '' ? 'patient.given' : 'patient.birthDate');
    } else if (chosen !== undefined) {
      take(chosen.row);
      // Known with all particulars: on to what is new today.
      focusField('certificate.kind');
    }
    search.type(null);
  };
  const take = (row: PatientRow) => edit.all((all) => ({ ...all, patient: row.patient, coverage: row.coverage }));
  return (
    <ComboBox
      label={t('issue.patient.label')}
      text={typed ?? shown}
      onTextChange={(text) => search.type(text === shown ? null : text)}
      options={options}
      onChoose={choose}
      onBlur={() => {
        // An emptied field shows again who is chosen. Another name stays beside them: were it dropped, the click on «issue» that left the field would
        // issue for the one before.
        if (typed?.trim() === '') search.type(null);
        else search.leave();
        // Looking elsewhere first, with nothing typed, is no mistake yet.
        if (typed !== null) touch('patient.family');
      }}
      placeholder={t('issue.patient.placeholder')}
      path="patient"
      notes={
        search.notes.length > 0
          ? search.notes
          : name === '' && notes('patient.family').length > 0
            ? [{ severity: 'error', text: t('issue.patient.missing') }]
            : []
      }
      autoFocus
      span={7}
    />
  );
}

const sexes = ['none', 'female', 'male'] as const;

const PersonFields = memo(function PersonFields({ patient, notes }: { patient: Patient; notes: Notes }) {
  const t = useTexts();
  const { edit, touch } = useForm();
  const { address } = patient;
  const name = (key: 'family' | 'given', span: number) => (
    <TextField
      label={t(`issue.patient.${key}`)}
      value={patient[key]}
      onChange={(value) => edit.patient({ [key]: value })}
      onBlur={() => touch(`patient.${key}`)}
      path={`patient.${key}`}
      notes={notes(`patient.${key}`)}
      span={span}
    />
  );
  const part = (key: 'title' | 'affix' | 'prefix', span: number) => (
    <TextField
      label={t(key === 'title' ? 'issue.patient.academicTitle' : `issue.patient.${key}`)}
      value={patient[key] ?? ''}
      onChange={(value) => edit.patient({ [key]: orNull(value) })}
      onBlur={() => touch(`patient.${key}`)}
      path={`patient.${key}`}
      notes={notes(`patient.${key}`)}
      span={span}
    />
  );
  const line = (key: keyof typeof address, span: number) => (
    <TextField
      label={t(`issue.patient.${key}`)}
      value={address[key] ?? ''}
      onChange={(value) => edit.address({ [key]: orNull(value) })}
      onBlur={() => touch(`patient.address.${key}`)}
      path={`patient.address.${key}`}
      notes={notes(`patient.address.${key}`)}
      span={span}
    />
  );
  return (
    <>
      <div className="row">
        {name('family', 5)}
        {name('given', 4)}
        <BirthDateField birthDate={patient.birthDate} notes={notes} />
      </div>
      <div className="row">
        {line('street', 6)}
        {line('houseNumber', 2)}
        {line('extra', 4)}
      </div>
      <div className="row">
        {line('postalCode', 3)}
        {line('city', 5)}
        {line('country', 2)}
        {line('poBox', 2)}
      </div>
      <div className="row">
        {part('title', 3)}
        {part('prefix', 2)}
        {part('affix', 3)}
        <Select
          label={t('issue.patient.sex')}
          options={sexes.map((key) => ({ key, label: t(`issue.patient.sexes.${key}`) }))}
          value={patient.sex ?? 'none'}
          onChange={(sex) => edit.patient({ sex: sex === 'none' ? null : sex })}
          placeholder=""
          path="patient.sex"
          span={4}
        />
      </div>
    </>
  );
});

function BirthDateField({ birthDate, notes }: { birthDate: string; notes: Notes }) {
  const t = useTexts();
  const { edit, today, touch } = useForm();
  const [typed, setTyped] = useState<string | null>(null);
  const understood = typed === null ? null : parseBirthDate(typed, today);
  return (
    <TextField
      label={t('issue.patient.birthDate')}
      value={typed ?? formatBirthDate(birthDate)}
      onChange={(text) => {
        setTyped(text);
        edit.patient({ birthDate: parseBirthDate(text, today) ?? text.trim() });
      }}
      onBlur={() => {
        setTyped(null);
        touch('patient.birthDate');
      }}
      placeholder={t('parts.dayPlaceholder')}
      path="patient.birthDate"
      notes={notes('patient.birthDate')}
      end={understood === null || formatBirthDate(understood) === typed ? null : `→ ${formatBirthDate(understood)}`}
      span={3}
    />
  );
}
