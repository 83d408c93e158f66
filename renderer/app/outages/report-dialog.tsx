import { useEffect, useEffectEvent, useState } from 'react';
import { todayInBerlin } from '../../domain/calendar';
import type { Outage } from '../../domain/outage';
import {
  Button,
  Dialog,
  Notice,
  obstacleWords,
  PdfPreview,
  Select,
  Toggle,
  useAnnounce,
  useOffice,
  useTexts,
  Waiting,
} from '../parts';
import { saveFile } from '../settings/save-file';
import { ExportConsent } from '../trail/export-consent';
import { asSet, usePrinters } from '../parts/use-printers';

type Step =
  | { readonly kind: 'drawing' }
  | {
      readonly kind: 'drawn';
      readonly pdf: Uint8Array<ArrayBuffer>;
      readonly pages: number;
      readonly withSteps: boolean;
    }
  | { readonly kind: 'trouble'; readonly words: string };

/** The report of an outage: look at it, save it, print it. */
export function ReportDialog({ outage, title, onClose }: { outage: Outage; title: string; onClose: () => void }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const [step, setStep] = useState<Step>({ kind: 'drawing' });
  const printers = usePrinters();
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isPrinting, setPrinting] = useState(false);
  const [withSteps, setWithSteps] = useState(false);
  /** What is about to leave the program as a file; the second factor is asked for first. */
  const [saving, setSaving] = useState<'pdf' | 'table' | null>(null);

  const draw = useEffectEvent(async (): Promise<Step> => {
    try {
      const drawing = await office.drawOutageReport(outage.id, { withSteps });
      return drawing.kind === 'obstacle'
        ? { kind: 'trouble', words: obstacleWords(t, drawing) }
        : { kind: 'drawn', pdf: new Uint8Array(drawing.pdf), pages: drawing.pages, withSteps };
    } catch (error) {
      return { kind: 'trouble', words: t('outages.report.cannot', { text: String(error) }) };
    }
  });
  useEffect(() => {
    let isCurrent = true;
    void draw().then((drawn) => {
      if (isCurrent) setStep(drawn);
    });
    return () => {
      isCurrent = false;
    };
  }, [office, outage.id, withSteps]);

  const day = todayInBerlin(new Date(outage.startedAt));
  const save = async (): Promise<string | null> => {
    const exported = await office.exportOutageReport(outage.id, { withSteps });
    if (exported.kind === 'obstacle') return obstacleWords(t, exported);
    const name = t('outages.report.file', { day });
    saveFile(name, exported.pdf, 'application/pdf');
    announce(t('outages.report.saved', { name }));
    return null;
  };
  const saveTable = async (): Promise<string | null> => {
    const written = await office.writeOutageReport(outage.id);
    if (written.kind === 'obstacle') return obstacleWords(t, written);
    const name = t('outages.report.tableFile', { day });
    saveFile(name, written.csv, 'text/csv;charset=utf-8');
    announce(t('outages.report.saved', { name }));
    return null;
  };
  const print = async (pdf: Uint8Array) => {
    setPrinting(true);
    setTrouble(null);
    try {
      const printer = await printers.whenKnown();
      if (printer === null) {
        const { printInPage } = await import('../parts/print-in-page');
        await printInPage(pdf);
        return;
      }
      const printed = await office.printPdf(
        pdf,
        { paper: 'A4', jobName: t('outages.report.job') },
        printer === asSet ? null : printer,
      );
      if (printed.kind === 'obstacle') setTrouble(obstacleWords(t, printed));
      else announce(t('outages.report.printed'));
    } catch (error) {
      setTrouble(t('outages.report.cannot', { text: String(error) }));
    } finally {
      setPrinting(false);
    }
  };

  const chooseSteps = (chosen: boolean) => {
    setWithSteps(chosen);
    setStep({ kind: 'drawing' });
  };
  const drawn = step.kind === 'drawn' ? step : null;
  const pdf = drawn?.pdf ?? null;
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
          <Button onPress={() => setSaving('table')}>{t('outages.report.saveTable')}</Button>
          <Button kind="primary" onPress={() => setSaving('pdf')} isDisabled={pdf === null} shortcut="Ctrl+S" inDialog>
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
      {drawn === null ? null : <PdfPreview key={String(drawn.withSteps)} draw={() => Promise.resolve(drawn)} />}
      <Toggle label={t('outages.report.withSteps')} look="box" isOn={withSteps} onChange={chooseSteps} />
      {printers.options.length > 0 ? (
        <Select
          label={t('parts.print.printer')}
          options={printers.options}
          value={printers.chosen}
          onChange={printers.choose}
          placeholder=""
        />
      ) : null}
      {saving === null ? null : (
        <ExportConsent
          title={t(saving === 'pdf' ? 'outages.report.save' : 'outages.report.saveTable')}
          confirm={t('outages.report.saveDo')}
          onConfirmed={saving === 'pdf' ? save : saveTable}
          onClose={() => setSaving(null)}
        >
          <p>{t('outages.report.saveWords')}</p>
        </ExportConsent>
      )}
    </Dialog>
  );
}
