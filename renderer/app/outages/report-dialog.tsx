import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { todayInBerlin } from '../../domain/calendar';
import type { Outage } from '../../domain/outage';
import {
  Button,
  Dialog,
  Notice,
  obstacleWords,
  Select,
  useAnnounce,
  useOffice,
  useSetup,
  useTexts,
  Waiting,
} from '../parts';

type Step =
  | { readonly kind: 'drawing' }
  | { readonly kind: 'drawn'; readonly pdf: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'trouble'; readonly words: string };

interface Printer {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
}

/** The report of an outage: look at it, save it, print it. */
export function ReportDialog({ outage, title, onClose }: { outage: Outage; title: string; onClose: () => void }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const { settings } = useSetup();
  const [step, setStep] = useState<Step>({ kind: 'drawing' });
  const [printers, setPrinters] = useState<readonly Printer[]>([]);
  const [printerId, setPrinterId] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isPrinting, setPrinting] = useState(false);

  const draw = useEffectEvent(async (): Promise<Step> => {
    try {
      const drawing = await office.drawOutageReport(outage.id);
      return drawing.kind === 'obstacle'
        ? { kind: 'trouble', words: obstacleWords(t, drawing) }
        : { kind: 'drawn', pdf: new Uint8Array(drawing.pdf) };
    } catch (error) {
      return { kind: 'trouble', words: t('outages.report.cannot', { text: String(error) }) };
    }
  });
  const takePrinters = useEffectEvent((found: readonly Printer[]) => {
    setPrinters(found);
    const usual = found.find(({ id }) => id === settings.printerId) ?? found.find(({ isDefault }) => isDefault);
    setPrinterId((usual ?? found[0])?.id ?? null);
  });
  useEffect(() => {
    let isCurrent = true;
    void draw().then((drawn) => {
      if (isCurrent) setStep(drawn);
    });
    office.host.printing.printers({}).then(
      (found) => {
        if (isCurrent) takePrinters(found);
      },
      () => {
        if (isCurrent) setPrinters([]);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [office, outage.id]);

  const fileName = t('outages.report.file', { day: todayInBerlin(new Date(outage.startedAt)) });
  const save = (pdf: Uint8Array<ArrayBuffer>) => {
    const address = URL.createObjectURL(new Blob([pdf], { type: 'application/pdf' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = fileName;
    link.click();
    // The browser has taken hold of it once the click is through.
    window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
    announce(t('outages.report.saved', { name: fileName }));
  };
  const print = async (pdf: Uint8Array) => {
    setPrinting(true);
    setTrouble(null);
    try {
      if (printerId === null) {
        const { printInPage } = await import('../parts/print-in-page');
        await printInPage(pdf);
        return;
      }
      const printed = await office.printPdf(pdf, t('outages.report.job'), printerId);
      if (printed.kind === 'obstacle') setTrouble(obstacleWords(t, printed));
      else announce(t('outages.report.printed'));
    } catch (error) {
      setTrouble(t('outages.report.cannot', { text: String(error) }));
    } finally {
      setPrinting(false);
    }
  };

  const pdf = step.kind === 'drawn' ? step.pdf : null;
  return (
    <Dialog
      title={t('outages.report.title', { name: title })}
      onClose={onClose}
      width="wide"
      buttons={
        <>
          <Button onPress={onClose}>{t('parts.close')}</Button>
          <Button
            onPress={() => {
              if (pdf !== null) void print(pdf);
            }}
            isDisabled={pdf === null}
            isPending={isPrinting}
          >
            {t('outages.report.print')}
          </Button>
          <Button
            kind="primary"
            onPress={() => {
              if (pdf !== null) save(pdf);
            }}
            isDisabled={pdf === null}
            shortcut="Ctrl+S"
            inDialog
          >
            {t('outages.report.save')}
          </Button>
        </>
      }
    >
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
      {step.kind === 'drawing' ? <Waiting>{t('outages.report.drawing')}</Waiting> : null}
      {step.kind === 'trouble' ? (
        <Notice kind="error" assertive>
          {step.words}
        </Notice>
      ) : null}
      {pdf === null ? null : <Preview pdf={pdf} />}
      {printers.length > 0 ? (
        <Select
          label={t('parts.print.printer')}
          options={printers.map(({ id, name }) => ({ key: id, label: name }))}
          value={printerId}
          onChange={setPrinterId}
          placeholder=""
        />
      ) : null}
    </Dialog>
  );
}

/** The report's pages, one below the other. */
function Preview({ pdf }: { pdf: Uint8Array }) {
  const t = useTexts();
  const sheets = useRef<HTMLDivElement>(null);
  const show = useEffectEvent(async (isCurrent: () => boolean) => {
    const { drawPdfPages } = await import('../parts/pdf-pages');
    const pages = await drawPdfPages(pdf, 110);
    if (!isCurrent()) return;
    pages.forEach(({ canvas }, position) => {
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', t('outages.report.page', { page: position + 1, of: pages.length }));
    });
    sheets.current?.replaceChildren(...pages.map(({ canvas }) => canvas));
  });
  useEffect(() => {
    let isCurrent = true;
    // Without a picture the report can still be saved and printed.
    show(() => isCurrent).catch((error: unknown) => console.error(error));
    return () => {
      isCurrent = false;
    };
  }, [pdf]);
  return (
    <div className="report-sheets" tabIndex={0} role="region" aria-label={t('outages.report.preview')} ref={sheets} />
  );
}
