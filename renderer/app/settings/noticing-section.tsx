import { useState } from 'react';
import { gematikLagebild, usualNoticing, type NoticingSettings } from '../../domain/settings';
import { Card, Notice, TextField, Toggle, useSetup, useTexts } from '../parts';
import { askForNotifications, notificationsAllowed } from '../parts/desktop-notification';
import type { Draft } from './changes';

/** How the program notices outages and their end by itself, and how it tells. Nothing is declared without the user (P6-03). */
export function NoticingSection({ draft }: { draft: Draft }) {
  const t = useTexts();
  const { settings: stored } = useSetup();
  const { settings, change } = draft;
  const { noticing } = settings;
  const [allowed, setAllowed] = useState(notificationsAllowed);
  const set = (part: Partial<NoticingSettings>) => change({ noticing: { ...noticing, ...part } });
  const notify = async (isOn: boolean) => {
    if (!isOn) {
      set({ notify: false });
      return;
    }
    const answer = await askForNotifications();
    setAllowed(answer);
    if (answer === 'granted') set({ notify: true });
  };
  const isWrong = !isHttps(noticing.lagebildBase);
  return (
    <>
      <Card title={t('noticing.settings.lagebild')}>
        <p className="soft">{t('noticing.settings.lagebildWords')}</p>
        <Toggle
          look="box"
          label={t('noticing.settings.lagebildOn')}
          isOn={noticing.lagebild}
          onChange={(lagebild) => set({ lagebild })}
        />
        <div className="row">
          <TextField
            label={t('noticing.settings.base')}
            value={noticing.lagebildBase}
            onChange={(lagebildBase) => set({ lagebildBase: lagebildBase.trim() })}
            notes={isWrong ? [{ severity: 'error', text: t('noticing.settings.baseWrong') }] : []}
            hint={t(stored.mode === 'rehearsal' ? 'noticing.settings.baseRehearsal' : 'noticing.settings.baseHint', {
              base: gematikLagebild,
            })}
            onBlur={() => {
              if (noticing.lagebildBase === '') set({ lagebildBase: usualNoticing.lagebildBase });
            }}
            span={12}
          />
        </div>
      </Card>
      <Card title={t('noticing.settings.probes')}>
        <p className="soft">{t('noticing.settings.probesWords')}</p>
        <Toggle
          look="box"
          label={t('noticing.settings.probesOn')}
          isOn={noticing.probes}
          onChange={(probes) => set({ probes })}
        />
      </Card>
      <Card title={t('noticing.settings.notify')}>
        <p className="soft">{t('noticing.settings.notifyWords')}</p>
        <Toggle
          look="box"
          label={t('noticing.settings.notifyOn')}
          isOn={noticing.notify}
          onChange={(isOn) => void notify(isOn)}
          isDisabled={allowed === 'unsupported'}
        />
        {allowed === 'denied' ? <Notice kind="error">{t('noticing.settings.notifyDenied')}</Notice> : null}
      </Card>
    </>
  );
}

/** Whether an address may be stored as the base of the TI-Lagebild. */
export function isHttps(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'https:';
}
