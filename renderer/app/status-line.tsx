import type { Obstacle } from '../outbox/office';
import { useMay } from './access/session-context';
import { UserMenu } from './access/user-menu';
import {
  shortInstant,
  useAgenda,
  useLive,
  useOffice,
  useOutboxProgress,
  useSetup,
  useTexts,
  type Wording,
} from './parts';
import { hashOf } from './navigation';
import { scopeTitle } from './outages/scope';
import { troublesOf, useSecondCopy, type Trouble } from './second-copy';
import { useNoticing } from './parts/noticing';
import { situationOf, type Situation } from './situation';

/** The line that is always there: how things stand, how much is owed, who is at the desk, and whether this is a rehearsal. */
export function StatusLine({ obstacle }: { obstacle: Obstacle | null }) {
  const office = useOffice();
  const t = useTexts();
  const { settings } = useSetup();
  const seesCertificates = useMay('see-certificates');
  const situation = useLive(async () => situationOf(await office.store.outages(), await office.store.payers()));
  const noticing = useNoticing();
  const hasNoticed = noticing !== null && noticing.proposals.length + noticing.endOffers.length > 0;
  const hasWarning = noticing !== null && noticing.certificates.length > 0;
  const copy = useSecondCopy();
  const trouble = (copy === null ? [] : troublesOf(copy)).find(({ weight }) => weight !== 'tells') ?? null;
  const isTroubled = situation.kind === 'ready' && situation.value.kind !== 'reachable';
  const isRehearsal = settings.mode === 'rehearsal';
  return (
    <header className={`status-line${isTroubled ? ' is-troubled' : ''}${isRehearsal ? ' is-rehearsal' : ''}`}>
      <div className="brand">
        <span className="brand-slip" aria-hidden />
        {t('app.name')}
      </div>
      {isRehearsal ? (
        <span className="rehearsal-mark" title={t('app.rehearsalLong')}>
          {t('app.rehearsal')}
        </span>
      ) : null}
      <p className="situation" role="status" aria-label={t('app.status.label')}>
        {!seesCertificates ? (
          <>
            <strong>{t('access.administration.paused')}</strong>: {t('access.administration.pausedLong')}
          </>
        ) : obstacle !== null ? (
          <>
            <strong>{t('app.status.worldDown')}</strong>: {t('app.status.worldDownLong')}
          </>
        ) : situation.kind === 'ready' ? (
          <SituationWords
            situation={situation.value}
            now={office.clock.now()}
            room={hasNoticed || trouble !== null ? 'trouble' : hasWarning ? 'title' : 'all'}
          />
        ) : (
          t(situation.kind === 'failed' ? 'parts.failed' : 'app.status.unknown')
        )}
      </p>
      <Safety trouble={trouble} />
      <Noticed />
      {seesCertificates ? <Owed /> : null}
      <UserMenu />
    </header>
  );
}

function SituationWords({
  situation,
  now,
  room,
}: {
  situation: Situation;
  now: Date;
  /** How much room there is beside what else stands in the line. */
  room: 'all' | 'title' | 'trouble';
}) {
  const t = useTexts();
  const [title, words] = sentence(situation, now, t);
  // Beside a suspicion there is no room for more than the title, and «all well» would contradict it.
  if (room === 'title' || (room === 'trouble' && situation.kind !== 'reachable')) return <strong>{title}</strong>;
  if (room === 'trouble') return null;
  return (
    <>
      <strong>{title}</strong>: {words}
    </>
  );
}

function sentence(situation: Situation, now: Date, t: Wording): readonly [string, string] {
  switch (situation.kind) {
    case 'reachable':
      return [t('app.status.reachable'), t('app.status.reachableLong')];
    case 'all':
    case 'practice': {
      const since = shortInstant(situation.since, now, t.language);
      return [t(`app.status.${situation.kind}`, { since }), t(`app.status.${situation.kind}Long`)];
    }
    case 'some': {
      const { outages, name, payers } = situation;
      const since = shortInstant(situation.since, now, t.language);
      const title =
        outages === 1
          ? t('app.status.some', { name, since })
          : t('app.status.several', { count: outages, name, since });
      return [title, t('app.status.someLong', { count: payers })];
    }
  }
}

/** What is wrong with the second copy, in a word; the whole of it stands under «Sicherung», for those who may see it. */
function Safety({ trouble }: { trouble: Trouble | null }) {
  const t = useTexts();
  const mayOpen = useMay('backups');
  if (trouble === null) return null;
  const title = t(`backup.trouble.${trouble.what}.title`);
  const words = t(`backup.trouble.${trouble.what}.words`, trouble.values);
  const look = `safety safety-${trouble.weight}`;
  return (
    <div className={look} role="alert" title={words}>
      {mayOpen ? <a href={hashOf({ screen: 'settings', detail: 'sicherung' })}>{title}</a> : title}
    </div>
  );
}

/** What the program takes for likely, in a word; the whole of it stands on «Störungen». */
function Noticed() {
  const t = useTexts();
  const office = useOffice();
  const noticing = useNoticing();
  const payers = useLive(() => office.store.payers());
  const outages = useLive(() => office.store.outages());
  if (noticing === null || payers.kind !== 'ready' || outages.kind !== 'ready') return null;
  const [offer] = noticing.endOffers;
  const [proposal] = noticing.proposals;
  const ending = outages.value.find(({ id }) => id === offer?.outageId);
  const words =
    ending !== undefined
      ? t('noticing.status.end', { name: scopeTitle(ending.scope, payers.value, t) })
      : proposal !== undefined
        ? t('noticing.status.proposal', { name: scopeTitle(proposal.scope, payers.value, t) })
        : null;
  if (words !== null)
    return (
      <a className="noticed" role="status" href={hashOf({ screen: 'outages', detail: null })}>
        {words}
      </a>
    );
  // A suspicion is more urgent than a certificate; both have their place under «Heute zu tun».
  const [warning] = noticing.certificates;
  return warning === undefined ? null : (
    <a className="noticed" role="status" href={hashOf({ screen: 'connections', detail: null })}>
      {t(`noticing.certificates.${warning.what}`, {
        whose: t(`noticing.certificates.of.${warning.of}`),
        count: warning.days,
      })}
    </a>
  );
}

function Owed() {
  const t = useTexts();
  const agenda = useAgenda();
  const progress = useOutboxProgress();
  if (agenda.kind !== 'ready') return <span className="owed" />;
  const { owed, postToday, needsAction } = agenda.value;
  const parts = [
    needsAction.length > 0 ? t('app.status.act', { count: needsAction.length }) : null,
    postToday.length > 0 ? t('app.status.post', { count: postToday.length }) : null,
  ].filter((part) => part !== null);
  return (
    <a className="owed" href={hashOf({ screen: 'owed', detail: null })}>
      <strong>{owed.length === 0 ? t('app.status.nothingOwed') : t('app.status.owed', { count: owed.length })}</strong>
      {parts.length === 0 ? null : ` · ${parts.join(' · ')}`}
      {progress.kind === 'running' && progress.total > 0 ? (
        <span className="owed-running">
          {t(`app.status.running.${progress.step}`, { done: progress.done, total: progress.total })}
        </span>
      ) : null}
    </a>
  );
}
