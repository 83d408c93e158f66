import './certificates.css';
import './record.css';
import { useDeferredValue, useState } from 'react';
import type { StoredRecord } from '../../domain/record';
import type { Summary } from '../../store/summaries';
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
import { listCertificates, piles, type Pile } from './piles';
import { dayWords, documentIdOf, dotOf, stateWords } from './record-words';

/** A line in view: what the search index has of it, and the record itself, or `null` where it can't be opened. */
interface Line {
  readonly summary: Summary;
  readonly record: StoredRecord | null;
}

const noIds: readonly string[] = [];
/** Lines are opened so many at a time, and as many before and behind those in view. */
const linesAtOnce = 40;

/** «Bescheinigungen»: every record ever made, found in a moment, and all about the one that is chosen. */
export default function CertificatesScreen() {
  const t = useTexts();
  const { store } = useOffice();
  const { detail } = usePlace();
  const minute = useMinute();
  const [typed, setTyped] = useState('');
  const [pile, setPile] = useState<Pile>('all');
  const [isBatch, setBatch] = useState(false);
  const [view, setView] = useState({ first: 0, last: 0 });
  const wanted = useDeferredValue(typed);
  const live = useLive(() => listCertificates(store, wanted, pile), [wanted, pile]);
  const ids = live.kind === 'ready' ? live.value.ids : noIds;
  const from = Math.max(0, Math.floor(view.first / linesAtOnce) - 1) * linesAtOnce;
  const until = (Math.floor(view.last / linesAtOnce) + 2) * linesAtOnce;
  // Only what is in view is opened, however many there are.
  const lines = useLive<ReadonlyMap<string, Line>>(async () => {
    const shown = ids.slice(from, until);
    const [summaries, records] = [await store.summaries(shown), await store.records.getMany(shown)];
    const byId = new Map(records.map((record) => [record.id, record]));
    return new Map(summaries.map((summary) => [summary.id, { summary, record: byId.get(summary.id) ?? null }]));
  }, [ids, from, until, minute]);
  const lineOf = (id: string) => (lines.kind === 'ready' ? lines.value.get(id) : undefined);
  if (live.kind === 'waiting') return <Waiting />;
  if (live.kind === 'failed') return <EmptyState title={t('parts.failed')} />;

  const isNarrow = detail !== null;
  const { counts } = live.value;
  const columns: readonly Column<string>[] = [
    {
      key: 'day',
      header: isNarrow ? t('certificates.columns.dayShort') : t('certificates.columns.day'),
      width: isNarrow ? '3rem' : '5.5rem',
      cell: (id) => {
        const day = dayWords(lineOf(id)?.summary.issuedOn ?? null);
        return isNarrow ? day.slice(0, 6) : day;
      },
    },
    {
      key: 'name',
      header: t('certificates.columns.name'),
      width: 'minmax(0, 1.4fr)',
      cell: (id) => {
        const summary = lineOf(id)?.summary;
        if (summary === undefined) return <span className="soft">{t('certificates.reading')}</span>;
        return (
          <>
            <strong>{summary.name === '' ? t('certificates.nameless') : summary.name}</strong>
            {summary.kind === 'cancellation' ? ` · ${t('certificates.cancellation')}` : ''}
          </>
        );
      },
    },
    ...(isNarrow
      ? []
      : [
          {
            key: 'payer',
            header: t('certificates.columns.payer'),
            width: 'minmax(0, 1fr)',
            cell: (id: string) => {
              const summary = lineOf(id)?.summary;
              return summary?.payerName ?? summary?.payerIk ?? '';
            },
          },
          {
            key: 'document',
            header: t('certificates.columns.document'),
            width: '6.5rem',
            cell: (id: string) => {
              const record = lineOf(id)?.record ?? null;
              return (
                <span className="soft small">
                  {(record === null ? null : documentIdOf(record)?.slice(0, 13)) ?? '–'}
                </span>
              );
            },
          },
        ]),
    {
      key: 'stage',
      header: t('certificates.columns.stage'),
      // Beside one that is open names need the room; the rare longer words stand in full there, and under the pointer.
      width: isNarrow ? '7.6rem' : '9.5rem',
      cell: (id) => {
        const line = lineOf(id);
        if (line === undefined) return null;
        const { record } = line;
        return record === null ? (
          <StatusDot kind="bad">{t('certificates.damaged')}</StatusDot>
        ) : (
          <span title={stateWords(record, t)}>
            <StatusDot kind={dotOf(record.state)}>{stateWords(record, t)}</StatusDot>
          </span>
        );
      },
    },
  ];
  return (
    <div className="certificates">
      <PageHeader
        title={t('certificates.title')}
        aside={
          <>
            {t('certificates.found', { count: ids.length })}
            {counts.all === 0 ? null : (
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
            rows={ids}
            columns={columns}
            rowKey={(id) => id}
            openKey={detail}
            onOpen={(id) => goTo('certificates', id)}
            onView={(first, last) => setView({ first, last })}
            empty={
              counts.all === 0 ? (
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
            <RecordPane key={detail} id={detail} onClose={() => goTo('certificates')} />
          </div>
        )}
      </div>
      {isBatch ? <BatchDialog shown={ids} onDone={() => setBatch(false)} /> : null}
    </div>
  );
}
