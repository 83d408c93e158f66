import { useState } from 'react';
import type { Outage } from '../../domain/outage';
import { payerIndex } from '../../outbox/agenda';
import { formatCount } from '../../texts/counts';
import {
  Button,
  Card,
  goTo,
  PageHeader,
  shortInstant,
  useMinute,
  useOffice,
  useOutboxProgress,
  useTexts,
} from '../parts';
import { Course } from './course-chart';
import { durationWords } from '../../outbox/duration';
import { lengthOf } from './past-outages';
import { PayerTable, phaseOf } from './payer-table';
import { ReportDialog } from './report-dialog';
import { figuresOf, recordsHeldUp, standingByPayer } from './restoration';
import { scopeTitle } from './scope';
import type { Situation } from './screen';

/** One outage with all that is known about it, and its report. */
export function PastOutage({ outage, situation }: { outage: Outage; situation: Situation }) {
  const t = useTexts();
  const { clock } = useOffice();
  const progress = useOutboxProgress();
  const minute = useMinute();
  const [isReporting, setReporting] = useState(false);
  const { payers, records } = situation;
  const index = payerIndex(payers);
  const held = recordsHeldUp(outage, records, index);
  const figures = figuresOf(held);
  const now = clock.now();
  const title = scopeTitle(outage.scope, payers, t);
  const lastReceipt = held
    .flatMap(({ state }) => ('deliveredAt' in state ? [state.deliveredAt] : []))
    .reduce((newest, at) => (at > newest ? at : newest), outage.endedAt ?? now.toISOString());
  const facts: readonly (readonly [string, string])[] = [
    [t('outages.one.since'), shortInstant(outage.startedAt, now, t.language)],
    [
      t('outages.one.until'),
      outage.endedAt === null ? t('outages.one.runs') : shortInstant(outage.endedAt, now, t.language),
    ],
    [t('outages.past.lasted'), durationWords(lengthOf(outage, now), t)],
    [t('outages.one.by'), outage.declaredBy === '' ? '–' : outage.declaredBy],
    [t('outages.past.held'), formatCount(figures.total, t.language)],
    [t('outages.past.delivered'), formatCount(figures.delivered, t.language)],
    [t('outages.table.handedOver'), formatCount(figures.handedOver, t.language)],
    [t('outages.table.waiting'), formatCount(figures.waiting, t.language)],
    [t('outages.one.toClarify'), formatCount(figures.toClarify, t.language)],
  ];
  return (
    <>
      <PageHeader
        title={title}
        aside={
          <>
            <Button onPress={() => goTo('outages')} shortcut="Alt+Z">
              {t('outages.one.back')}
            </Button>
            <Button kind="primary" onPress={() => setReporting(true)}>
              {t('outages.one.report')}
            </Button>
          </>
        }
      />
      <div className="outages">
        <Card label={t('outages.one.facts')}>
          <dl className="outage-facts">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {outage.reason === '' ? null : (
            <p className="outage-reason">{t('outages.running.reason', { reason: outage.reason })}</p>
          )}
        </Card>
        {held.length === 0 ? (
          <Card label={t('outages.table.label')}>
            <p className="soft">{t('outages.one.nothing')}</p>
          </Card>
        ) : (
          <>
            <Card label={t('outages.course.title')}>
              <Course
                level={2}
                outage={outage}
                records={held}
                until={outage.endedAt === null ? now : new Date(lastReceipt)}
              />
            </Card>
            <Card label={t('outages.table.label')}>
              <PayerTable rows={standingByPayer(held, index)} phase={phaseOf(progress)} minute={minute} />
            </Card>
          </>
        )}
      </div>
      {isReporting ? <ReportDialog outage={outage} title={title} onClose={() => setReporting(false)} /> : null}
    </>
  );
}
