import { useState } from 'react';
import type { Outage } from '../../domain/outage';
import { isOwed, isReady, outagesFor, payerIndex } from '../../outbox/agenda';
import {
  Button,
  Card,
  ConfirmDialog,
  goTo,
  Notice,
  shortInstant,
  useAgenda,
  useAnnounce,
  useOffice,
  useOutboxProgress,
  useTexts,
} from '../parts';
import { Course } from './course-chart';
import { durationWords } from '../../outbox/duration';
import { endAndSend } from './last-run';
import { recordsHeldUp } from './restoration';
import { payersConcerned, scopeTitle } from './scope';
import { ProbingWords } from './probing-words';
import type { Situation } from './screen';

/** An outage that lasts: since when, whom it hits, what waits; and its end. */
export function RunningOutage({ outage, situation }: { outage: Outage; situation: Situation }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const agenda = useAgenda();
  const progress = useOutboxProgress();
  const [isEnding, setEnding] = useState(false);
  const { payers, records, outages } = situation;
  const index = payerIndex(payers);
  const now = office.clock.now();
  const title = scopeTitle(outage.scope, payers, t);
  const concerned = payersConcerned(outage.scope, payers);
  const waiting = records.filter(
    (record) => isOwed(record) && isReady(record) && outagesFor(record.content.coverage, [outage], index).length > 0,
  );
  const others = outages.filter(({ id }) => id !== outage.id);
  const stays = waiting.filter((record) => outagesFor(record.content.coverage, others, index).length > 0).length;
  const isAsked = agenda.kind === 'ready' && agenda.value.stillDown.some(({ id }) => id === outage.id);
  const since = shortInstant(outage.startedAt, now, t.language);
  const stillDown = async () => {
    await office.noteStillDown(outage.id);
    announce(t('outages.stillDown.noted'));
  };
  return (
    <Card label={title}>
      <div className="outage-head">
        <div className="outage-words">
          <h2 className="outage-title">
            {title} <span className="outage-since">{t('outages.running.since', { since })}</span>
          </h2>
          <p className="soft">
            {[
              outage.declaredBy === ''
                ? t('outages.running.declared')
                : t('outages.running.declaredBy', { name: outage.declaredBy }),
              t('outages.running.lasts', {
                duration: durationWords(now.getTime() - new Date(outage.startedAt).getTime(), t),
              }),
              outage.reason === '' ? null : t('outages.running.reason', { reason: outage.reason }),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </p>
        </div>
        <Button onPress={() => setEnding(true)} isDisabled={progress.kind === 'running'}>
          {t('outages.end.button')}
        </Button>
      </div>
      {isAsked ? (
        <Notice
          kind="outage"
          title={t('outages.stillDown.question')}
          action={
            <span className="notice-buttons">
              <Button size="small" onPress={() => void stillDown()}>
                {t('outages.stillDown.yes')}
              </Button>
              <Button size="small" onPress={() => setEnding(true)}>
                {t('outages.stillDown.no')}
              </Button>
            </span>
          }
        >
          {t('outages.stillDown.words')}
        </Notice>
      ) : null}
      <dl className="outage-figures">
        <div>
          <dt>{t('outages.running.concerned')}</dt>
          <dd>
            {outage.scope.kind === 'all' || outage.scope.kind === 'practice'
              ? t('outages.running.everybody')
              : t('outages.running.payers', { count: Math.max(1, concerned.length) })}
          </dd>
        </div>
        <div>
          <dt>{t('outages.running.waiting')}</dt>
          <dd>
            {waiting.length === 0 ? (
              t('outages.running.nothingWaits')
            ) : (
              <button type="button" className="figure-link" onClick={() => goTo('owed')}>
                {t('outages.running.certificates', { count: waiting.length })}
              </button>
            )}
          </dd>
        </div>
        <div className="is-words">
          <dt>{t('outages.running.meanwhile')}</dt>
          <dd>{t(`outages.running.meanwhileWords.${outage.scope.kind === 'practice' ? 'practice' : 'other'}`)}</dd>
        </div>
      </dl>
      {outage.scope.kind === 'all' || outage.scope.kind === 'practice' ? <ProbingWords /> : null}
      {concerned.length > 1 && outage.scope.kind === 'provider' ? (
        <details className="concerned">
          <summary>{t('outages.running.whichPayers')}</summary>
          <p className="small soft">{concerned.map(({ name }) => name).join(' · ')}</p>
        </details>
      ) : null}
      {waiting.length > 0 ? (
        <Course outage={outage} records={recordsHeldUp(outage, records, index)} until={now} />
      ) : null}
      {isEnding ? (
        <ConfirmDialog
          title={t('outages.end.title', { name: title })}
          confirm={t(waiting.length - stays > 0 ? 'outages.end.confirmSend' : 'outages.end.confirm')}
          onConfirm={() => {
            setEnding(false);
            void endAndSend(office, outage.id);
          }}
          onClose={() => setEnding(false)}
        >
          <p>
            {waiting.length - stays > 0
              ? t('outages.end.words', { count: waiting.length - stays })
              : t('outages.end.wordsNothing')}
          </p>
          {stays > 0 ? <p>{t('outages.end.stays', { count: stays })}</p> : null}
          <p className="soft">{t('outages.end.notSure')}</p>
        </ConfirmDialog>
      ) : null}
    </Card>
  );
}
