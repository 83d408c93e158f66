import './certificates.css';
import './record.css';
import { useDeferredValue, useMemo, useState } from 'react';
import type { StoredRecord } from '../../domain/record';
import {
  Button,
  ChoiceGroup,
  DataTable,
  EmptyState,
  goTo,
  PageHeader,
  StatusDot,
  TextField,
  useLive,
  useMinute,
  useOffice,
  usePlace,
  useTexts,
  Waiting,
  type Column,
} from '../parts';
import { BatchDialog } from './batch-dialog';
import { RecordPane } from './record-pane';
import { countPiles, indexRecords, pileOf, piles, searchRecords, type Pile } from './search';
import { dayWords, documentIdOf, dotOf, patientName, payerName, stateWords } from './record-words';

const noRecords: readonly StoredRecord[] = [];

/** «Bescheinigungen»: every record ever made, found in a moment, and all about the one that is chosen. */
export default function CertificatesScreen() {
  const t = useTexts();
  const { store } = useOffice();
  const { detail } = usePlace();
  const minute = useMinute();
  const live = useLive(() => store.records.list(), [minute]);
  const [typed, setTyped] = useState('');
  const [pile, setPile] = useState<Pile>('all');
  const [isBatch, setBatch] = useState(false);
  const records = live.kind === 'ready' ? live.value : noRecords;
  const index = useMemo(() => indexRecords(records), [records]);
  const counts = useMemo(() => countPiles(records), [records]);
  const wanted = useDeferredValue(typed);
  const found = useMemo(() => {
    const matching = searchRecords(index, wanted);
    return pile === 'all' ? matching : matching.filter((record) => pileOf(record) === pile);
  }, [index, wanted, pile]);
  if (live.kind === 'waiting') return <Waiting />;
  if (live.kind === 'failed') return <EmptyState title={t('parts.failed')} />;

  const isNarrow = detail !== null;
  const columns: readonly Column<StoredRecord>[] = [
    {
      key: 'day',
      header: isNarrow ? t('certificates.columns.dayShort') : t('certificates.columns.day'),
      width: isNarrow ? '3rem' : '5.5rem',
      cell: (record) => {
        const day = dayWords(record.content.certificate.issuedOn);
        return isNarrow ? day.slice(0, 6) : day;
      },
    },
    {
      key: 'name',
      header: t('certificates.columns.name'),
      width: 'minmax(0, 1.4fr)',
      cell: (record) => (
        <>
          <strong>{patientName(record) === '' ? t('certificates.nameless') : patientName(record)}</strong>
          {record.kind === 'cancellation' ? ` · ${t('certificates.cancellation')}` : ''}
        </>
      ),
    },
    ...(isNarrow
      ? []
      : [
          {
            key: 'payer',
            header: t('certificates.columns.payer'),
            width: 'minmax(0, 1fr)',
            cell: payerName,
          },
          {
            key: 'document',
            header: t('certificates.columns.document'),
            width: '6.5rem',
            cell: (record: StoredRecord) => (
              <span className="soft small">{documentIdOf(record)?.slice(0, 13) ?? '–'}</span>
            ),
          },
        ]),
    {
      key: 'stage',
      header: t('certificates.columns.stage'),
      width: isNarrow ? '8.2rem' : '9.5rem',
      cell: (record) => <StatusDot kind={dotOf(record.state)}>{stateWords(record, t)}</StatusDot>,
    },
  ];
  return (
    <div className="certificates">
      <PageHeader
        title={t('certificates.title')}
        aside={
          <>
            {t('certificates.found', { count: found.length })}
            {records.length === 0 ? null : (
              <Button size="small" onPress={() => setBatch(true)} shortcut="Alt+P">
                {t('certificates.batch.button')}
              </Button>
            )}
          </>
        }
      />
      <div className="certificates-search">
        <TextField
          label={t('certificates.search')}
          value={typed}
          onChange={setTyped}
          placeholder={t('certificates.searchPlaceholder')}
          autoFocus={detail === null}
          span={4}
        />
        <ChoiceGroup
          label={t('certificates.pile')}
          choices={piles.map((key) => ({ key, label: t(`certificates.piles.${key}`, { count: counts[key] }) }))}
          value={pile}
          onChange={setPile}
        />
      </div>
      <div className={isNarrow ? 'certificates-panes is-open' : 'certificates-panes'}>
        <div className="card card-tight certificates-list">
          <DataTable
            label={t('certificates.title')}
            rows={found}
            columns={columns}
            rowKey={({ id }) => id}
            openKey={detail}
            onOpen={({ id }) => goTo('certificates', id)}
            empty={
              records.length === 0 ? (
                <EmptyState
                  title={t('certificates.none')}
                  action={<Button onPress={() => goTo('issue')}>{t('certificates.issueFirst')}</Button>}
                >
                  {t('certificates.noneLong')}
                </EmptyState>
              ) : (
                <EmptyState
                  title={t('certificates.nothingFound')}
                  action={
                    <Button
                      onPress={() => {
                        setTyped('');
                        setPile('all');
                      }}
                    >
                      {t('certificates.showAll')}
                    </Button>
                  }
                >
                  {t('certificates.nothingFoundLong')}
                </EmptyState>
              )
            }
          />
        </div>
        {detail === null ? null : (
          <div className="card certificates-detail" role="region" aria-label={t('certificates.chosen')} tabIndex={0}>
            <RecordPane key={detail} id={detail} records={records} onClose={() => goTo('certificates')} />
          </div>
        )}
      </div>
      {isBatch ? <BatchDialog records={records} shown={found} onDone={() => setBatch(false)} /> : null}
    </div>
  );
}
