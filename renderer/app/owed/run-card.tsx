import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { RecordResult } from '../../outbox/office';
import { patientName, payerName, setbackSentence } from '../certificates/record-words';
import { submissionWords } from '../certificates/submission-words';
import { paceWords, usePace } from '../outages/pace';
import {
  Button,
  Card,
  clockTime,
  DataTable,
  goTo,
  Notice,
  ProgressBar,
  StatusDot,
  useLive,
  useOffice,
  useOutboxProgress,
  useOutboxResults,
  useTexts,
  type Column,
  type DotKind,
} from '../parts';
import { useKept } from '../parts/kept';
import { newestOfEach } from './results';
import { submittingOf } from './submitting';

/** So many results are listed; what went wrong stays in its group below anyway. */
const resultsShown = 200;

const dots: Readonly<Record<RecordResult['outcome'], DotKind>> = {
  signed: 'waiting',
  'handed-over': 'partly',
  failed: 'bad',
  unknown: 'waiting',
  'no-recipient': 'bad',
  'held-back': 'none',
};

/** How sending goes: how far, how fast, how long still, what became of each record; afterwards what it came to. */
export function RunCard() {
  const t = useTexts();
  const office = useOffice();
  const progress = useOutboxProgress();
  const pace = usePace();
  const submitting = useKept(submittingOf(office));
  // The look for what is due finds nothing most of the time: that is no sending.
  const isSending = progress.kind === 'running' && progress.step !== 'collecting' && progress.total > 0;
  if (submitting.kind === 'none' && !isSending) return null;
  const said = submitting.kind === 'ended' ? submissionWords(t, submitting.run) : null;
  const isStopped = submitting.kind === 'ended' && submitting.run.kind === 'stopped';
  return (
    <Card label={t('owed.run.label')}>
      {isSending ? (
        <div className="run-progress">
          <div className="run-words">
            <strong>{t(`owed.run.${progress.step}`, { done: progress.done, total: progress.total })}</strong>
            <span className="soft small">{pace === null ? '' : paceWords(pace, t)}</span>
          </div>
          <ProgressBar label={t('owed.run.label')} value={progress.done} total={progress.total} hideLabel />
          {progress.step === 'signing' ? <StopSigning /> : null}
        </div>
      ) : submitting.kind === 'running' ? (
        <p role="status">{t('owed.run.starting')}</p>
      ) : null}
      {said === null ? null : (
        <Notice
          kind={said.kind}
          assertive={said.kind === 'error'}
          {...(isStopped ? { title: t('owed.run.stoppedTitle') } : {})}
          action={<CloseRun />}
        >
          {said.text}
        </Notice>
      )}
      {submitting.kind === 'broken' ? (
        <Notice kind="error" assertive title={t('owed.run.broken')} action={<CloseRun />}>
          {t('owed.run.brokenLong')}
          <details>
            <summary>{t('parts.details')}</summary>
            <pre>{submitting.text}</pre>
          </details>
        </Notice>
      ) : null}
      {submitting.kind === 'none' ? null : <Results since={submitting.since} />}
    </Card>
  );
}

/** While the terminal waits for the PIN nothing moves here: so it is said, and can be ended. */
function StopSigning() {
  const t = useTexts();
  const office = useOffice();
  const [isStopping, setStopping] = useState(false);
  const stop = () => {
    setStopping(true);
    void office.stopSigning();
  };
  return (
    <div className="run-words">
      <span className="soft small">{t(isStopping ? 'owed.run.stopping' : 'owed.run.pin')}</span>
      <Button size="small" onPress={stop} isPending={isStopping}>
        {t('owed.run.stopSigning')}
      </Button>
    </div>
  );
}

function CloseRun() {
  const t = useTexts();
  const office = useOffice();
  return (
    <AriaButton
      className="icon-button"
      aria-label={t('parts.close')}
      onPress={() => submittingOf(office).set({ kind: 'none' })}
    >
      <X size={16} aria-hidden />
    </AriaButton>
  );
}

function Results({ since }: { since: string }) {
  const t = useTexts();
  const office = useOffice();
  const all = useOutboxResults();
  const results = useMemo(() => newestOfEach(all, since).slice(0, resultsShown), [all, since]);
  const ids = results.map(({ recordId }) => recordId);
  const records = useLive(
    async () => new Map((await office.store.records.getMany(ids)).map((record) => [record.id, record])),
    [ids.join(' ')],
  );
  if (results.length === 0) return null;
  // While a run goes on, the newest are not read yet: then as they were when it happened.
  const recordOf = ({ recordId, record }: RecordResult) =>
    (records.kind === 'ready' ? records.value.get(recordId) : null) ?? record;
  const columns: readonly Column<RecordResult>[] = [
    {
      key: 'name',
      header: t('owed.columns.name'),
      width: 'minmax(0, 1.2fr)',
      cell: (result) => patientName(recordOf(result)),
    },
    {
      key: 'payer',
      header: t('owed.columns.payer'),
      width: 'minmax(0, 1fr)',
      cell: (result) => payerName(recordOf(result)),
    },
    {
      key: 'outcome',
      header: t('owed.columns.outcome'),
      width: 'minmax(0, 1.6fr)',
      cell: (result) => {
        const { outcome, text } = result;
        const record = recordOf(result);
        const { stage, setback } = record.state;
        // The insurer may have answered already: then that is the news.
        if (stage === 'delivered') return <StatusDot kind="good">{t('stages.delivered')}</StatusDot>;
        if (stage === 'rejected' || stage === 'informed')
          return <StatusDot kind="bad">{t(`stages.${stage}`)}</StatusDot>;
        const why = setback === null ? text : setbackSentence(setback, record, t);
        return (
          <span title={why}>
            <StatusDot kind={dots[outcome]}>
              {t(`owed.outcomes.${outcome}`)}
              {why === '' ? '' : `: ${why}`}
            </StatusDot>
          </span>
        );
      },
    },
    {
      key: 'at',
      header: t('owed.columns.at'),
      width: '4.5rem',
      align: 'end',
      cell: ({ at }) => clockTime(new Date(at), t.language),
    },
  ];
  return (
    <div className="run-results">
      <DataTable
        label={t('owed.run.results')}
        rows={results}
        columns={columns}
        rowKey={({ recordId }) => recordId}
        onOpen={({ recordId }) => goTo('certificates', recordId)}
        rowHeight={30}
        height="fit"
        maxHeight={180}
        empty={null}
      />
    </div>
  );
}
