import { useEffect, useState, type ReactNode } from 'react';
import type { SlipCopy } from '../../domain/certificate';
import type { CertificateRecord } from '../../domain/record';
import type { Obstacle, SlipDrawing } from '../../outbox/office';
import type { Change } from '../../store/records';
import { useAnnounce } from './announcer';
import { Button } from './button';
import { Toggle, ToggleGroup } from './choices';
import { Dialog } from './dialog';
import { changeWords, obstacleWords } from './obstacle-words';
import { useOffice } from './office-context';
import { Waiting } from './progress';
import { Select } from './select';
import { useSetup } from './standing';
import { Notice } from './surfaces';
import { useTexts } from './texts-context';

/** What a print dialog prints, and who is told of it. */
export interface PrintJob {
  readonly draw: (copies: readonly SlipCopy[]) => Promise<SlipDrawing>;
  readonly print: (copies: readonly SlipCopy[], printerId: string) => Promise<{ readonly kind: 'printed' } | Obstacle>;
  /** After the browser's own dialog, when the user says that it printed; `null`: nobody keeps count. */
  readonly note: ((copies: readonly SlipCopy[]) => Promise<Change>) | null;
}

interface Printer {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
}
type Step =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'printing' }
  /** The browser's own dialog was shown; only the user knows whether it printed. */
  | { readonly kind: 'asking' };

const order: readonly SlipCopy[] = ['KK', 'AG', 'V'];

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
  onDone: (printed: boolean) => void;
}) {
  const office = useOffice();
  const job: PrintJob = {
    draw: (copies) => office.drawSlips(record, copies),
    print: (copies, printerId) => office.printSlips(record.id, copies, printerId),
    note: (copies) => office.notePrinted(record.id, copies),
  };
  return <PrintJobDialog job={job} {...rest} />;
}

/** Prints sheets: which copies, on which printer; reminds that the doctor signs on paper. Without a printer, through the browser's dialog. */
export function PrintJobDialog({
  job,
  copies,
  title,
  onDone,
  children,
}: {
  job: PrintJob;
  copies: readonly SlipCopy[];
  title: string;
  onDone: (printed: boolean) => void;
  /** What else there is to choose. */
  children?: ReactNode;
}) {
  const t = useTexts();
  const announce = useAnnounce();
  const { printers, printerId, choosePrinter } = usePrinters();
  const [chosen, setChosen] = useState<readonly SlipCopy[]>(copies);
  const [step, setStep] = useState<Step>({ kind: 'choosing' });
  const [trouble, setTrouble] = useState<string | null>(null);
  const inOrder = order.filter((copy) => chosen.includes(copy));

  const fail = (words: string) => {
    setTrouble(words);
    setStep({ kind: 'choosing' });
  };
  const print = async () => {
    setStep({ kind: 'printing' });
    setTrouble(null);
    if (printerId !== null) {
      const printing = await job.print(inOrder, printerId);
      if (printing.kind === 'obstacle') {
        fail(obstacleWords(t, printing));
        return;
      }
      announce(t('parts.print.handedOver', { count: inOrder.length }));
      onDone(true);
      return;
    }
    const drawn = await job.draw(inOrder);
    if (drawn.kind === 'obstacle') {
      fail(obstacleWords(t, drawn));
      return;
    }
    const { printInPage } = await import('./print-in-page');
    await printInPage(drawn.pdf);
    if (job.note === null) onDone(true);
    else setStep({ kind: 'asking' });
  };
  const notePrinted = async () => {
    const change = await job.note?.(inOrder);
    if (change === undefined || change.kind === 'written') onDone(true);
    else setTrouble(changeWords(t, change));
  };

  const troubleNotice =
    trouble === null ? null : (
      <Notice kind="error" assertive>
        {trouble}
      </Notice>
    );
  if (step.kind === 'asking')
    return (
      <Dialog
        title={t('parts.print.didIt')}
        isAlert
        onClose={() => setStep({ kind: 'choosing' })}
        buttons={
          <>
            <Button onPress={() => setStep({ kind: 'choosing' })}>{t('parts.print.no')}</Button>
            <Button kind="primary" onPress={() => void notePrinted()} autoFocus>
              {t('parts.print.yes')}
            </Button>
          </>
        }
      >
        {troubleNotice}
        <p>{t('parts.print.didItLong')}</p>
      </Dialog>
    );
  return (
    <Dialog
      title={title}
      onClose={() => onDone(false)}
      buttons={
        <>
          <Button onPress={() => onDone(false)}>{t('parts.print.later')}</Button>
          <Button
            kind="primary"
            onPress={() => void print()}
            isDisabled={inOrder.length === 0}
            isPending={step.kind === 'printing' || printers === null}
            autoFocus
            shortcut="Ctrl+Enter"
            inDialog
          >
            {t('parts.print.print', { count: inOrder.length })}
          </Button>
        </>
      }
    >
      {troubleNotice}
      {children}
      <ToggleGroup label={t('parts.print.copies')}>
        {order.map((copy) => (
          <Toggle
            key={copy}
            label={t(`parts.print.copy.${copy}`)}
            isOn={chosen.includes(copy)}
            onChange={(isOn) => setChosen((all) => (isOn ? [...all, copy] : all.filter((one) => one !== copy)))}
          />
        ))}
      </ToggleGroup>
      {printers === null ? (
        <Waiting />
      ) : printers.length === 0 ? (
        <p className="soft">{t('parts.print.noPrinter')}</p>
      ) : (
        <Select
          label={t('parts.print.printer')}
          options={printers.map(({ id, name }) => ({ key: id, label: name }))}
          value={printerId}
          onChange={choosePrinter}
          placeholder=""
        />
      )}
      <p className="sign-reminder">{t('parts.print.sign')}</p>
    </Dialog>
  );
}

/** The host's printers (`null`: being asked for) and the one chosen: the settings' one, else the system's default, else the first. */
function usePrinters(): {
  printers: readonly Printer[] | null;
  printerId: string | null;
  choosePrinter: (id: string) => void;
} {
  const { host } = useOffice();
  const { settings } = useSetup();
  const [printers, setPrinters] = useState<readonly Printer[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(settings.printerId);
  useEffect(() => {
    let isCurrent = true;
    host.printing.printers({}).then(
      (found) => {
        if (isCurrent) setPrinters(found);
      },
      // A host that can't say which printers there are has none to offer: the browser's dialog is left.
      () => {
        if (isCurrent) setPrinters([]);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [host]);
  const all = printers ?? [];
  const printer = all.find(({ id }) => id === chosen) ?? all.find(({ isDefault }) => isDefault) ?? all[0];
  return { printers, printerId: printer?.id ?? null, choosePrinter: setChosen };
}
