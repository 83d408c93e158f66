import { useEffect, useState, type ReactNode } from 'react';
import type { SlipCopy } from '../../domain/certificate';
import type { CertificateRecord } from '../../domain/record';
import type { Obstacle, SlipDrawing } from '../../outbox/office';
import type { Change } from '../../store/records';
import { useAnnounce } from './announcer';
import { Button } from './button';
import { ChoiceGroup, Toggle, ToggleGroup } from './choices';
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
  /** `null`: where the settings say. */
  readonly print: (
    copies: readonly SlipCopy[],
    printerId: string | null,
  ) => Promise<{ readonly kind: 'printed' } | Obstacle>;
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

/** Stands among the printers for: as the settings say, for each copy its own. */
const asSet = 'as-set';
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
      if (change.kind === 'written') await noteWhere(copies);
      return change;
    },
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
  const { isKnown, options, chosen: printer, choose: choosePrinter } = usePrinters();
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
    if (printer !== null) {
      const printing = await job.print(inOrder, printer === asSet ? null : printer);
      if (printing.kind === 'obstacle') {
        fail(obstacleWords(t, printing));
        return;
      }
      announce(t(job.note === null ? 'parts.print.formsOut' : 'parts.print.handedOver', { count: inOrder.length }));
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
          <Button onPress={() => onDone(false)}>{t(job.note === null ? 'parts.cancel' : 'parts.print.later')}</Button>
          <Button
            kind="primary"
            onPress={() => void print()}
            isDisabled={inOrder.length === 0}
            isPending={step.kind === 'printing' || !isKnown}
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
      {!isKnown ? (
        <Waiting />
      ) : options.length === 0 ? (
        <p className="soft">{t('parts.print.noPrinter')}</p>
      ) : (
        <Select
          label={t('parts.print.printer')}
          options={options}
          value={printer}
          onChange={choosePrinter}
          placeholder=""
        />
      )}
      {job.note === null ? null : <p className="sign-reminder">{t('parts.print.sign')}</p>}
    </Dialog>
  );
}

/** The printers to choose from, where the settings name some that first; the one chosen, else the system's default, else the first. */
function usePrinters(): {
  /** The host has said which printers there are. */
  isKnown: boolean;
  options: readonly { readonly key: string; readonly label: string }[];
  chosen: string | null;
  choose: (key: string) => void;
} {
  const t = useTexts();
  const { host } = useOffice();
  const { settings } = useSetup();
  const [printers, setPrinters] = useState<readonly Printer[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
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
  const isSet = settings.printerId !== null && all.some(({ id }) => id === settings.printerId);
  const options = [
    ...(isSet ? [{ key: asSet, label: t('parts.print.asSet') }] : []),
    ...all.map(({ id, name }) => ({ key: id, label: name })),
  ];
  const first = isSet ? asSet : (all.find(({ isDefault }) => isDefault) ?? all[0])?.id;
  return { isKnown: printers !== null, options, chosen: chosen ?? first ?? null, choose: setChosen };
}
