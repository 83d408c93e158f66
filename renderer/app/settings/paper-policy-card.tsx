import { Card, ChoiceGroup, Notice, useAgenda, useSetup, useTexts } from '../parts';
import type { Draft } from './changes';

const policies = ['sent-too', 'done'] as const;

/** What becomes, after an outage, of what went out on paper in it; and before it is changed, what that does to what is owed. */
export function PaperPolicyCard({ draft }: { draft: Draft }) {
  const t = useTexts();
  const stored = useSetup().settings.paperPolicy;
  const { paperPolicy } = draft.settings;
  return (
    <Card title={t('settings.practice.afterOutage')}>
      <div className="row">
        <ChoiceGroup
          label={t('settings.practice.paperPolicy')}
          choices={policies.map((key) => ({ key, label: t(`settings.practice.paperPolicies.${key}`) }))}
          value={paperPolicy.paper}
          onChange={(paper) => draft.change({ paperPolicy: { ...stored, paper } })}
          path="paperPolicy"
          span={5}
        />
        <p className="field soft">{t(`settings.practice.paperPolicyWords.${paperPolicy.paper}`)}</p>
      </div>
      {paperPolicy.paper === stored.paper ? null : <WhatChanges />}
    </Card>
  );
}

function WhatChanges() {
  const t = useTexts();
  const agenda = useAgenda();
  // Who sees no certificates is told the rule; the figures are for those who do.
  const owed = agenda.kind === 'ready' ? agenda.value.owed.filter(({ kind }) => kind === 'certificate') : null;
  const onPaper = owed?.filter(({ state }) => state.paper !== 'none').length ?? 0;
  const words = [
    owed === null
      ? null
      : owed.length === 0
        ? t('settings.practice.policyNothingOwed')
        : t('settings.practice.policyKeeps', { count: owed.length }),
    onPaper === 0 ? null : t('settings.practice.policyKeepsPaper', { count: onPaper }),
    t('settings.practice.policyNothingDone'),
  ];
  return (
    <Notice kind="info" title={t('settings.practice.policyChange')}>
      {words.filter((part) => part !== null).join(' ')}
    </Notice>
  );
}
