import { memo } from 'react';
import { insuredStatuses, legalBases, payerTypes, type Coverage } from '../../domain/certificate';
import { dmpCodes, specialGroups, wopCodes } from '../../domain/rules/coverage';
import { ChoiceGroup, DayField, Select, TextField, Toggle, useTexts } from '../parts';
import { orNull, useForm } from './form';
import type { Notes } from './use-notes';

/** Particulars of the insurance that are mostly as they always are. */
export const CoverageFields = memo(function CoverageFields({
  coverage,
  isWorkAccident,
  notes,
}: {
  coverage: Coverage;
  isWorkAccident: boolean;
  notes: Notes;
}) {
  const t = useTexts();
  const { edit, today, touch, unchosen } = useForm();
  const { payerType } = coverage;
  const isAccidentInsurer = payerType === 'BG' || payerType === 'UK';
  const number = (key: 'payerIk' | 'billingIk' | 'insuredId' | 'kvkNumber', span: number) => (
    <TextField
      label={t(`issue.coverage.${key}`)}
      kind={key === 'insuredId' ? 'text' : 'digits'}
      value={coverage[key] ?? ''}
      onChange={(value) => edit.coverage({ [key]: orNull(key === 'insuredId' ? value.toUpperCase().trim() : value) })}
      onBlur={() => touch(`coverage.${key}`)}
      path={`coverage.${key}`}
      notes={notes(`coverage.${key}`)}
      span={span}
    />
  );
  return (
    <div className="subform">
      <div className="row">
        <ChoiceGroup
          label={t('issue.coverage.payerType')}
          choices={payerTypes.map((key) => ({ key, label: key, spoken: t(`issue.coverage.payerTypes.${key}`) }))}
          value={payerType}
          onChange={(key) => {
            // A number that the other kind of payer doesn't have would be refused where nobody sees it.
            edit.coverage({
              payerType: key,
              ...(key === 'SKT' ? {} : { kvkNumber: null }),
              ...(key === 'BG' || key === 'UK' ? {} : { billingIk: null }),
            });
            // Who pays alone has no insurer: its field is closed, with whatever was typed there.
            if (key === 'SEL') unchosen.type('coverage.payerName', null);
            if ((key === 'BG' || key === 'UK') && !isWorkAccident) edit.certificate({ workAccident: true });
          }}
          path="coverage.payerType"
          span={7}
        />
        <ChoiceGroup
          label={t('issue.coverage.insuredAs')}
          choices={insuredStatuses.map((key) => ({
            key,
            label: t(`issue.coverage.statusShort.${key}`),
            spoken: t(`issue.coverage.status.${key}`),
          }))}
          value={coverage.status}
          onChange={(status) => edit.coverage({ status })}
          path="coverage.status"
          notes={notes('coverage.status')}
          span={5}
        />
      </div>
      <div className="row">
        {number('insuredId', 4)}
        {number('payerIk', 4)}
        {isAccidentInsurer || coverage.billingIk !== null ? number('billingIk', 4) : null}
        {payerType === 'SKT' || coverage.kvkNumber !== null ? number('kvkNumber', 4) : null}
      </div>
      <div className="row">
        <Select
          label={t('issue.coverage.specialGroup')}
          options={specialGroups.map((key) => ({ key, label: `${key} ${t(`issue.coverage.specialGroups.${key}`)}` }))}
          value={specialGroups.find((key) => key === coverage.specialGroup) ?? null}
          onChange={(specialGroup) => edit.coverage({ specialGroup })}
          placeholder={t('issue.choose')}
          path="coverage.specialGroup"
          notes={notes('coverage.specialGroup')}
          span={4}
        />
        <Select
          label={t('issue.coverage.dmp')}
          options={dmpCodes.map((key) => ({ key, label: `${key} ${t.lookUp('issue.dmp', key) ?? ''}` }))}
          value={coverage.dmp}
          onChange={(dmp) => edit.coverage({ dmp })}
          placeholder={t('issue.choose')}
          path="coverage.dmp"
          notes={notes('coverage.dmp')}
          span={4}
        />
        <Select
          label={t('issue.coverage.wop')}
          options={[
            { key: '-', label: t('issue.none') },
            ...wopCodes.map((key) => ({ key, label: `${key} ${t.lookUp('issue.wop', key) ?? ''}` })),
          ]}
          value={coverage.wop ?? '-'}
          onChange={(wop) => edit.coverage({ wop: wop === '-' ? null : wop })}
          placeholder={t('issue.choose')}
          path="coverage.wop"
          notes={notes('coverage.wop')}
          span={4}
        />
      </div>
      <div className="row">
        <Select
          label={t('issue.coverage.legalBasis')}
          options={legalBases.map((key) => ({ key, label: `${key} ${t(`issue.coverage.legalBases.${key}`)}` }))}
          value={coverage.legalBasis}
          onChange={(legalBasis) => {
            edit.coverage({ legalBasis });
            if (legalBasis !== '01' && legalBasis !== '11')
              edit.all((all) => ({ ...all, issuer: { ...all.issuer, asvTeam: null } }));
          }}
          placeholder={t('issue.choose')}
          path="coverage.legalBasis"
          notes={notes('coverage.legalBasis')}
          span={4}
        />
        <DayField
          label={t('issue.coverage.ends')}
          value={coverage.ends}
          onChange={(ends) => edit.coverage({ ends })}
          today={today}
          onBlur={() => touch('coverage.ends')}
          path="coverage.ends"
          notes={notes('coverage.ends')}
          span={4}
        />
        <div className="field span-4 field-bottom">
          <Toggle
            label={t('issue.coverage.insuredAbroad')}
            spoken={t('issue.coverage.insuredAbroadLong')}
            isOn={coverage.insuredAbroad}
            onChange={(insuredAbroad) => edit.coverage({ insuredAbroad })}
            path="coverage.insuredAbroad"
          />
        </div>
      </div>
    </div>
  );
});
