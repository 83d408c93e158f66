import { useState } from 'react';
import type { Card } from '../../../electron/contract/contract';
import { validityOf } from '../../outbox/certificate-watch';
import { failureObstacle } from '../../outbox/obstacles';
import type { Obstacle } from '../../outbox/office';
import {
  Button,
  DataTable,
  obstacleWords,
  StatusDot,
  useAnnounce,
  useOffice,
  useSetup,
  useTexts,
  type Column,
  type DotKind,
  type Wording,
} from '../parts';
import { readCards, type Cards } from './checks';
import { validityWords } from './validity';

/** The cards in the terminals: whether each can sign, how long still, and what can be done with it. */
export function CardsTable({ cards, isConnectorDown }: { cards: Cards; isConnectorDown: boolean }) {
  const t = useTexts();
  const office = useOffice();
  const { connections } = useSetup();
  const announce = useAnnounce();
  /** The card at which the terminal waits for somebody. */
  const [busy, setBusy] = useState<string | null>(null);
  const now = office.clock.now();
  switch (cards.kind) {
    case 'unknown':
      return <p className="cards-words soft">{t('connections.cards.unknown')}</p>;
    case 'reading':
      return <p className="cards-words soft">{t('connections.cards.reading')}</p>;
    case 'failed':
      // What is wrong stands with the connector already.
      if (isConnectorDown) return <p className="cards-words soft">{t('connections.cards.unknown')}</p>;
      return <p className="cards-words">{obstacleWords(t, failureObstacle('connector', cards.failure))}</p>;
    case 'broken':
      return <p className="cards-words">{t('connections.broken')}</p>;
    case 'read':
      break;
  }
  const act = async (iccsn: string, work: () => Promise<{ kind: 'done' } | Obstacle>, done: string) => {
    setBusy(iccsn);
    try {
      const ended = await work();
      if (ended.kind === 'done') announce(done);
      else announce(obstacleWords(t, ended), 'error');
      await readCards(office, connections);
    } catch {
      announce(t('connections.broken'), 'error');
    } finally {
      setBusy(null);
    }
  };
  const columns: readonly Column<Card>[] = [
    {
      key: 'card',
      header: t('connections.cards.type'),
      width: 'minmax(0, 1.5fr)',
      cell: ({ type, holder, iccsn }) => (
        <span className="card-whose" title={t('connections.cards.numberIs', { iccsn })}>
          <strong>{holder}</strong>
          <span className="small soft">{t.lookUp('connections', `card-${type}`) ?? type}</span>
        </span>
      ),
    },
    {
      key: 'validity',
      header: t('connections.cards.validity'),
      width: 'minmax(0, 1.2fr)',
      cell: ({ certificateNotAfter, standing }) =>
        certificateNotAfter === null ? (
          '–'
        ) : (
          <span className="card-validity">
            {standing === 'revoked' || standing === 'invalid' ? (
              <>
                <StatusDot kind="bad">{t(`connections.cards.standing.${standing}`)}</StatusDot>
                <span className="small soft">{validityWords(certificateNotAfter, now, t)}</span>
              </>
            ) : (
              <>
                <StatusDot kind={dots[validityOf(certificateNotAfter, now)]}>
                  {validityWords(certificateNotAfter, now, t)}
                </StatusDot>
                {standing === null ? null : (
                  <span className="small soft">{t(`connections.cards.standing.${standing}`)}</span>
                )}
              </>
            )}
          </span>
        ),
    },
    {
      key: 'pin',
      header: t('connections.cards.pin'),
      width: 'minmax(0, 1.5fr)',
      cell: (card) =>
        card.pin === null ? '–' : <StatusDot kind={pinDots[pinKey(card)]}>{pinWords(card, t)}</StatusDot>,
    },
    {
      key: 'act',
      header: t('connections.cards.action'),
      width: '9.5rem',
      align: 'end',
      cell: (card) => {
        const action = actionOf(card);
        if (action === null) return '';
        const { iccsn, holder } = card;
        const work = {
          unlock: () => office.unlockCard(iccsn),
          startComfort: () => office.startComfort(iccsn),
          endComfort: () => office.endComfort(iccsn),
        }[action];
        return (
          <Button
            size="small"
            label={t(`connections.cards.actLong.${action}`, { holder })}
            onPress={() => void act(iccsn, work, t(`connections.cards.done.${action}`))}
            isPending={busy === iccsn}
          >
            {t(`connections.cards.act.${action}`)}
          </Button>
        );
      },
    },
  ];
  return (
    <>
      <DataTable
        label={t('connections.cards.title')}
        rows={cards.cards}
        columns={columns}
        rowKey={({ iccsn }) => iccsn}
        empty={<p className="cards-words">{t('connections.cards.none')}</p>}
        rowHeight={50}
        height="fit"
        maxHeight={260}
      />
      {busy === null ? null : (
        <p className="cards-words" role="status">
          {t('connections.cards.atTerminal')}
        </p>
      )}
      {cards.cards.some(({ comfort }) => comfort !== null && comfort.kind !== 'disabled') ? (
        <p className="cards-words cards-comfort small soft">{t('connections.cards.comfortWords')}</p>
      ) : null}
    </>
  );
}

const dots = { valid: 'good', 'ends-soon': 'partly', ended: 'bad' } as const;

/** How a card's PIN stands, comfort signature counted in. */
export function pinKey({
  pin,
  comfort,
  type,
}: Card): 'comfort' | 'verified' | 'atSigning' | 'locked' | 'blocked' | 'unset' {
  if (comfort?.kind === 'on') return 'comfort';
  switch (pin) {
    case 'blocked':
    case 'unset':
    case 'verified':
      return pin;
    case 'verifiable':
    case null:
      // A doctor's PIN is asked for when something is signed; the practice's card must be unlocked before.
      return type.startsWith('HBA') ? 'atSigning' : 'locked';
  }
}

const pinDots: Readonly<Record<ReturnType<typeof pinKey>, DotKind>> = {
  comfort: 'good',
  verified: 'good',
  atSigning: 'good',
  locked: 'partly',
  blocked: 'bad',
  unset: 'bad',
};

function pinWords(card: Card, t: Wording): string {
  const { comfort } = card;
  if (comfort?.kind !== 'on') return t(`connections.cards.pins.${pinKey(card)}`);
  const minutes = Math.floor(comfort.seconds / 60);
  const time = `${String(Math.floor(minutes / 60))}:${String(minutes % 60).padStart(2, '0')}`;
  return t('connections.cards.pins.comfort', { count: comfort.remaining, time });
}

/** What a person can do with a card here, or `null`. */
export function actionOf({ pin, comfort, type }: Card): 'unlock' | 'startComfort' | 'endComfort' | null {
  if (comfort?.kind === 'on') return 'endComfort';
  if (comfort?.kind === 'off' && pin !== 'blocked' && pin !== 'unset') return 'startComfort';
  return pin === 'verifiable' && !type.startsWith('HBA') ? 'unlock' : null;
}
