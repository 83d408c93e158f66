import { X } from 'lucide-react';
import { memo } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { certainties, sides, type Diagnosis } from '../../domain/certificate';
import { withoutMarks, type CatalogueEntry } from '../../domain/diagnosis-catalogue';
import {
  Card,
  ComboBox,
  FieldMessages,
  Select,
  TextField,
  useOffice,
  useShortcut,
  useTexts,
  type Option,
} from '../parts';
import { looksLikeCode, parseDiagnosisInput } from './diagnosis-input';
import { focusField } from '../parts/focus-field';
import { orNull, useForm } from './form';
import type { Notes } from './use-notes';
import { useSearch } from './use-unchosen';

/** P310-05: at most six. */
const most = 6;
const shownEntries = 15;
const asTyped = 'as-typed';

/** Up to six diagnoses by code or word, and a text on them. */
export function DiagnosesCard({
  diagnoses,
  text,
  notes,
}: {
  diagnoses: readonly Diagnosis[];
  text: string | null;
  notes: Notes;
}) {
  const t = useTexts();
  useShortcut('Alt+G', () => focusField('certificate.diagnoses'));
  const { edit, touch } = useForm();
  return (
    <Card
      title={t('issue.diagnoses.title')}
      aside={
        <kbd className="fold-key" aria-hidden>
          Alt + G
        </kbd>
      }
    >
      {diagnoses.length === 0 ? null : (
        <ul className="diagnoses">
          {diagnoses.map((diagnosis, index) => (
            <DiagnosisLine
              key={`${String(index)}-${diagnosis.code}`}
              diagnosis={diagnosis}
              index={index}
              notes={notes}
            />
          ))}
        </ul>
      )}
      {diagnoses.length < most ? <DiagnosisSearch count={diagnoses.length} notes={notes} /> : null}
      <div className="row diagnosis-text">
        <TextField
          label={t('issue.diagnoses.text')}
          value={text ?? ''}
          onChange={(typed) => edit.certificate({ diagnosisText: orNull(typed) })}
          onBlur={() => touch('certificate.diagnosisText')}
          path="certificate.diagnosisText"
          notes={notes('certificate.diagnosisText')}
          end={text === null ? undefined : t('issue.lengthOf', { length: text.length, max: 70 })}
        />
      </div>
    </Card>
  );
}

const DiagnosisSearch = memo(function DiagnosisSearch({ count, notes }: { count: number; notes: Notes }) {
  const t = useTexts();
  const office = useOffice();
  const { edit, today, touch } = useForm();
  const search = useSearch('certificate.diagnoses', '');
  const typed = search.typed ?? '';
  const catalogue = office.catalogue();
  const { words, certainty, side } = parseDiagnosisInput(typed);
  const found: readonly CatalogueEntry[] = words === '' ? [] : (catalogue?.search(words, shownEntries) ?? []);
  const options: Option[] = found
    .filter((entry) => entry.codable)
    .map((entry) => ({ id: entry.code, code: entry.code, title: entry.title }));
  if (catalogue === null && looksLikeCode(words))
    options.push({ id: asTyped, code: words, title: t('issue.diagnoses.asTyped') });

  const choose = (id: string) => {
    const added: Diagnosis = {
      code: id === asTyped ? withoutMarks(words) : id,
      certainty: certainty ?? 'G',
      side,
      catalogue: catalogue?.year ?? today.slice(0, 4),
    };
    edit.all((all) => ({
      ...all,
      certificate: { ...all.certificate, diagnoses: [...all.certificate.diagnoses, added].slice(0, most) },
    }));
    search.type(null);
  };
  return (
    <ComboBox
      label={t('issue.diagnoses.search', { left: most - count })}
      text={typed}
      onTextChange={(text) => search.type(text === '' ? null : text)}
      options={options}
      onChoose={choose}
      onBlur={() => {
        search.leave();
        touch('certificate.diagnoses');
      }}
      placeholder={t('issue.diagnoses.placeholder')}
      nothing={t(catalogue === null ? 'issue.diagnoses.noCatalogue' : 'issue.diagnoses.nothing')}
      path="certificate.diagnoses"
      notes={search.notes.length > 0 ? search.notes : notes('certificate.diagnoses').filter(() => count === 0)}
    />
  );
});

const DiagnosisLine = memo(function DiagnosisLine({
  diagnosis,
  index,
  notes,
}: {
  diagnosis: Diagnosis;
  index: number;
  notes: Notes;
}) {
  const t = useTexts();
  const office = useOffice();
  const { edit } = useForm();
  const { code, certainty, side } = diagnosis;
  const entry = office.catalogue()?.find(code) ?? null;
  const path = `certificate.diagnoses.${String(index)}`;
  const change = (part: Partial<Diagnosis>) =>
    edit.all((all) => ({
      ...all,
      certificate: {
        ...all.certificate,
        diagnoses: all.certificate.diagnoses.map((other, at) => (at === index ? { ...other, ...part } : other)),
      },
    }));
  const remove = () =>
    edit.all((all) => ({
      ...all,
      certificate: {
        ...all.certificate,
        diagnoses: all.certificate.diagnoses.filter((_, at) => at !== index),
      },
    }));
  return (
    <li className="diagnosis" data-path={path}>
      <span className="diagnosis-code">{code}</span>
      <span className="diagnosis-title" title={entry?.title}>
        {entry?.title ?? ''}
      </span>
      <span className="diagnosis-choice">
        <Select
          label={t('issue.diagnoses.certaintyOf', { code })}
          options={[
            ...certainties.map((key) => ({ key, label: t(`issue.diagnoses.certainty.${key}`) })),
            { key: '-' as const, label: t('issue.diagnoses.certainty.none') },
          ]}
          value={certainty ?? '-'}
          onChange={(key) => change({ certainty: key === '-' ? null : key })}
          placeholder=""
        />
      </span>
      <span className="diagnosis-choice">
        <Select
          label={t('issue.diagnoses.sideOf', { code })}
          options={[
            { key: '-' as const, label: t('issue.diagnoses.side.none') },
            ...sides.map((key) => ({ key, label: t(`issue.diagnoses.side.${key}`) })),
          ]}
          value={side ?? '-'}
          onChange={(key) => change({ side: key === '-' ? null : key })}
          placeholder=""
        />
      </span>
      <AriaButton className="icon-button" aria-label={t('issue.diagnoses.remove', { code })} onPress={remove}>
        <X size={16} aria-hidden />
      </AriaButton>
      <span className="diagnosis-notes">
        <FieldMessages notes={notes(path)} standAlone />
      </span>
    </li>
  );
});
