import {
  clockTime,
  DataTable,
  shortInstant,
  StatusDot,
  useTexts,
  type Column,
  type DotKind,
  type Wording,
} from '../parts';
import { open, type PayerStanding } from './restoration';

/** Where each insurer's certificates stand while what was held back goes out. */
export function PayerTable({
  rows,
  isSending,
  now,
}: {
  rows: readonly PayerStanding[];
  isSending: boolean;
  now: Date;
}) {
  const t = useTexts();
  const count = (key: 'waiting' | 'handedOver' | 'delivered'): Column<PayerStanding> => ({
    key,
    header: t(`outages.table.${key}`),
    width: '5.2rem',
    align: 'end',
    cell: (row) => (row[key] === 0 ? <span className="soft">0</span> : row[key]),
  });
  const columns: readonly Column<PayerStanding>[] = [
    {
      key: 'name',
      header: t('outages.table.payer'),
      width: 'minmax(0, 1.3fr)',
      cell: (row) => (
        <span title={row.name}>
          <StatusDot kind={dotOf(row, isSending)}>{row.name}</StatusDot>
        </span>
      ),
    },
    count('waiting'),
    count('handedOver'),
    count('delivered'),
    {
      key: 'receipt',
      header: t('outages.table.receipt'),
      width: '6.6rem',
      align: 'end',
      cell: (row) => (row.lastReceiptAt === null ? '–' : receiptTime(row.lastReceiptAt, now, t)),
    },
    {
      key: 'next',
      header: t('outages.table.next'),
      width: 'minmax(0, 1.5fr)',
      cell: (row) => {
        const words = nextWords(row, isSending, t);
        return <span title={words}>{words}</span>;
      },
    },
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
}

function dotOf(row: PayerStanding, isSending: boolean): DotKind {
  if (row.toClarify > 0) return 'bad';
  if (open(row) === 0) return 'good';
  if (row.waiting > 0 && row.setback !== null && !isSending) return 'bad';
  return row.delivered > 0 ? 'partly' : 'waiting';
}

function nextWords(row: PayerStanding, isSending: boolean, t: Wording): string {
  if (row.waiting > 0) {
    if (isSending) return t('outages.next.sending');
    if (row.setback?.kind === 'no-recipient') return t('outages.next.noRecipient');
    if (row.setback !== null) return t(`outages.next.setback.${row.setback.kind}`, { code: row.setback.code });
    return t('outages.next.waiting');
  }
  if (row.toClarify > 0) return t('outages.next.clarify', { count: row.toClarify });
  if (row.handedOver > 0) return t('outages.next.receipt');
  return t('outages.next.done');
}

/** To the second today, since a practice watches it; else day and time. */
function receiptTime(at: string, now: Date, t: Wording): string {
  const short = shortInstant(at, now, t.language);
  return short.length > 5 ? short : clockTime(new Date(at), t.language);
}
