import { useState } from 'react';
import { fullName } from '../../domain/person-name';
import type { PractitionerSetting } from '../../domain/settings';
import { noPractitioner } from '../first-start/own-setup';
import { Button, Card, Tag, useOffice, useTexts } from '../parts';
import type { Draft } from './changes';
import { PractitionerFields } from './practitioner-fields';
import { practitionerFindings } from './setup-findings';

/** Who issues here: a list, and the one chosen beside it. The first is proposed on new certificates. */
export function PractitionersSection({ draft, showErrors }: { draft: Draft; showErrors: boolean }) {
  const t = useTexts();
  const office = useOffice();
  const { settings, change } = draft;
  const { practitioners } = settings;
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [added, setAdded] = useState<string | null>(null);
  const chosen = practitioners.find(({ id }) => id === chosenId) ?? practitioners[0];
  const hasErrors = (one: PractitionerSetting) =>
    practitionerFindings(office, settings, one).some(({ severity }) => severity === 'error');

  const set = (all: readonly PractitionerSetting[]) => change({ practitioners: [...all] });
  const add = () => {
    const id = crypto.randomUUID();
    set([...practitioners, { ...noPractitioner, id }]);
    setChosenId(id);
    setAdded(id);
  };
  const remove = (id: string) => {
    const place = practitioners.findIndex((one) => one.id === id);
    const rest = practitioners.filter((one) => one.id !== id);
    set(rest);
    setChosenId((rest[place] ?? rest[place - 1])?.id ?? null);
  };
  const proposeFirst = (one: PractitionerSetting) => set([one, ...practitioners.filter(({ id }) => id !== one.id)]);
  if (chosen === undefined) return null;
  return (
    <div className="practitioners">
      <Card label={t('settings.practitioners.list')}>
        <ul className="practitioner-list">
          {practitioners.map((one, index) => (
            <li key={one.id}>
              <button
                type="button"
                className="practitioner-entry"
                aria-current={one.id === chosen.id ? 'true' : undefined}
                onClick={() => setChosenId(one.id)}
              >
                <span className="practitioner-name">
                  {fullName(one) === '' ? t('settings.practitioners.nameless') : fullName(one)}
                </span>
                <span className="small soft">
                  {t(`firstStart.kinds.${one.type}`)}
                  {index === 0 && practitioners.length > 1 ? ` · ${t('settings.practitioners.proposed')}` : ''}
                </span>
                {hasErrors(one) ? <Tag kind="bad">{t('settings.practitioners.incomplete')}</Tag> : null}
              </button>
            </li>
          ))}
        </ul>
        <Button size="small" onPress={add} shortcut="Alt+N" wide>
          {t('settings.practitioners.add')}
        </Button>
      </Card>
      <Card
        title={fullName(chosen) === '' ? t('settings.practitioners.nameless') : fullName(chosen)}
        aside={
          practitioners.length === 1 ? undefined : (
            <span className="practitioner-actions">
              {chosen.id === practitioners[0]?.id ? null : (
                <Button kind="quiet" size="small" onPress={() => proposeFirst(chosen)}>
                  {t('settings.practitioners.proposeFirst')}
                </Button>
              )}
              <Button kind="quiet" size="small" onPress={() => remove(chosen.id)}>
                {t('settings.practitioners.remove')}
              </Button>
            </span>
          )
        }
      >
        <PractitionerFields
          key={chosen.id}
          practitioner={chosen}
          findings={practitionerFindings(office, settings, chosen)}
          showErrors={showErrors}
          autoFocus={chosen.id === added}
          onChange={(part) => set(practitioners.map((one) => (one.id === chosen.id ? { ...one, ...part } : one)))}
        />
      </Card>
    </div>
  );
}
