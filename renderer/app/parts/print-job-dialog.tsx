import { useRef, useState, type ReactNode } from 'react';
import type { SlipCopy } from '../../domain/certificate';
import type { PdfPrinting, SlipDrawing } from '../../outbox/office';
import { useAnnounce } from './announcer';
import { Button } from './button';
import { Toggle, ToggleGroup } from './choices';
import { Dialog } from './dialog';
import { obstacleWords } from './obstacle-words';
import { PdfPreview } from './pdf-preview';
import { Waiting } from './progress';
import { Select } from './select';
import { Notice } from './surfaces';
import { useTexts } from './texts-context';
import { asSet, usePrinters } from './use-printers';

/** What a print dialog prints, and who is told of it. */
export interface PrintJob {
  readonly draw: (copies: readonly SlipCopy[]) => Promise<SlipDrawing>;
  /** `null`: where the settings say. It notes what the printing system says is printed. */
  readonly print: (copies: readonly SlipCopy[], printerId: string | null) => Promise<Printed>;
  /** Where nobody but the user knows: notes what the user says is printed. Gives what went wrong, in words. `null`: nobody keeps count. */
  readonly note: ((copies: readonly SlipCopy[]) => Promise<string | null>) | null;
  /** What is said when it is done. */
  readonly said: (copies: readonly SlipCopy[]) => string;
}

/** How a print dialog was closed. `under-way`: the job goes on, and how it ends is announced. */
export type PrintEnd = 'printed' | 'not-printed' | 'under-way';

type Printed = PdfPrinting & { readonly copies?: readonly SlipCopy[] };

type Step =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'printing' }
  /** Only the user knows whether it printed: the browser's own dialog was shown, or the spooler says no more. */
  | { readonly kind: 'asking'; readonly after: 'dialog' | 'spooler'; readonly copies: readonly SlipCopy[] };

const order: readonly SlipCopy[] = ['KK', 'AG', 'V'];

/**
 * Prints sheets: which copies, on which printer, with a look at them before; reminds that the doctor signs on paper. Without a printer, through the
 * browser's dialog. A job that takes its time goes on when the dialog is closed, and tells how it ended.
 */
export function PrintJobDialog({
  job,
  copies,
  title,
  sign = job.note !== null,
  sheets,
  previewKey = '',
  onDone,
  children,
}: {
  job: PrintJob;
  /** Copies chosen beforehand; the user may change them. `null`: it is no slip, there are no copies. */
  copies: readonly SlipCopy[] | null;
  title: string;
  /** Whether the sheets are to be signed by hand. */
  sign?: boolean;
  /** How many sheets these copies are, where it isn't one each. */
  sheets?: (copies: readonly SlipCopy[]) => number;
  /** Says what else the drawing depends on: when it changes, the preview is drawn anew. */
  previewKey?: string;
  /** Closed, printed or not. */
  onDone: (end: PrintEnd) => void;
  /** What else there is to choose. */
  children?: ReactNode;
}) {
  const t = useTexts();
  const announce = useAnnounce();
  const { isKnown, options, chosen: printer, choose: choosePrinter, whenKnown } = usePrinters();
  const [chosen, setChosen] = useState<readonly SlipCopy[]>(copies ?? []);
  const [step, setStep] = useState<Step>({ kind: 'choosing' });
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isPreviewed, setPreviewed] = useState(false);
  const isClosed = useRef(false);
  const inOrder = order.filter((copy) => chosen.includes(copy));
  const isPrinting = step.kind === 'printing';
  const count = sheets === undefined ? inOrder.length : sheets(inOrder);
  const isNothing = copies !== null && count === 0;

  const close = (end: PrintEnd) => {
    if (isClosed.current) return;
    isClosed.current = true;
    onDone(end);
  };
  const fail = (words: string) => {
    if (isClosed.current) announce(`${title}: ${words}`, 'error');
    setTrouble(words);
    setStep({ kind: 'choosing' });
  };
  const succeed = (printed: readonly SlipCopy[]) => {
    announce(job.said(printed));
    close('printed');
  };
  const ask = (after: 'dialog' | 'spooler', asked: readonly SlipCopy[]) => {
    if (job.note === null) succeed(asked);
    else if (isClosed.current) announce(t('parts.print.notConfirmed', { title }), 'error');
    else setStep({ kind: 'asking', after, copies: asked });
  };
  const attempt = async () => {
    const chosenPrinter = await whenKnown();
    if (chosenPrinter !== null) {
      const printing = await job.print(inOrder, chosenPrinter === asSet ? null : chosenPrinter);
      if (printing.kind === 'obstacle') fail(obstacleWords(t, printing));
      else if (printing.kind === 'unseen') ask('spooler', printing.copies ?? inOrder);
      else succeed(inOrder);
      return;
    }
    const drawn = await job.draw(inOrder);
    if (drawn.kind === 'obstacle') {
      fail(obstacleWords(t, drawn));
      return;
    }
    const { printInPage } = await import('./print-in-page');
    await printInPage(drawn.pdf);
    ask('dialog', inOrder);
  };
  const print = async () => {
    setStep({ kind: 'printing' });
    setTrouble(null);
    try {
      await attempt();
    } catch (error) {
      console.error(error);
      fail(t('parts.print.broken'));
    }
  };
  const notePrinted = async (printed: readonly SlipCopy[]) => {
    const failed = (await job.note?.(printed)) ?? null;
    if (failed === null) close('printed');
    else setTrouble(failed);
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
            <Button kind="primary" onPress={() => void notePrinted(step.copies)} autoFocus>
              {t('parts.print.yes')}
            </Button>
          </>
        }
      >
        {troubleNotice}
        <p>{t(step.after === 'dialog' ? 'parts.print.didItLong' : 'parts.print.didSpoolerLong')}</p>
      </Dialog>
    );
  return (
    <Dialog
      title={title}
      width={isPreviewed ? 'wide' : 'narrow'}
      onClose={() => close(isPrinting ? 'under-way' : 'not-printed')}
      buttons={
        <>
          <Button onPress={() => close(isPrinting ? 'under-way' : 'not-printed')}>
            {t(closeWords(isPrinting, job.note !== null && copies !== null))}
          </Button>
          <Button
            kind="primary"
            onPress={() => void print()}
            isDisabled={isNothing}
            isPending={isPrinting}
            autoFocus
            shortcut="Ctrl+Enter"
            inDialog
          >
            {copies === null ? t('parts.print.printAll') : t('parts.print.print', { count })}
          </Button>
        </>
      }
    >
      {troubleNotice}
      {isPrinting ? <p role="status">{t('parts.print.underWay')}</p> : null}
      {children}
      {copies === null ? null : (
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
      )}
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
      {sign ? <p className="sign-reminder">{t('parts.print.sign')}</p> : null}
      <div>
        <Button size="small" kind="quiet" onPress={() => setPreviewed(!isPreviewed)} isDisabled={isNothing}>
          {t(isPreviewed ? 'parts.preview.hide' : 'parts.preview.show')}
        </Button>
      </div>
      {isPreviewed && !isNothing ? (
        <PdfPreview key={`${inOrder.join()} ${previewKey}`} draw={() => job.draw(inOrder)} />
      ) : null}
    </Dialog>
  );
}

function closeWords(isPrinting: boolean, mayWait: boolean) {
  if (isPrinting) return 'parts.print.goOn' as const;
  return mayWait ? ('parts.print.later' as const) : ('parts.cancel' as const);
}
