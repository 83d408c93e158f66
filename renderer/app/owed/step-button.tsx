import { useState } from 'react';
import { todayInBerlin } from '../../domain/calendar';
import type { CertificateRecord, StoredRecord } from '../../domain/record';
import type { Change } from '../../store/records';
import type { Office } from '../../outbox/office';
import { patientName } from '../certificates/record-words';
import { Button, changeWords, ConfirmDialog, goTo, useAnnounce, useOffice, useTexts } from '../parts';
import { useKept } from '../parts/kept';
import { submitAndKeep, submittingOf } from './submitting';
import { stepOf, type Step } from './tasks';

/** The one button that takes a record further (P5-04). Suspected malware asks first: nothing is sent from an infected computer. */
export function StepButton({ record }: { record: StoredRecord }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const isRunning = useKept(submittingOf(office)).kind === 'running';
  const [isAsking, setAsking] = useState(false);
  const step = stepOf(record);
  if (step === null) return null;
  const isMalware = record.state.stage === 'rejected' && record.state.malware;
  const take = async (taken: Step) => {
    switch (taken.kind) {
      case 'send':
        await submitAndKeep(office, () => office.submit([record.id]));
        return;
      case 'next-step':
        await submitAndKeep(office, () => office.takeNextStep(record.id));
        return;
      case 'look':
        goTo('certificates', taken.recordId);
        return;
      case 'correct': {
        if (record.kind !== 'certificate') return;
        const change = await startCorrection(office, record);
        if (change.kind === 'written') goTo('issue', change.record.id);
        else announce(changeWords(t, change), 'error');
      }
    }
  };
  const isSending = step.kind === 'send' || step.kind === 'next-step';
  return (
    <>
      <Button
        size="small"
        kind={step.kind === 'correct' ? 'primary' : 'secondary'}
        isPending={isSending && isRunning}
        onPress={() => {
          if (isMalware) setAsking(true);
          else void take(step);
        }}
      >
        {t(step.kind === 'next-step' ? `owed.steps.${step.step}` : `owed.steps.${step.kind}`)}
      </Button>
      {isAsking ? (
        <ConfirmDialog
          title={t('owed.malware.title', { name: patientName(record) })}
          confirm={t('owed.malware.confirm')}
          isDanger
          onConfirm={() => {
            setAsking(false);
            void take(step);
          }}
          onClose={() => setAsking(false)}
        >
          {t('owed.malware.words')}
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/**
 * The draft that corrects a certificate: the one that lies already, or a new one, issued today. (With the old issue date it would be taken for
 * a slip filled in by hand.)
 */
export async function startCorrection(office: Office, record: CertificateRecord): Promise<Change> {
  const drafts = await office.store.records.list(['recorded']);
  const lying = drafts.find((draft) => draft.kind === 'certificate' && draft.corrects === record.id);
  if (lying !== undefined) return { kind: 'written', record: lying, events: [] };
  const { content } = record;
  const issuedOn = todayInBerlin(office.clock.now());
  return office.startDraft(
    { ...content, certificate: { ...content.certificate, issuedOn } },
    { corrects: record.id },
  );
}
