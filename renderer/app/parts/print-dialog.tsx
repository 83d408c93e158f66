import { useState } from 'react';
import type { SlipCopy } from '../../domain/certificate';
import type { CertificateRecord } from '../../domain/record';
import { ChoiceGroup } from './choices';
import { changeWords } from './obstacle-words';
import { useOffice } from './office-context';
import { PrintJobDialog, type PrintEnd, type PrintJob } from './print-job-dialog';
import { useTexts } from './texts-context';

/** Prints slips of one issued certificate and notes it in its events. */
export function PrintDialog({
  record,
  ...rest
}: {
  record: CertificateRecord;
  /** Copies chosen beforehand; the user may change them. */
  copies: readonly SlipCopy[];
  title: string;
  /** Closed, printed or not. */
  onDone: (end: PrintEnd) => void;
}) {
  const t = useTexts();
  const office = useOffice();
  const [kkGoes, setKkGoes] = useState<'patient' | 'open'>('patient');
  // P6-05: handed out, the KK copy need not be posted; where the patient has left it waits for the post.
  const asksWhere = rest.copies.includes('KK') && record.state.paper === 'none' && record.state.stage !== 'paper-only';
  const noteWhere = async (copies: readonly SlipCopy[]) => {
    if (asksWhere && kkGoes === 'patient' && copies.includes('KK')) await office.notePaper(record.id, 'given');
  };
  const job: PrintJob = {
    draw: (copies) => office.drawSlips(record, copies),
    print: async (copies, printerId) => {
      const printing = await office.printSlips(record.id, copies, printerId);
      if (printing.kind === 'printed') await noteWhere(copies);
      return printing;
    },
    note: async (copies) => {
      const change = await office.notePrinted(record.id, copies);
      if (change.kind !== 'written') return changeWords(t, change);
      await noteWhere(copies);
      return null;
    },
    said: (copies) => t('parts.print.handedOver', { count: copies.length }),
  };
  return (
    <PrintJobDialog job={job} {...rest}>
      {asksWhere ? (
        <ChoiceGroup<'patient' | 'open'>
          label={t('parts.print.kkGoes')}
          value={kkGoes}
          onChange={setKkGoes}
          choices={[
            { key: 'patient', label: t('parts.print.kkToPatient') },
            { key: 'open', label: t('parts.print.kkLater') },
          ]}
        />
      ) : null}
    </PrintJobDialog>
  );
}
