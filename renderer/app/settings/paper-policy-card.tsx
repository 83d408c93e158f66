import { Card, ChoiceGroup, Notice, useLive, useOffice, useSetup, useTexts } from '../parts';
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
      {paperPolicy.paper === stored.paper ? null : (
        <div className="policy-change">
          <WhatChanges />
        </div>
      )}
    </Card>
  );
}

/** Issued, and not delivered yet. */
const underWay = ['issued', 'signed', 'attempting', 'unknown', 'handed-over', 'rejected'] as const;

/** Counted by stage and not by the agenda: who may change this sees no certificates. */
function WhatChanges() {
  const t = useTexts();
  const { store } = useOffice();
  const owed = useLive(() => store.records.count(underWay));
  if (owed.kind !== 'ready') return null;
  return (
    <Notice kind="info" title={t('settings.practice.policyChange')}>
      {owed.value === 0
        ? t('settings.practice.policyNothingOwed')
        : t('settings.practice.policyKeeps', { count: owed.value })}{' '}
      {t('settings.practice.policyNothingDone')}
    </Notice>
  );
}
