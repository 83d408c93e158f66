import { useState } from 'react';
import { formatDay, todayInBerlin } from '../../domain/calendar';
import { explainMissingReceipt, explainNoRecipient } from '../../domain/insurer-error-codes';
import { fullName } from '../../domain/person-name';
import { fullFamilyName } from '../../domain/person-name';
import type { StoredRecord } from '../../domain/record';
import { documentOf } from '../../domain/state';
import type { Translate } from '../../texts';
import { InsurerErrorWords } from '../certificates/insurer-error-words';
import {
  dayWords,
  dotOf,
  patientName,
  payerName,
  setbackSentence,
  stateSentence,
  stateWords,
} from '../certificates/record-words';
import { useTranslate } from '../certificates/translate';
import { useMay } from '../access/session-context';
import { hashOf } from '../navigation';
import {
  changeWords,
  PrintDialog,
  StatusDot,
  Tag,
  useAgenda,
  useAnnounce,
  useOffice,
  useTexts,
  Button,
} from '../parts';
import { PracticeCardDialog, unsignedByIssuer } from './practice-card-dialog';
import { StepButton } from './step-button';
import { hasPaperToDo, reasonOf, stepOf } from './tasks';

/** One thing to do: whose certificate, what happened, and the buttons that take it further. */
export function TaskItem({ record, isOverdue }: { record: StoredRecord; isOverdue: boolean }) {
  const t = useTexts();
  return (
    <li className="task">
      <div className="task-head">
        <a className="task-name" href={hashOf({ screen: 'certificates', detail: record.id })}>
          {patientName(record) === '' ? t('certificates.nameless') : patientName(record)}
        </a>
        {record.kind === 'cancellation' ? <Tag kind="neutral">{t('certificates.cancellation')}</Tag> : null}
        {record.state.imported === null ? null : <Tag kind="neutral">{t('certificates.imported')}</Tag>}
        <span className="soft task-about">
          {payerName(record)}
          {' · '}
          {t('owed.until', { day: dayWords(record.content.certificate.unfitUntil) })}
        </span>
        <StatusDot kind={isOverdue ? 'bad' : dotOf(record.state)}>
          {isOverdue ? t('owed.noReceipt') : stateWords(record, t)}
        </StatusDot>
      </div>
      <TaskWords record={record} isOverdue={isOverdue} />
      <div className="task-buttons">
        <StepButton record={record} />
        <PracticeCardButton record={record} />
        <PaperButtons record={record} />
      </div>
    </li>
  );
}

/**
 * Where a doctor's own card didn't sign, or something is to be signed again after an insurer error: the practice's card, on explicit choice (P4-02).
 */
function PracticeCardButton({ record }: { record: StoredRecord }) {
  const t = useTexts();
  const office = useOffice();
  const agenda = useAgenda();
  const maySign = useMay('sign');
  const [isOpen, setOpen] = useState(false);
  const { id, state, content } = record;
  const hasFailed = state.setback?.kind === 'signing-failed';
  const step = stepOf(record);
  const isToSignAgain = step?.kind === 'next-step' && step.step !== 'resend';
  if (!maySign || !(isToSignAgain || (state.stage === 'issued' && hasFailed))) return null;
  const name = fullName(content.issuer);
  const held = agenda.kind === 'ready' ? new Set(agenda.value.heldBack.map((one) => one.id)) : new Set<string>();
  const open = agenda.kind === 'ready' ? agenda.value.owed.filter((one) => !held.has(one.id)) : [record];
  return (
    <>
      <Button size="small" kind={hasFailed ? 'secondary' : 'quiet'} onPress={() => setOpen(true)}>
        {t('owed.practiceCard.open')}
      </Button>
      {isOpen ? (
        <PracticeCardDialog
          groups={isToSignAgain ? [{ name, ids: [id] }] : unsignedByIssuer(open)}
          issuer={name}
          sign={(ids, practiceCardFor) =>
            isToSignAgain ? office.takeNextStep(id, { practiceCardFor }) : office.submit(ids, { practiceCardFor })
          }
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}

/** What happened: the prescribed texts where there are any (P5-02, P5-04), else our own sentence. */
function TaskWords({ record, isOverdue }: { record: StoredRecord; isOverdue: boolean }) {
  const t = useTexts();
  const { clock } = useOffice();
  const translate = useTranslate();
  const { setback } = record.state;
  switch (reasonOf(record, isOverdue)) {
    case 'insurer-error':
      return <InsurerErrorWords record={record} />;
    case 'no-receipt':
      return <p className="task-words">{missingReceiptWords(record, translate)}</p>;
    case 'no-recipient':
      return <p className="task-words">{noRecipientWords(record, translate)}</p>;
    case 'setback':
      return setback === null ? null : (
        <div className="task-words">
          <p>
            {setbackSentence(setback, record, t)}
            {setback.temporary && setback.kind !== 'signing-failed' ? ` ${t('owed.triedAgain')}` : ''}
          </p>
          {setback.text === '' ? null : (
            <details className="small">
              <summary>{t('parts.details')}</summary>
              <pre>{`${setback.code}\n${setback.text}`}</pre>
            </details>
          )}
        </div>
      );
    case 'unsent':
    case 'none':
      return <p className="task-words">{stateSentence(record, t, clock.now())}</p>;
  }
}

/** P5-02: no receipt within 24 hours. */
export function missingReceiptWords(record: StoredRecord, translate: Translate): string {
  const { state, kind, content } = record;
  const at = 'attempt' in state ? state.attempt.at : state.since;
  return explainMissingReceipt(
    kind,
    {
      date: formatDay(todayInBerlin(new Date(at))),
      patient: `${content.patient.given} ${fullFamilyName(content.patient)}`,
      payer: payerName(record),
      documentId: documentOf(state)?.documentId ?? '',
    },
    translate,
  );
}

/** P5-02: the directory has no address for the insurer. */
export function noRecipientWords(record: StoredRecord, translate: Translate): string {
  const { patient } = record.content;
  return explainNoRecipient(
    record.kind,
    { payer: payerName(record), patient: `${patient.given} ${fullFamilyName(patient)}` },
    translate,
  );
}

/** What is done with the KK copy: print it, hand it out, post it. */
function PaperButtons({ record }: { record: StoredRecord }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const [isPrinting, setPrinting] = useState(false);
  if (record.kind !== 'certificate' || !hasPaperToDo(record)) return null;
  const note = async (paper: 'given' | 'posted') => {
    const change = await office.notePaper(record.id, paper);
    if (change.kind === 'written') announce(t(`certificates.noted.${paper}`));
    else announce(changeWords(t, change), 'error');
  };
  return (
    <span className="task-paper">
      <Button size="small" onPress={() => setPrinting(true)}>
        {t('owed.paper.print')}
      </Button>
      <Button size="small" onPress={() => void note('given')}>
        {t('owed.paper.given')}
      </Button>
      <Button size="small" onPress={() => void note('posted')}>
        {t('owed.paper.posted')}
      </Button>
      {isPrinting ? (
        <PrintDialog
          record={record}
          copies={['KK']}
          title={t('owed.paper.printTitle', { name: patientName(record) })}
          onDone={() => setPrinting(false)}
        />
      ) : null}
    </span>
  );
}
