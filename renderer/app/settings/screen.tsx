import './settings.css';
import { useState } from 'react';
import { may, type Permission } from '../../domain/roles';
import type { Settings } from '../../domain/settings';
import {
  Button,
  goTo,
  obstacleWords,
  PageHeader,
  SectionLinks,
  useAnnounce,
  useLive,
  useOffice,
  usePlace,
  useSetup,
  useTexts,
} from '../parts';
import { OwnSection } from '../access/own-section';
import { UsersSection } from '../access/users-section';
import { RetentionSection } from '../trail/retention-section';
import { TrailSection } from '../trail/trail-section';
import { AboutSection } from './about-section';
import { BackupSection } from './backup-section';
import { useDraftSettings, type Draft } from './changes';
import { InboxSection } from './inbox-section';
import { AskBeforeLeaving } from './leaving';
import { ModeSection } from './mode-section';
import { isHttps, NoticingSection } from './noticing-section';
import { PracticeSection } from './practice-section';
import { PractitionersSection } from './practitioners-section';
import { practiceFindings, practitionerFindings } from './setup-findings';
import { WorkplaceSection } from './workplace-section';

const allSections = [
  'praxis',
  'ausstellende',
  'arbeitsplatz',
  'posteingang',
  'erkennen',
  'betrieb',
  'zugaenge',
  'zugang',
  'sicherung',
  'protokoll',
  'aufbewahrung',
  'ueber',
] as const;
type Section = (typeof allSections)[number];

/** Whom a part of the settings concerns; the rest concerns everybody. */
const neededFor: Partial<Readonly<Record<Section, Permission>>> = {
  praxis: 'practice-settings',
  ausstellende: 'practice-settings',
  posteingang: 'see-certificates',
  erkennen: 'practice-settings',
  betrieb: 'practice-settings',
  zugaenge: 'users',
  sicherung: 'backups',
  protokoll: 'audit-trail',
  aufbewahrung: 'erasure',
};

/** Where each setting is entered. */
const sectionOf: Readonly<Record<keyof Settings, Section>> = {
  mode: 'betrieb',
  language: 'arbeitsplatz',
  practice: 'praxis',
  practitioners: 'ausstellende',
  federalState: 'praxis',
  saturdayCounts: 'praxis',
  paperPolicy: 'praxis',
  softwareId: 'praxis',
  paper: 'arbeitsplatz',
  copies: 'arbeitsplatz',
  printerId: 'arbeitsplatz',
  copyPrinters: 'arbeitsplatz',
  pollMinutes: 'arbeitsplatz',
  lockMinutes: 'arbeitsplatz',
  retentionYears: 'aufbewahrung',
  hideMatchedAnswers: 'posteingang',
  noticing: 'erkennen',
};

/** «Einstellungen»: the practice, who issues, this workplace, the inbox, rehearsal or live, about the program. */
export default function SettingsScreen() {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const { detail } = usePlace();
  const setup = useSetup();
  const draft = useDraftSettings(setup.settings);
  const [wasTried, setTried] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const { role } = office.actor();
  const sections = allSections.filter((section) => {
    const needed = neededFor[section];
    return needed === undefined || may(role, needed);
  });
  const current = sections.find((section) => section === detail) ?? sections[0] ?? 'arbeitsplatz';
  const seesMails = may(role, 'see-certificates');
  const unmatched = useLive(
    async () =>
      (seesMails ? await office.store.mails() : []).filter(
        ({ status }) => status === 'unmatched' || status === 'unreadable',
      ).length,
  );
  const count = unmatched.kind === 'ready' ? unmatched.value : 0;

  /** Errors in what was changed refuse saving; what was wrong before keeps nobody from changing something else. */
  const firstError = (): Section | null => {
    const { settings, changed } = draft;
    const inPractice = practiceFindings(office, settings).some(
      ({ severity, field }) =>
        severity === 'error' && changed.includes(field === 'softwareId' ? 'softwareId' : 'practice'),
    );
    if (inPractice) return 'praxis';
    const inPractitioners =
      changed.includes('practitioners') &&
      settings.practitioners.some((one) =>
        practitionerFindings(office, settings, one).some(({ severity }) => severity === 'error'),
      );
    if (inPractitioners) return 'ausstellende';
    return isHttps(settings.noticing.lagebildBase) ? null : 'erkennen';
  };
  const save = async (): Promise<boolean> => {
    setTried(true);
    const wrong = firstError();
    if (wrong !== null) {
      goTo('settings', wrong);
      return false;
    }
    setSaving(true);
    try {
      const saving = await office.saveSetup({ ...setup, settings: { ...setup.settings, ...draft.changes } });
      if (saving.kind === 'obstacle') {
        announce(obstacleWords(t, saving), 'error');
        return false;
      }
    } catch (error) {
      announce(t('parts.change.failed', { text: String(error) }), 'error');
      return false;
    } finally {
      setSaving(false);
    }
    setTried(false);
    announce(t('settings.saved'));
    return true;
  };
  const isChanged = draft.changed.length > 0;
  const changedSections = sections.filter((section) => draft.changed.some((key) => sectionOf[key] === section));
  return (
    <div className="settings">
      <PageHeader title={t('settings.title')} />
      <SectionLinks
        label={t('settings.sections')}
        screen="settings"
        current={current}
        sections={sections.map((section) => ({
          detail: section,
          title: `${t(`settings.section.${section}`)}${changedSections.includes(section) ? ' •' : ''}`,
          ...(section === 'posteingang' && count > 0 ? { count } : {}),
        }))}
      />
      <div className="settings-body">
        <Shown section={current} draft={draft} showErrors={wasTried} />
      </div>
      {isChanged ? (
        <div className="save-bar" role="region" aria-label={t('settings.unsaved')}>
          <Button kind="primary" onPress={() => void save()} isPending={isSaving} shortcut="Ctrl+S">
            {t('settings.save')}
          </Button>
          <Button
            onPress={() => {
              draft.discard();
              setTried(false);
            }}
          >
            {t('settings.discard')}
          </Button>
          {wasTried && firstError() !== null ? (
            <p className="save-refused" role="alert">
              {t('settings.notSavedYet')}
            </p>
          ) : (
            <p>
              <strong>{t('settings.unsaved')}</strong>{' '}
              {changedSections.map((section) => t(`settings.section.${section}`)).join(', ')}
            </p>
          )}
        </div>
      ) : null}
      <AskBeforeLeaving isChanged={isChanged} onSave={save} onDiscard={draft.discard} />
    </div>
  );
}

function Shown({ section, draft, showErrors }: { section: Section; draft: Draft; showErrors: boolean }) {
  switch (section) {
    case 'praxis':
      return <PracticeSection draft={draft} showErrors={showErrors} />;
    case 'ausstellende':
      return <PractitionersSection draft={draft} showErrors={showErrors} />;
    case 'arbeitsplatz':
      return <WorkplaceSection draft={draft} />;
    case 'posteingang':
      return <InboxSection draft={draft} />;
    case 'erkennen':
      return <NoticingSection draft={draft} />;
    case 'betrieb':
      return <ModeSection draft={draft} />;
    case 'zugaenge':
      return <UsersSection />;
    case 'zugang':
      return <OwnSection />;
    case 'sicherung':
      return <BackupSection />;
    case 'protokoll':
      return <TrailSection />;
    case 'aufbewahrung':
      return <RetentionSection draft={draft} />;
    case 'ueber':
      return <AboutSection />;
  }
}
