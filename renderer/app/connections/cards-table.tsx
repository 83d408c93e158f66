import { failureObstacle } from '../../outbox/obstacles';
import { DataTable, obstacleWords, StatusDot, useOffice, useTexts, type Column } from '../parts';
import type { Card, Cards } from './checks';
import { validityOf, validityWords } from './validity';

/** The cards in the terminals, and how long each can still sign. */
export function CardsTable({ cards }: { cards: Cards }) {
  const t = useTexts();
  const { clock } = useOffice();
  const now = clock.now();
  switch (cards.kind) {
    case 'unknown':
      return <p className="cards-words soft">{t('connections.cards.unknown')}</p>;
    case 'reading':
      return <p className="cards-words soft">{t('connections.cards.reading')}</p>;
    case 'failed':
      return <p className="cards-words">{obstacleWords(t, failureObstacle('connector', cards.failure))}</p>;
    case 'read':
      break;
  }
  const columns: readonly Column<Card>[] = [
    {
      key: 'type',
      header: t('connections.cards.type'),
      width: '12.5rem',
      cell: ({ type }) => t.lookUp('connections', `card-${type}`) ?? type,
    },
    { key: 'holder', header: t('connections.cards.holder'), width: 'minmax(0, 1fr)', cell: ({ holder }) => holder },
    {
      key: 'number',
      header: t('connections.cards.number'),
      width: '6rem',
      cell: ({ iccsn }) => <span title={iccsn}>… {iccsn.slice(-5)}</span>,
    },
    {
      key: 'validity',
      header: t('connections.cards.validity'),
      width: 'minmax(0, 1fr)',
      cell: ({ certificateNotAfter }) =>
        certificateNotAfter === null ? (
          '–'
        ) : (
          <StatusDot kind={dots[validityOf(certificateNotAfter, now)]}>
            {validityWords(certificateNotAfter, now, t)}
          </StatusDot>
        ),
    },
  ];
  return (
    <DataTable
      label={t('connections.cards.title')}
      rows={cards.cards}
      columns={columns}
      rowKey={({ iccsn }) => iccsn}
      empty={<p className="cards-words">{t('connections.cards.none')}</p>}
      height="fit"
      maxHeight={180}
    />
  );
}

const dots = { valid: 'good', 'ends-soon': 'partly', ended: 'bad' } as const;
