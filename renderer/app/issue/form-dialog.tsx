import { useState } from 'react';
import type { CertificateContent } from '../../domain/certificate';
import { ChoiceGroup, PrintJobDialog, useOffice, useSetup, useTexts } from '../parts';

/** Prints forms to fill in by hand: empty, or with patient, practice and issuer already on them. */
export function FormDialog({ content, onDone }: { content: CertificateContent; onDone: () => void }) {
  const t = useTexts();
  const office = useOffice();
  const { settings } = useSetup();
  const hasPatient = content.patient.family !== '';
  const [fill, setFill] = useState<'blank' | 'patient-and-practice'>(hasPatient ? 'patient-and-practice' : 'blank');
  return (
    <PrintJobDialog
      title={t('issue.form.title')}
      copies={['KK', 'AG', 'V']}
      job={{
        draw: (copies) => office.drawForms(content, fill, copies),
        print: async (copies, printerId) => {
          const drawn = await office.drawForms(content, fill, copies);
          if (drawn.kind === 'obstacle') return drawn;
          return office.printPdf(drawn.pdf, { paper: settings.paper, jobName: t('issue.form.job') }, printerId);
        },
        note: null,
        said: (copies) => t('parts.print.formsOut', { count: copies.length }),
      }}
      previewKey={fill}
      onDone={onDone}
    >
      <p>{t('issue.form.words')}</p>
      <ChoiceGroup
        label={t('issue.form.fill')}
        choices={[
          { key: 'blank', label: t('issue.form.blank') },
          { key: 'patient-and-practice', label: t('issue.form.patient') },
        ]}
        value={fill}
        onChange={setFill}
      />
    </PrintJobDialog>
  );
}
