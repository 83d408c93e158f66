import './settings.css';
import '../certificates/record.css';
import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Settings } from '../../domain/settings';
import {
  Button,
  goTo,
  Notice,
  PageHeader,
  useAnnounce,
  useOffice,
  usePlace,
  useSetup,
  useTexts,
  type FieldNote,
} from '../parts';
import { MailboxPanel } from './mailbox-panel';
import { ModePanel } from './mode-panel';
import { PracticePanel } from './practice-panel';
import { PractitionersPanel } from './practitioners-panel';
import { ProgramPanel } from './program-panel';
import { checkSettings, useSettingsDraft } from './settings-draft';

const panels = ['practice', 'practitioners', 'program', 'mailbox', 'mode'] as const;

/** «Einstellungen»: saved by hand, checked by the same rules as a certificate. */
export default function SettingsScreen() {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const setup = useSetup();
  const { detail } = usePlace();
  const { draft, isChanged, change, takeBack } = useSettingsDraft();
  const [wasTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const shown = panels.find((name) => name === detail) ?? 'practice';
  const findings = checkSettings(office, draft);
  const notes = (field: string): FieldNote[] =>
    wasTried
      ? findings.practice
          .filter((finding) => finding.field === field)
          .map((finding) => ({ severity: finding.severity, text: t.finding(finding) }))
      : [];
  const save = async () => {
    setTried(true);
    if (findings.hasErrors) {
      const isPractice = findings.practice.some(({ severity }) => severity === 'error');
      goTo('settings', isPractice ? 'practice' : 'practitioners');
      return;
    }
    setBusy(true);
    try {
      await office.saveSetup({ ...setup, settings: draft });
      announce(t('settings.saved'));
      setTried(false);
    } catch (error) {
      announce(t('parts.change.failed', { text: String(error) }), 'error');
    } finally {
      setBusy(false);
    }
  };
  // The language is what makes everything else readable: it changes at once, without the other changes.
  const changeLanguage = async (language: Settings['language']) => {
    change({ language });
    await office.saveSetup({ ...setup, settings: { ...setup.settings, language } });
  };
  const panel = { draft, change, notes };
  return (
    <Tabs
      className="settings"
      selectedKey={shown}
      onSelectionChange={(key) => goTo('settings', panels.find((name) => name === key) ?? null)}
    >
      <PageHeader title={t('settings.title')}>
        <TabList className="tabs tabs-head" aria-label={t('settings.title')}>
          {panels.map((name) => (
            <Tab key={name} id={name} className="tab">
              {t(`settings.tabs.${name}`)}
            </Tab>
          ))}
        </TabList>
      </PageHeader>
      {wasTried && findings.hasErrors ? (
        <Notice kind="error" assertive>
          {t('settings.notSaved')}
        </Notice>
      ) : null}
      <TabPanel id="practice" className="settings-panel">
        <PracticePanel {...panel} />
      </TabPanel>
      <TabPanel id="practitioners" className="settings-panel">
        <PractitionersPanel
          practitioners={draft.practitioners}
          findings={findings.practitioners}
          check={(one) => checkSettings(office, { ...draft, practitioners: [one] }).practitioners.get(one.id) ?? []}
          onChange={(practitioners) => change({ practitioners })}
        />
      </TabPanel>
      <TabPanel id="program" className="settings-panel">
        <ProgramPanel {...panel} onLanguage={(language) => void changeLanguage(language)} />
      </TabPanel>
      <TabPanel id="mailbox" className="settings-panel">
        <MailboxPanel {...panel} />
      </TabPanel>
      <TabPanel id="mode" className="settings-panel">
        <ModePanel isChanged={isChanged} />
      </TabPanel>
      {isChanged ? (
        <div className="save-bar" role="group" aria-label={t('settings.unsaved')}>
          <span role="status">{t('settings.unsaved')}</span>
          <Button
            kind="quiet"
            onPress={() => {
              takeBack();
              setTried(false);
            }}
          >
            {t('settings.takeBack')}
          </Button>
          <Button kind="primary" onPress={() => void save()} isPending={isBusy} shortcut="Ctrl+S">
            {t('settings.save')}
          </Button>
        </div>
      ) : null}
    </Tabs>
  );
}
