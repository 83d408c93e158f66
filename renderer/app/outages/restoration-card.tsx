import { useMemo, useState } from 'react';
import type { Outage } from '../../domain/outage';
import { payerIndex } from '../../outbox/agenda';
import {
  Button,
  Card,
  ConfirmDialog,
  goTo,
  Notice,
  obstacleWords,
  ProgressBar,
  shortInstant,
  StatusDot,
  Tag,
  useAnnounce,
  useMinute,
  useOffice,
  useOutboxProgress,
  useTexts,
} from '../parts';
import type { PayerRestoration } from '../../outbox/restoration';
import { useKept } from '../parts/kept';
import { useSteady } from '../parts/use-same';
import { durationWords } from '../../outbox/duration';
import { lastRunOf, sendOn, type LastRun } from './last-run';
import { paceWords, usePace } from './pace';
import { PayerTable, phaseOf } from './payer-table';
import { figuresOf, open, recordsHeldUp, shareDone, standingByPayer, type Figures } from './restoration';
import { scopeTitle } from './scope';
import { useRestoration } from './use-restoration';
import type { Situation } from './screen';

/** An outage that ended: what it held back goes out, insurer by insurer, until every receipt is there. */
export function Restoration({ outage, situation }: { outage: Outage; situation: Situation }) {
  const t = useTexts();
  const office = useOffice();
  const progress = useOutboxProgress();
  const minute = useMinute();
  const pace = usePace();
  const announce = useAnnounce();
  const { view, again } = useRestoration();
  const [isCancelling, setCancelling] = useState(false);
  const lastRun = useKept(lastRunOf(office));
  const { payers, records } = situation;
  // The progress comes many times a second; thousands of certificates are counted only when one of them has changed.
  const { figures, standings } = useMemo(() => {
    const index = payerIndex(payers);
    const held = recordsHeldUp(outage, records, index);
    return { figures: figuresOf(held), standings: standingByPayer(held, index) };
  }, [outage, records, payers]);
  const mine: LastRun = lastRun.kind !== 'none' && lastRun.outageId === outage.id ? lastRun : { kind: 'none' };
  const isSending = progress.kind === 'running';
  const now = office.clock.now();
  const ended = outage.endedAt ?? outage.startedAt;
  const attempt = (work: Promise<unknown>) => {
    work.then(again, (error: unknown) => announce(t('parts.change.failed', { text: String(error) }), 'error'));
  };
  const steer = (key: string | null, pause: boolean) => {
    if (pause) attempt(office.pauseRestoration(key));
    // Going on sends at once; what becomes of it is shown by the progress, so the view is read before it ends.
    else attempt(office.resumeRestoration(key));
    window.setTimeout(again, 200);
  };
  const pauseOne = useSteady(({ key, paused }: PayerRestoration) => steer(key, !paused));
  return (
    <Card label={t('outages.restoration.label', { name: scopeTitle(outage.scope, payers, t) })}>
      <div className="outage-head">
        <div className="outage-words">
          <h2 className="outage-title">
            {scopeTitle(outage.scope, payers, t)}{' '}
            <Tag kind={open(figures) === 0 ? 'good' : 'accent'}>
              {t(open(figures) === 0 ? 'outages.restoration.done' : 'outages.restoration.goesOn')}
            </Tag>
          </h2>
          <p className="soft">
            {t('outages.restoration.ended', {
              since: shortInstant(outage.startedAt, now, t.language),
              until: shortInstant(ended, now, t.language),
              duration: durationWords(new Date(ended).getTime() - new Date(outage.startedAt).getTime(), t),
            })}
          </p>
        </div>
        <div className="restoration-count">
          <strong>{t('outages.restoration.delivered', { done: figures.delivered, total: figures.total })}</strong>
          <span className="small soft">
            {progress.kind === 'running' && progress.step !== 'collecting'
              ? [
                  t(`app.status.running.${progress.step}`, { done: progress.done, total: progress.total }),
                  pace === null ? null : paceWords(pace, t),
                ]
                  .filter((part) => part !== null)
                  .join(' · ')
              : figures.handedOver > 0
                ? t('outages.restoration.awaiting', { count: figures.handedOver })
                : null}
          </span>
        </div>
      </div>
      {figures.total > 0 ? (
        <ProgressBar
          label={t('outages.restoration.delivered', { done: figures.delivered, total: figures.total })}
          value={100 * shareDone(figures)}
          total={100}
          hideLabel
        />
      ) : null}
      {view?.paused === true && open(figures) > 0 ? (
        <Notice kind="outage" title={t('outages.restoration.paused')}>
          {t('outages.restoration.pausedWords')}
        </Notice>
      ) : (
        <Outcome outage={outage} run={mine} figures={figures} isSending={isSending} />
      )}
      {figures.total > 0 ? (
        <PayerTable
          rows={standings}
          phase={phaseOf(progress)}
          minute={minute}
          {...(view === null ? {} : { restoration: view.payers })}
          {...(view?.paused === true ? {} : { onPause: pauseOne })}
        />
      ) : (
        <p className="soft">{t('outages.restoration.nothing')}</p>
      )}
      <div className="outage-buttons">
        {open(figures) > 0 ? (
          <>
            <Button size="small" onPress={() => steer(null, view?.paused !== true)}>
              {t(view?.paused === true ? 'outages.restoration.resumeAll' : 'outages.restoration.pauseAll')}
            </Button>
            <Button size="small" onPress={() => setCancelling(true)}>
              {t('outages.restoration.cancel')}
            </Button>
          </>
        ) : null}
        {figures.toClarify > 0 ? (
          <Button size="small" onPress={() => goTo('owed')}>
            {t('outages.restoration.clarify')}
          </Button>
        ) : null}
        <Button size="small" onPress={() => goTo('outages', outage.id)}>
          {t('outages.restoration.details')}
        </Button>
        {mine.kind !== 'none' && mine.kind !== 'running' && open(figures) === 0 ? (
          <Button size="small" onPress={() => lastRunOf(office).set({ kind: 'none' })}>
            {t('outages.restoration.close')}
          </Button>
        ) : null}
      </div>
      {isCancelling ? (
        <ConfirmDialog
          title={t('outages.restoration.cancelTitle', { name: scopeTitle(outage.scope, payers, t) })}
          confirm={t('outages.restoration.cancelConfirm')}
          onConfirm={() => {
            setCancelling(false);
            attempt(office.cancelRestoration(outage.id));
          }}
          onClose={() => setCancelling(false)}
        >
          <p>{t('outages.restoration.cancelWords')}</p>
        </ConfirmDialog>
      ) : null}
    </Card>
  );
}

