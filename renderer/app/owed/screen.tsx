import '../certificates/record.css';
import './owed.css';
import { useState } from 'react';
import { awaitingSignature } from '../../outbox/agenda';
import type { Agenda } from '../../outbox/office';
import { useMay } from '../access/session-context';
import { collectionWords, type RunWords } from '../certificates/submission-words';
import { Button, EmptyState, goTo, Notice, PageHeader, useAgenda, useOffice, useTexts, Waiting } from '../parts';
import { useKept } from '../parts/kept';
import { DraftsCard } from './drafts-card';
import { useFileDrop } from './file-drop';
import { ImportButton, useFileImport } from './import-button';
import { PostButtons } from './post-buttons';
import { ReadyCard } from './ready-card';
import { RunCard } from './run-card';
import { SignatureCard } from './signature-card';
import { submitAndKeep, submittingOf } from './submitting';
import { TaskGroup } from './task-group';
import { sendable, tasksOf } from './tasks';
import { DoctorReminder, TodayCard } from './today-card';
import { AwaitingCard, HeldBackCard } from './waiting-cards';

/** «Offen»: what is owed, and what a person must do today, most urgent first. */
export default function OwedScreen() {
  const t = useTexts();
  const agenda = useAgenda();
  if (agenda.kind === 'waiting') return <Waiting />;
  if (agenda.kind === 'failed') return <Notice kind="error">{t('parts.failed')}</Notice>;
  return <Tasks agenda={agenda.value} />;
}

function Tasks({ agenda }: { agenda: Agenda }) {
  const t = useTexts();
  const office = useOffice();
  const isRunning = useKept(submittingOf(office)).kind === 'running';
  const [isCollecting, setCollecting] = useState(false);
  const [collected, setCollected] = useState<RunWords | null>(null);
  const importing = useFileImport();
  const drop = useFileDrop(importing.take);
  const tasks = tasksOf(agenda);
  const maySign = useMay('sign');
  // A doctor's own submission signs them; for anybody else they wait.
  const unsigned = new Set(maySign ? [] : awaitingSignature(agenda).map(({ id }) => id));
  const toSend = sendable(tasks, agenda).filter(({ id }) => !unsigned.has(id));
  const overdue = new Set(agenda.receiptOverdue.map(({ id }) => id));
  const hasMalware = agenda.needsAction.some(({ state }) => state.stage === 'rejected' && state.malware);
  const isEmpty = agenda.owed.length === 0 && agenda.drafts.length === 0;

  const collect = async () => {
    setCollecting(true);
    setCollected(null);
    try {
      setCollected(collectionWords(t, await office.collect()));
    } catch (error) {
      setCollected({ kind: 'error', text: t('owed.collect.broken', { text: String(error) }) });
    } finally {
      setCollecting(false);
    }
  };
  const press = () => void collect();
  const hasAwaited = agenda.awaitingReceipt.length + agenda.receiptOverdue.length > 0;
  return (
    <div className="owed-screen" {...drop.handlers}>
      {drop.isOver ? (
        <div className="drop-hint" role="status">
          {t('owed.import.drop')}
        </div>
      ) : null}
      <PageHeader
        title={t('owed.title')}
        aside={
          <>
            <ImportButton importing={importing} />
            {hasAwaited ? (
              <Button onPress={press} isPending={isCollecting}>
                {t('owed.collect.mailbox')}
              </Button>
            ) : null}
            {toSend.length > 0 ? (
              <Button
                kind="primary"
                isPending={isRunning}
                shortcut="Ctrl+Enter"
                onPress={() => void submitAndKeep(office, () => office.submit())}
              >
                {t('owed.sendAll', { count: toSend.length })}
              </Button>
            ) : null}
          </>
        }
      />
      <div className="groups">
        <TodayCard agenda={agenda} />
        <RunCard />
        {hasMalware ? (
          <Notice kind="error" assertive title={t('owed.malware.warning')}>
            {t('owed.malware.warningLong')}
          </Notice>
        ) : null}
        {collected === null ? null : (
          <Notice kind={collected.kind} assertive={collected.kind === 'error'}>
            {collected.text}
          </Notice>
        )}
        {agenda.stillDown.length > 0 ? (
          <Notice
            kind="outage"
            title={t('owed.stillDown', { count: agenda.stillDown.length })}
            action={
              <Button size="small" onPress={() => goTo('outages')}>
                {t('owed.heldBack.toOutages')}
              </Button>
            }
          >
            {t('owed.stillDownLong')}
          </Notice>
        ) : null}
        <TaskGroup
          id="post"
          title={t('owed.groups.post', { count: tasks.post.length })}
          words={t('owed.postWords')}
          records={tasks.post}
          overdue={overdue}
          aside={<PostButtons records={tasks.post} />}
        />
        <TaskGroup
          id="act"
          title={t('owed.groups.act', { count: tasks.act.length })}
          words={t('owed.actWords')}
          records={tasks.act}
          overdue={overdue}
        />
        <TaskGroup
          id="overdue"
          title={t('owed.groups.overdue', { count: tasks.overdue.length })}
          words={t('owed.overdueWords')}
          records={tasks.overdue}
          overdue={overdue}
        />
        <DoctorReminder agenda={agenda} />
        <TaskGroup
          id="setBack"
          title={t('owed.groups.setBack', { count: tasks.setBack.length })}
          words={t('owed.setBackWords')}
          records={tasks.setBack}
          overdue={overdue}
        />
        <SignatureCard records={tasks.ready.filter(({ id }) => unsigned.has(id))} />
        <ReadyCard records={tasks.ready.filter(({ id }) => !unsigned.has(id))} />
        <HeldBackCard records={tasks.heldBack} />
        <AwaitingCard records={tasks.awaiting} collect={press} isCollecting={isCollecting} />
        <DraftsCard drafts={tasks.drafts} />
        {isEmpty ? (
          <EmptyState
            title={t('owed.nothing')}
            action={<Button onPress={() => goTo('issue')}>{t('owed.toIssue')}</Button>}
          >
            {t('owed.nothingLong')}
          </EmptyState>
        ) : null}
      </div>
    </div>
  );
}
