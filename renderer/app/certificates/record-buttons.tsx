import { useState } from 'react';
import type { SlipCopy } from '../../domain/certificate';
import type { Cancelling } from '../../domain/cancellation-rules';
import type { StoredRecord } from '../../domain/record';
import {
  Button,
  changeWords,
  ConfirmDialog,
  goTo,
  Notice,
  PrintDialog,
  TextField,
  useAnnounce,
  useOffice,
  useTexts,
} from '../parts';
import { formatDay } from '../../domain/calendar';
import { useMay } from '../access/session-context';
import { actionsFor, type RecordAction } from './record-actions';
import { followUpsOf } from './chain';
import { dayWords, patientName } from './record-words';
import { startCorrection } from './start-correction';
import { submissionWords } from './submission-words';

type Asking = 'print' | 'correct' | 'discard' | 'cancel' | 'send' | 'resend' | null;

/** Everything that may be done with a record, each asking first where it can't be taken back. */
export function RecordButtons({
  record,
  records,
  cancelling,
}: {
  record: StoredRecord;
  /** All records: those that follow this one are among them. */
  records: readonly StoredRecord[];
  cancelling: Cancelling | null;
}) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const [asking, setAsking] = useState<Asking>(null);
  const [reason, setReason] = useState('');
  const [triedDiscard, setTriedDiscard] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const mayCancel = useMay('cancel');
  const mayDiscard = useMay('discard-issued') || record.state.stage === 'recorded';
  const possible = actionsFor(record, cancelling?.kind === 'allowed');
  const actions = possible.filter(
    (action) => (action !== 'cancel' || mayCancel) && (action !== 'discard' || mayDiscard),
  );

  /** Does one thing at a time; closes what asked and says what came of it. */
  const run = async (work: () => Promise<{ kind: 'good' | 'error'; text: string } | null>) => {
    setBusy(true);
    try {
      const said = await work();
      if (said !== null) announce(said.text, said.kind);
    } finally {
      setBusy(false);
      setAsking(null);
    }
  };
  const correct = () =>
    run(async () => {
      if (record.kind !== 'certificate') return null;
      const change = await startCorrection(office, record);
      if (change.kind !== 'written') return { kind: 'error', text: changeWords(t, change) };
      goTo('issue', change.record.id);
      return null;
    });
  const note = (paper: 'given' | 'posted') =>
    run(async () => {
      const change = await office.notePaper(record.id, paper);
      if (change.kind !== 'written') return { kind: 'error', text: changeWords(t, change) };
      return { kind: 'good', text: t(`certificates.noted.${paper}`) };
    });
  const submit = () => run(async () => submissionWords(t, await office.submit([record.id])));
  const isReasonMissing = record.state.stage !== 'recorded' && reason.trim() === '';
  const discard = () => {
    if (isReasonMissing) {
      setTriedDiscard(true);
      return Promise.resolve();
    }
    return run(async () => {
      const change = await office.discard(record.id, reason.trim());
      if (change.kind !== 'written') return { kind: 'error', text: changeWords(t, change) };
      return { kind: 'good', text: t('certificates.discarded') };
    });
  };
  const cancel = () =>
    run(async () => {
      const change = await office.cancel(record.id);
      if (change.kind === 'refused')
        return { kind: 'error', text: t(`cancellationRules.${change.rule}`, lastDay(change)) };
      if (change.kind !== 'written') return { kind: 'error', text: changeWords(t, change) };
      return { kind: 'good', text: t('certificates.cancelRecorded') };
    });

  const press: Readonly<Record<RecordAction, () => void>> = {
    'open-draft': () => goTo('issue', record.id),
    discard: () => setAsking('discard'),
    print: () => setAsking('print'),
    'paper-given': () => void note('given'),
    'paper-posted': () => void note('posted'),
    correct: () => setAsking('correct'),
    send: () => setAsking('send'),
    resend: () => setAsking('resend'),
    cancel: () => setAsking('cancel'),
  };
  if (possible.length === 0) return null;
  const name = patientName(record);
  return (
    <div className="record-buttons">
      {actions.map((action, index) => (
        <Button
          key={action}
          size="small"
          kind={index === 0 && (action === 'open-draft' || action === 'send') ? 'primary' : 'secondary'}
          onPress={press[action]}
          isPending={isBusy}
        >
          {t(`certificates.actions.${action}`)}
        </Button>
      ))}
      {actions.length < possible.length ? <p className="small soft">{t('access.may.withdraw')}</p> : null}
      {asking === 'print' && record.kind === 'certificate' ? (
        <PrintDialog
          record={record}
          copies={copiesToOffer(record.state.printed)}
          title={t('certificates.printTitle', { name })}
          onDone={() => setAsking(null)}
        />
      ) : null}
      {asking === 'correct' ? (
        <ConfirmDialog
          title={t('certificates.correctTitle', { name })}
          confirm={t('certificates.confirms.correct')}
          isPending={isBusy}
          onConfirm={() => void correct()}
          onClose={() => setAsking(null)}
        >
          <p>{t('certificates.correctWords')}</p>
          {cancelling?.kind === 'allowed' ? (
            <p>{t('certificates.correctSent', { day: formatDay(cancelling.last) })}</p>
          ) : null}
        </ConfirmDialog>
      ) : null}
      {asking === 'discard' ? (
        <ConfirmDialog
          title={t('certificates.discardTitle', { name })}
          confirm={t('certificates.confirms.discard')}
          isDanger
          isPending={isBusy}
          onConfirm={() => void discard()}
          onClose={() => setAsking(null)}
        >
          <p>{t(discardWords(record))}</p>
          {record.state.stage === 'recorded' ? null : (
            <TextField
              label={t('certificates.discardReason')}
              value={reason}
              onChange={setReason}
              maxLength={200}
              autoFocus
              notes={
                triedDiscard && isReasonMissing
                  ? [{ severity: 'error', text: t('certificates.discardReasonMissing') }]
                  : []
              }
            />
          )}
        </ConfirmDialog>
      ) : null}
      {asking === 'cancel' ? (
        <ConfirmDialog
          title={t('certificates.cancelTitle', { name })}
          confirm={t('certificates.confirms.cancel')}
          isDanger
          isPending={isBusy}
          onConfirm={() => void cancel()}
          onClose={() => setAsking(null)}
        >
          <p>{t('certificates.cancelWords')}</p>
          <CancelledFollowUps record={record} records={records} />
          {cancelling?.kind === 'allowed' ? (
            <p className="soft">{t('certificates.cancelUntil', { day: formatDay(cancelling.last) })}</p>
          ) : null}
        </ConfirmDialog>
      ) : null}
      {asking === 'send' || asking === 'resend' ? (
        <ConfirmDialog
          title={t(asking === 'send' ? 'certificates.sendTitle' : 'certificates.resendTitle', { name })}
          confirm={t(`certificates.confirms.${asking}`)}
          isPending={isBusy}
          onConfirm={() => void submit()}
          onClose={() => setAsking(null)}
        >
          <p>{t(asking === 'send' ? 'certificates.sendWords' : 'certificates.resendWords')}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

/** The follow-ups that will stand alone, named before the user confirms. */
function CancelledFollowUps({ record, records }: { record: StoredRecord; records: readonly StoredRecord[] }) {
  const t = useTexts();
  const followers = followUpsOf(record, records);
  if (followers.length === 0) return null;
  return (
    <Notice kind="outage">
      <p>{t('certificates.cancelFollowers', { count: followers.length })}</p>
      <ul>
        {followers.map(({ id, content: { certificate } }) => (
          <li key={id}>
            {t('certificates.cancelFollower', {
              kind: t(`certificates.kinds.${certificate.kind}`),
              day: dayWords(certificate.issuedOn),
              until: dayWords(certificate.unfitUntil),
            })}
          </li>
        ))}
      </ul>
      <p>{t('certificates.cancelFollowersNext', { count: followers.length })}</p>
    </Notice>
  );
}

function copiesToOffer(printed: readonly SlipCopy[]): readonly SlipCopy[] {
  return printed.length === 0 ? ['AG', 'V'] : printed;
}

function lastDay({ last }: { readonly last: string | null }): Readonly<Record<string, string>> {
  return last === null ? {} : { last: formatDay(last) };
}

/** What discarding means for this record. */
function discardWords({ kind, state }: StoredRecord) {
  if (state.stage === 'recorded') return 'certificates.discardDraft';
  if (kind === 'cancellation') return 'certificates.discardCancellation';
  return state.imported === null ? 'certificates.discardIssued' : 'certificates.discardImported';
}
