import type { Outage } from '../../domain/outage';
import { payerIndex } from '../../outbox/agenda';
import { Card, DataTable, goTo, shortInstant, useOffice, useTexts, type Column } from '../parts';
import { durationWords } from '../../outbox/duration';
import { figuresOf, open, recordsHeldUp, type Figures } from './restoration';
import { scopeTitle } from './scope';
import type { Situation } from './screen';

interface Row {
  readonly outage: Outage;
  readonly figures: Figures;
}

/** Outages that are over, newest first; Enter opens one. */
export function PastOutages({ outages, situation }: { outages: readonly Outage[]; situation: Situation }) {
  const t = useTexts();
  const { clock } = useOffice();
  const { payers, records } = situation;
  const index = payerIndex(payers);
  const now = clock.now();
  const rows = outages.map((outage): Row => ({ outage, figures: figuresOf(recordsHeldUp(outage, records, index)) }));
  const columns: readonly Column<Row>[] = [
    {
      key: 'who',
      header: t('outages.past.who'),
      width: 'minmax(0, 1.6fr)',
      cell: ({ outage }) => scopeTitle(outage.scope, payers, t),
    },
    {
      key: 'since',
      header: t('outages.past.since'),
      width: '8.6rem',
      cell: ({ outage }) => shortInstant(outage.startedAt, now, t.language),
    },
    {
      key: 'lasted',
      header: t('outages.past.lasted'),
      width: '7.4rem',
      cell: ({ outage }) => durationWords(lengthOf(outage, now), t),
    },
    {
      key: 'held',
      header: t('outages.past.held'),
      width: '7.2rem',
      align: 'end',
      cell: ({ figures }) => figures.total,
    },
    {
      key: 'delivered',
      header: t('outages.past.delivered'),
      width: '5.4rem',
      align: 'end',
      cell: ({ figures }) => figures.delivered,
    },
    {
      key: 'open',
      header: t('outages.past.open'),
      width: '4.4rem',
      align: 'end',
      cell: ({ figures }) => open(figures) + figures.toClarify,
    },
  ];
  return (
    <Card title={t('outages.past.title')} tight>
      <DataTable
        label={t('outages.past.title')}
        rows={rows}
        columns={columns}
        rowKey={({ outage }) => outage.id}
        onOpen={({ outage }) => goTo('outages', outage.id)}
        empty={null}
        height="fit"
        maxHeight={252}
      />
    </Card>
  );
}

/** Milliseconds from declaring to ending, or to now. */
export function lengthOf(outage: Outage, now: Date): number {
  const end = outage.endedAt === null ? now.getTime() : new Date(outage.endedAt).getTime();
  return end - new Date(outage.startedAt).getTime();
}
