import { useState } from 'react';
import { issuerTypes } from '../../domain/certificate';
import type { Finding } from '../../domain/finding';
import type { PractitionerSetting } from '../../domain/settings';
import { Select, TextField, useTexts, type FieldNote } from '../parts';

type TextKey = Exclude<keyof PractitionerSetting, 'id' | 'type' | 'asvTeam'>;

/** The particulars of one who issues, held against the rules of a certificate. */
export function PractitionerFields({
  practitioner,
  findings,
  showErrors,
  autoFocus,
  onChange,
}: {
  practitioner: PractitionerSetting;
  findings: readonly Finding[];
  showErrors: boolean;
  autoFocus: boolean;
  onChange: (part: Partial<PractitionerSetting>) => void;
}) {
  const t = useTexts();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const { type } = practitioner;
  const notes = (key: TextKey): FieldNote[] =>
    showErrors || touched.has(key)
      ? findings
          .filter(({ field }) => field === `issuer.${key}`)
          .map((finding) => ({ severity: finding.severity, text: t.finding(finding) }))
      : [];
  const field = (key: TextKey, span: number, hint?: string) => {
    const isName = key === 'family' || key === 'given';
    const isNumber = key === 'lanr' || key === 'zanr' || key === 'asvGroup';
    return (
      <TextField
        label={t(`settings.practitioners.fields.${key}`)}
        value={practitioner[key] ?? ''}
        onChange={(text) => onChange({ [key]: isName || text !== '' ? text : null })}
        onBlur={() => setTouched((all) => new Set(all).add(key))}
        notes={notes(key)}
        path={`issuer.${key}`}
        span={span}
        autoFocus={autoFocus && key === 'given'}
        {...(isNumber ? { kind: 'digits' as const, maxLength: 9 } : {})}
        {...(hint === undefined ? {} : { hint })}
        {...(key === 'qualification' ? { placeholder: t('firstStart.qualificationExample') } : {})}
      />
    );
  };
  return (
    <>
      <div className="row">
        {field('title', 3)}
        {field('given', 4)}
        {field('family', 5)}
      </div>
      <div className="row">
        {field('affix', 3, t('settings.practitioners.affixHint'))}
        {field('prefix', 4, t('settings.practitioners.prefixHint'))}
        <Select
          label={t('firstStart.kind')}
          options={issuerTypes.map((key) => ({ key, label: t(`settings.practitioners.kinds.${key}`) }))}
          value={type}
          // A dentist's number is no doctor's number: it goes into the field that is shown.
          onChange={(chosen) =>
            onChange(
              chosen === '01'
                ? { type: chosen, zanr: practitioner.zanr ?? practitioner.lanr, lanr: null, asvGroup: null }
                : { type: chosen, lanr: practitioner.lanr ?? practitioner.zanr, zanr: null },
            )
          }
          placeholder=""
          hint={t(`settings.practitioners.kindHints.${type}`)}
          span={5}
        />
      </div>
      <div className="row">
        {field(type === '01' ? 'zanr' : 'lanr', 3)}
        {field('qualification', 9)}
      </div>
      <div className="row">
        {field('telematikId', type === '01' ? 12 : 7, t('settings.practitioners.telematikHint'))}
        {type === '01' ? null : field('asvGroup', 5, t('settings.practitioners.asvHint'))}
      </div>
    </>
  );
}