/** How the last run went, and the one thing to do now, if there is one. */
function Outcome({
  outage,
  run,
  figures,
  isSending,
}: {
  outage: Outage;
  run: LastRun;
  figures: Figures;
  isSending: boolean;
}) {
  const t = useTexts();
  const office = useOffice();
  if (isSending) return null;
  const again = (
    <Button onPress={() => void sendOn(office, outage.id)}>
      {t('outages.run.sendOn', { count: figures.waiting })}
    </Button>
  );
  if (run.kind === 'broken')
    return (
      <Notice kind="error" title={t('outages.run.broken')} action={again} assertive>
        {t('outages.run.brokenWords')}
        <details className="small">
          <summary>{t('parts.details')}</summary>
          {run.text}
        </details>
      </Notice>
    );
  if (run.kind === 'ended' && run.run.kind === 'stopped')
    return (
      <Notice
        kind="error"
        title={t('outages.run.stopped', { count: figures.waiting })}
        {...(figures.waiting > 0 ? { action: again } : {})}
        assertive
      >
        {obstacleWords(t, run.run.obstacle)}
      </Notice>
    );
  if (run.kind === 'ended' && run.run.kind === 'already-running')
    return (
      <Notice kind="info" action={again}>
        {t('outages.run.alreadyRunning')}
      </Notice>
    );
  if (figures.waiting > 0)
    return (
      <Notice kind="outage" title={t('outages.run.left', { count: figures.waiting })} action={again}>
        {t('outages.run.leftWords')}
      </Notice>
    );
  if (figures.toClarify > 0)
    return <Notice kind="outage">{t('outages.run.clarify', { count: figures.toClarify })}</Notice>;
  if (figures.handedOver > 0) return <Notice kind="info">{t('outages.run.awaiting')}</Notice>;
  return figures.total === 0 ? null : (
    <Notice kind="good">
      <StatusDot kind="done">{t('outages.run.complete')}</StatusDot>
    </Notice>
  );
}
