import { useState } from 'react';
import type { SlipDrawing } from '../../outbox/office';
import { Button, Dialog, Notice, obstacleWords, Select, useLive, useOffice, useSetup, useTexts, Waiting } from '../parts';

type Step = 'choosing' | 'printing' | 'asking';

/**
 * Prints a document of the office's that is no single slip: the day's post, a letter. `onPrinted` is called only when the printer took it, or
 * when the user said that it printed; what it returns is shown as trouble, `null` is success.
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
  onPrinted: () => Promise<string | null>;
  onClose: () => void;
}) {
  const t = useTexts();
  const office = useOffice();
  const { settings } = useSetup();
  const printers = useLive(() => office.host.printing.printers({}));
  const [printerId, setPrinterId] = useState(settings.printerId);
  const [step, setStep] = useState<Step>('choosing');
  const [trouble, setTrouble] = useState<string | null>(null);
  const known = printers.kind === 'ready' ? printers.value : [];
  const chosen = known.find(({ id }) => id === printerId) ?? known.find(({ isDefault }) => isDefault) ?? known[0];

  const fail = (text: string) => {
    setTrouble(text);
    setStep('choosing');
  };
  const finish = async () => {
    const failed = await onPrinted();
    if (failed === null) onClose();
    else fail(failed);
  };
  const print = async () => {
    setTrouble(null);
    setStep('printing');
    const drawn = await draw();
    if (drawn.kind === 'obstacle') {
      fail(obstacleWords(t, drawn));
      return;
    }
    if (chosen === undefined) {
      const { printInPage } = await import('../parts/print-in-page');
      await printInPage(drawn.pdf);
      setStep('asking');
      return;
    }
    const printing = await office.printPdf(drawn.pdf, jobName, chosen.id);
    if (printing.kind === 'obstacle') fail(obstacleWords(t, printing));
    else await finish();
  };
  const isAsking = step === 'asking';
  return (
    <Dialog
      title={isAsking ? t('parts.print.didIt') : title}
      onClose={isAsking ? () => setStep('choosing') : onClose}
      isAlert={isAsking}
      buttons={
        isAsking ? (
          <>
            <Button onPress={() => setStep('choosing')}>{t('parts.print.no')}</Button>
            <Button kind="primary" onPress={() => void finish()} autoFocus>
              {t('parts.print.yes')}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>{t('parts.cancel')}</Button>
            <Button
              kind="primary"
              onPress={() => void print()}
              isPending={step === 'printing' || printers.kind === 'waiting'}
              shortcut="Ctrl+Enter"
              inDialog
              autoFocus
            >
              {t('certificates.printPdf')}
            </Button>
          </>
        )
      }
    >
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
      {isAsking ? (
        <p>{t('parts.print.didItLong')}</p>
      ) : (
        <>
          <p>{words}</p>
          {printers.kind === 'waiting' ? (
            <Waiting />
          ) : chosen === undefined ? (
            <p className="soft">{t('parts.print.noPrinter')}</p>
          ) : (
            <Select
              label={t('parts.print.printer')}
              options={known.map(({ id, name }) => ({ key: id, label: name }))}
              value={chosen.id}
              onChange={setPrinterId}
              placeholder=""
            />
          )}
          <p className="sign-reminder">{t('parts.print.sign')}</p>
        </>
      )}
    </Dialog>
  );
}
