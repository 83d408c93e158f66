import type { SlipDrawing } from '../../outbox/office';
import { PrintJobDialog, useOffice, useSetup, useTexts } from '../parts';

/**
 * Prints a document of the office's that is no single slip: the day's post, a letter. `onPrinted` is called only when the printing system says that it
 * is printed, or when the user says so (then `null` for the printer); what it returns is shown as trouble, `null` is success.
 */
export function PrintPdfDialog({
  title,
  words,
  jobName,
  draw,
  onPrinted,
  onClose,
}: {
  title: string;
  words: string;
  /** What the print queue shows to everybody: no name, no diagnosis. */
  jobName: string;
  draw: () => Promise<SlipDrawing>;
  onPrinted: (printerId: string | null) => Promise<string | null>;
  onClose: () => void;
}) {
  const t = useTexts();
  const office = useOffice();
  const { settings } = useSetup();
  return (
    <PrintJobDialog
      title={title}
      copies={null}
      sign
      job={{
        draw,
        print: async (_copies, printerId) => {
          const drawn = await draw();
          if (drawn.kind === 'obstacle') return drawn;
          const printing = await office.printPdf(drawn.pdf, { paper: 'A4', jobName }, printerId);
          if (printing.kind !== 'printed') return printing;
          const failed = await onPrinted(printerId ?? settings.printerId);
          return failed === null ? printing : { kind: 'obstacle', what: 'not-noted', values: { text: failed } };
        },
        note: () => onPrinted(null),
        said: () => t('certificates.printed'),
      }}
      onDone={onClose}
    >
      <p>{words}</p>
    </PrintJobDialog>
  );
}
