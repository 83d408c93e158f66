import { memo } from 'react';
import type { OutboxProgress } from '../../outbox/office';
import type { PayerRestoration } from '../../outbox/restoration';
import { formatCount } from '../../texts/counts';
import {
  Button,
  clockTime,
  DataTable,
  shortInstant,
  StatusDot,
  useTexts,
  type Column,
  type DotKind,
  type Wording,
} from '../parts';
import type { Setback } from '../../domain/state';
import { open, type PayerStanding } from './restoration';

/** What the outbox is at, as far as the table tells of it. */
export type Phase = 'idle' | 'signing' | 'sending' | 'collecting';

export function phaseOf(progress: OutboxProgress): Phase {
  return progress.kind === 'idle' ? 'idle' : progress.step;
}

/** Where each insurer's certificates stand while what was held back goes out. Drawn anew only when one of them has moved, not with each certificate. */
export const PayerTable = memo(function PayerTable({
  rows,
  phase,
  minute,
  restoration = noRestoration,
  onPause,
}: {
  rows: readonly PayerStanding[];
  phase: Phase;
  /** The present one (`useMinute`). */
  minute: number;
  /** How the insurers stand, where that is known. */
  restoration?: readonly PayerRestoration[];
  /** Stops sending to an insurer for the time being, or goes on. */
  onPause?: (payer: PayerRestoration) => void;
}) {
  const now = new Date(minute * 60_000);
  const healthOf = new Map(restoration.map((one) => [one.key, one]));
  const t = useTexts();
  const count = (key: 'waiting' | 'handedOver' | 'delivered'): Column<PayerStanding> => ({
    key,
    header: t(`outages.table.${key}`),
    width: '4.6rem',
    align: 'end',
    cell: (row) => (row[key] === 0 ? <span className="soft">0</span> : formatCount(row[key], t.language)),
  });
  const mayPause = (row: PayerStanding) => row.waiting > 0 && healthOf.has(row.key);
  const columns: readonly Column<PayerStanding>[] = [
    {
      key: 'name',
      header: t('outages.table.payer'),
      width: 'minmax(0, 1.5fr)',
      cell: (row) => (
        <span title={row.name}>
          <StatusDot kind={dotOf(row, phase)}>{row.name}</StatusDot>
        </span>
      ),
    },
    count('waiting'),
    count('handedOver'),
    count('delivered'),
    {
      key: 'receipt',
      header: t('outages.table.receipt'),
      width: '6rem',
      align: 'end',
      cell: (row) => (row.lastReceiptAt === null ? '–' : receiptTime(row.lastReceiptAt, now, t)),
    },
    {
      key: 'next',
      header: t('outages.table.next'),
      width: 'minmax(0, 1.25fr)',
      cell: (row) => {
        const words = healthWords(row, healthOf.get(row.key), now, t) ?? nextWords(row, phase, t);
        return <span title={words}>{words}</span>;
      },
    },
    ...(onPause === undefined || !rows.some(mayPause)
      ? []
      : [
          {
            key: 'pause',
            header: '',
            width: '5.4rem',
            align: 'end',
            cell: (row: PayerStanding) => {
              const known = healthOf.get(row.key);
              return known === undefined || row.waiting === 0 ? null : (
                <Button
                  size="small"
                  kind="quiet"
                  label={t(known.paused ? 'outages.restoration.resumeOne' : 'outages.restoration.pauseOne', {
                    name: row.name,
                  })}
                  onPress={() => onPause(known)}
                >
                  {t(known.paused ? 'outages.restoration.resume' : 'outages.restoration.pause')}
                </Button>
              );
            },
          } satisfies Column<PayerStanding>,
        ]),
  ];
  return (
    <div className="payer-table">
      <DataTable
        label={t('outages.table.label')}
        rows={rows}
        columns={columns}
        rowKey={({ key }) => key}
        empty={null}
        height="fit"
        maxHeight={324}
      />
    </div>
  );
});

const noRestoration: readonly PayerRestoration[] = [];

function dotOf(row: PayerStanding, phase: Phase): DotKind {
  if (row.toClarify > 0) return 'bad';
  if (open(row) === 0) return 'good';
  if (row.waiting > 0 && row.setback !== null && phase === 'idle') return 'bad';
  return row.delivered > 0 ? 'partly' : 'waiting';
}

/** How the insurer itself stands, where it isn't well or was stopped: what that means for what waits for it. */
function healthWords(
  { waiting, handedOver }: PayerStanding,
  known: PayerRestoration | undefined,
  now: Date,
  t: Wording,
): string | null {
  if (known === undefined || waiting + handedOver === 0) return null;
  if (known.paused) return t('outages.next.paused');
  const { state, reason, retryAt, canary, window } = known.health;
  switch (state) {
    case 'down':
      return reason === null || reason === 'outage' || retryAt === null
        ? t('outages.next.down')
        : t('outages.next.retry', {
            reason: t(`outages.next.reason.${reason}`),
            at: shortInstant(new Date(retryAt).toISOString(), now, t.language),
          });
    case 'probing':
      return t(canary === null ? 'outages.next.probing' : 'outages.next.canary');
    case 'recovering':
      return waiting > 0 ? t('outages.next.recovering', { count: window }) : null;
    case 'up':
      return null;
  }
}

function nextWords(row: PayerStanding, phase: Phase, t: Wording): string {
  if (row.waiting > 0) {
    if (phase === 'signing' || phase === 'sending') return t(`outages.next.${phase}`);
    if (row.setback?.kind === 'no-recipient') return t('outages.next.noRecipient');
    if (row.setback !== null) return setbackWords(row.setback.kind, row.setback.code, t);
    return t('outages.next.waiting');
  }
  if (row.toClarify > 0) return t('outages.next.clarify', { count: row.toClarify });
  if (row.handedOver > 0) return t('outages.next.receipt');
  return t('outages.next.done');
}

/** With the number that one tells on the telephone; what is no number is for technicians. */
function setbackWords(kind: Exclude<Setback['kind'], 'no-recipient'>, code: string, t: Wording): string {
  const words = t(`outages.next.setback.${kind}`);
  return /^[\d.]+$/.test(code) ? `${words} (${code})` : words;
}

/** To the second today, since a practice watches it; else day and time. */
function receiptTime(at: string, now: Date, t: Wording): string {
  const short = shortInstant(at, now, t.language);
  return short.length > 5 ? short : clockTime(new Date(at), t.language);
}
