import { useState } from 'react';
import type { StoredRecord } from '../../domain/record';
import { dayWords, dotOf, patientName, payerName, stateWords } from '../certificates/record-words';
import { Button, Card, DataTable, goTo, StatusDot, useOffice, useTexts, type Column } from '../parts';
import { useKept } from '../parts/kept';
import { PracticeCardDialog, unsignedByIssuer } from './practice-card-dialog';
import { submitAndKeep, submittingOf } from './submitting';

/** What can go out now. Rows open the certificate; while some are being chosen, they are marked instead. */
export function ReadyCard({ records }: { records: readonly StoredRecord[] }) {
  const t = useTexts();
  const office = useOffice();
  const isRunning = useKept(submittingOf(office)).kind === 'running';
  const [marked, setMarked] = useState<ReadonlySet<string> | null>(null);
  const [isPracticeCard, setPracticeCard] = useState(false);
  if (records.length === 0) return null;
  const chosen = marked === null ? [] : records.filter(({ id }) => marked.has(id)).map(({ id }) => id);
  const toggle = ({ id }: StoredRecord) =>
    setMarked((all) => {
      const next = new Set(all);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const send = () => {
    setMarked(null);
    void submitAndKeep(office, () => office.submit(chosen));
  };
  const columns: readonly Column<StoredRecord>[] = [
    ...(marked === null
      ? []
      : [
          {
            key: 'mark',
            header: '✓',
            width: '16px',
            cell: ({ id }: StoredRecord) => (
              <>
                <span className={marked.has(id) ? 'mark is-marked' : 'mark'} aria-hidden />
                {marked.has(id) ? <span className="hidden">{t('owed.ready.isMarked')}</span> : null}
              </>
            ),
          },
        ]),
    ...recordColumns(t),
    {
      key: 'stage',
      header: t('owed.columns.stage'),
      width: '8rem',
      cell: (record) => <StatusDot kind={dotOf(record.state)}>{stateWords(record, t)}</StatusDot>,
    },
  ];
  return (
    <Card
      title={t('owed.groups.ready', { count: records.length })}
      tight
      aside={
        marked === null ? (
          <span className="group-aside">
            {unsignedByIssuer(records).length === 0 ? null : (
              <Button size="small" kind="quiet" onPress={() => setPracticeCard(true)} isPending={isRunning}>
                {t('owed.practiceCard.open')}
              </Button>
            )}
            {records.length < 2 ? null : (
              <Button size="small" onPress={() => setMarked(new Set())} isPending={isRunning}>
                {t('owed.ready.choose')}
              </Button>
            )}
          </span>
        ) : (
          <span className="group-aside">
            <span className="soft small">{t('owed.ready.chosen', { count: chosen.length, of: records.length })}</span>
            <Button size="small" kind="quiet" onPress={() => setMarked(null)}>
              {t('parts.cancel')}
            </Button>
            <Button size="small" kind="primary" onPress={send} isDisabled={chosen.length === 0} isPending={isRunning}>
              {t('owed.ready.sendChosen', { count: chosen.length })}
            </Button>
          </span>
        )
      }
    >
      {isPracticeCard ? (
        <PracticeCardDialog
          groups={unsignedByIssuer(records)}
          issuer={null}
          sign={(ids, practiceCardFor) => office.submit(ids, { practiceCardFor })}
          onClose={() => setPracticeCard(false)}
        />
      ) : null}
      {marked === null ? null : <p className="group-words">{t('owed.ready.how')}</p>}
      <DataTable
        label={t('owed.groups.ready', { count: records.length })}
        rows={records}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={marked === null ? ({ id }) => goTo('certificates', id) : toggle}
        rowHeight={34}
        height="fit"
        maxHeight={240}
        empty={null}
      />
    </Card>
  );
}

/** Whose certificate and for which insurer, as every table of this screen begins. */
export function recordColumns(t: ReturnType<typeof useTexts>): readonly Column<StoredRecord>[] {
  return [
    {
      key: 'name',
      header: t('owed.columns.name'),
      width: 'minmax(0, 1.3fr)',
      cell: (record) => (
        <>
          <strong>{patientName(record) === '' ? t('certificates.nameless') : patientName(record)}</strong>
          {record.kind === 'cancellation' ? ` · ${t('certificates.cancellation')}` : ''}
          {record.state.imported === null ? '' : ` · ${t('certificates.imported')}`}
        </>
      ),
    },
    { key: 'payer', header: t('owed.columns.payer'), width: 'minmax(0, 1fr)', cell: payerName },
    {
      key: 'issued',
      header: t('owed.columns.issued'),
      width: '5.5rem',
      cell: ({ content }) => dayWords(content.certificate.issuedOn),
    },
  ];
}
