import { useState } from 'react';
import type { RehearsalWorld } from '../../../electron/contract/rehearsal';
import type { Connections } from '../../../electron/contract/connections';
import type { Settings } from '../../domain/settings';
import {
  Button,
  Card,
  goTo,
  Notice,
  obstacleWords,
  Tag,
  useAnnounce,
  useLive,
  useOffice,
  useOutboxProgress,
  useSetup,
  useTexts,
} from '../parts';
import { usePeople } from '../access/use-people';
import type { Draft } from './changes';
import { ConnectionsForLive, forgetTypedConnections } from './connections-for-live';
import { liveObstacles, rehearsalObstacles, type ModeObstacle } from './live-readiness';
import { ModeDialog } from './mode-dialog';
import { setupErrors } from './setup-findings';

type Step =
  | { readonly kind: 'looking' }
  | { readonly kind: 'asking-world' }
  | { readonly kind: 'obstacles'; readonly obstacles: readonly ModeObstacle[] }
  | { readonly kind: 'connections' }
  | { readonly kind: 'confirming'; readonly mode: Settings['mode']; readonly connections: Connections };

/** Rehearsal or live: which it is, what that means, and the way to the other. */
export function ModeSection({ draft }: { draft: Draft }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const setup = useSetup();
  const { people, recovery } = usePeople();
  const underWay = useLive(() =>
    office.store.records.count(['issued', 'signed', 'attempting', 'unknown', 'handed-over']),
  );
  const progress = useOutboxProgress();
  const [step, setStep] = useState<Step>({ kind: 'looking' });
  const [isSaving, setSaving] = useState(false);
  const { mode } = setup.settings;
  const isChanged = draft.changed.length > 0;

  // An administrator can't open certificates: they are counted by the stage they stand in.
  const state = {
    owed: underWay.kind === 'ready' ? underWay.value : 0,
    isBusy: progress.kind === 'running' || underWay.kind !== 'ready',
  };
  const begin = async () => {
    if (mode === 'live') {
      const obstacles = rehearsalObstacles(state);
      setStep(
        obstacles.length > 0
          ? { kind: 'obstacles', obstacles }
          : { kind: 'confirming', mode: 'rehearsal', connections: setup.connections },
      );
      return;
    }
    setStep({ kind: 'asking-world' });
    let world: RehearsalWorld;
    try {
      world = await office.host.rehearsal.start({});
    } catch (error) {
      announce(t('settings.mode.worldFailed', { text: String(error) }), 'error');
      setStep({ kind: 'looking' });
      return;
    }
    const obstacles = liveObstacles({
      ...state,
      settings: setup.settings,
      world,
      hasPracticeAccounts: people?.some(({ isPractice }) => isPractice) !== false,
      hasRecoveryKey: recovery !== null,
      hasErrors: setupErrors(office, setup.settings).length > 0,
    });
    setStep(obstacles.length > 0 ? { kind: 'obstacles', obstacles } : { kind: 'connections' });
  };
  const change = async (chosen: Settings['mode'], connections: Connections) => {
    setSaving(true);
    try {
      const saving = await office.saveSetup({ settings: { ...setup.settings, mode: chosen }, connections });
      if (saving.kind === 'obstacle') {
        announce(obstacleWords(t, saving), 'error');
        return;
      }
      forgetTypedConnections();
      announce(t(`settings.mode.changed.${chosen}`));
      setStep({ kind: 'looking' });
    } catch (error) {
      announce(t('parts.change.failed', { text: String(error) }), 'error');
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <Card
        title={t('settings.mode.now')}
        aside={<Tag kind={mode === 'rehearsal' ? 'accent' : 'good'}>{t(`settings.mode.name.${mode}`)}</Tag>}
      >
        <p>{t(`settings.mode.words.${mode}`)}</p>
        <div className="mode-buttons">
          <Button
            onPress={() => void begin()}
            isPending={step.kind === 'asking-world'}
            isDisabled={isChanged || step.kind === 'connections'}
          >
            {t(`settings.mode.leave.${mode}`)}
          </Button>
          {isChanged ? <span className="soft small">{t('settings.mode.saveFirst')}</span> : null}
        </div>
      </Card>
      {step.kind === 'obstacles' ? (
        <Notice kind="outage" title={t('settings.mode.notYet')} assertive>
          <ul className="mode-obstacles">
            {step.obstacles.map((obstacle) => (
              <li key={JSON.stringify(obstacle)}>
                <ObstacleLine obstacle={obstacle} mode={mode} />
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {step.kind === 'connections' ? (
        <ConnectionsForLive
          onBack={() => setStep({ kind: 'looking' })}
          onDone={(connections) => setStep({ kind: 'confirming', mode: 'live', connections })}
        />
      ) : null}
      {step.kind === 'confirming' ? (
        <ModeDialog
          mode={step.mode}
          connections={step.connections}
          isPending={isSaving}
          onConfirm={() => void change(step.mode, step.connections)}
          onClose={() => setStep(step.mode === 'live' ? { kind: 'connections' } : { kind: 'looking' })}
        />
      ) : null}
    </>
  );
}

function ObstacleLine({ obstacle, mode }: { obstacle: ModeObstacle; mode: Settings['mode'] }) {
  const t = useTexts();
  const { words, place } = lineOf();
  return (
    <>
      {words}{' '}
      {place === null ? null : (
        <Button kind="quiet" size="small" onPress={place.go}>
          {place.label}
        </Button>
      )}
    </>
  );

  function lineOf(): { words: string; place: { label: string; go: () => void } | null } {
    switch (obstacle.kind) {
      case 'owed':
        return {
          words: t(`settings.mode.owed.${mode}`, { count: obstacle.count }),
          place: { label: t('settings.mode.toOwed'), go: () => goTo('owed') },
        };
      case 'busy':
        return { words: t('settings.mode.busy'), place: null };
      case 'incomplete':
        return {
          words: t('settings.mode.incomplete'),
          place: { label: t('settings.mode.toPractice'), go: () => goTo('settings', 'praxis') },
        };
      case 'practice-accounts':
        return {
          words: t('settings.mode.practiceAccounts'),
          place: { label: t('settings.mode.toAccounts'), go: () => goTo('settings', 'zugaenge') },
        };
      case 'no-recovery-key':
        return {
          words: t('settings.mode.noRecoveryKey'),
          place: { label: t('settings.mode.toAccounts'), go: () => goTo('settings', 'zugaenge') },
        };
      case 'made-up-practice':
        return {
          words: t('settings.mode.madeUpPractice'),
          place: { label: t('settings.mode.toPractice'), go: () => goTo('settings', 'praxis') },
        };
      case 'made-up-practitioner':
        return {
          words: t('settings.mode.madeUpPractitioner', { name: obstacle.name }),
          place: { label: t('settings.mode.toPractitioners'), go: () => goTo('settings', 'ausstellende') },
        };
    }
  }
}
