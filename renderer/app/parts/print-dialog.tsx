import { useEffect, useState } from 'react';
import type { SlipCopy } from '../../domain/certificate';
import type { CertificateRecord } from '../../domain/record';
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

/** Prints slips of an issued certificate: which copies, on which printer; reminds that the doctor signs on paper. */
export function PrintDialog({
  record,
  copies,
  title,
  onDone,
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
  const announce = useAnnounce();
  const { settings } = useSetup();
  const [chosen, setChosen] = useState<readonly SlipCopy[]>(copies);
  const [printers, setPrinters] = useState<readonly Printer[] | null>(null);
  const [printerId, setPrinterId] = useState<string | null>(settings.printerId);
  const [step, setStep] = useState<Step>({ kind: 'choosing' });
  const [trouble, setTrouble] = useState<string | null>(null);

  useEffect(() => {
    let isCurrent = true;
    office.host.printing.printers({}).then(
      (found) => {
        if (!isCurrent) return;
        setPrinters(found);
        setPrinterId((set) => {
          const known = found.find(({ id }) => id === set);
          return (known ?? found.find(({ isDefault }) => isDefault) ?? found[0])?.id ?? null;
        });
      },
      () => {
        if (isCurrent) setPrinters([]);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [office]);

  const inOrder = order.filter((copy) => chosen.includes(copy));
  const print = async () => {
    setStep({ kind: 'printing' });
    setTrouble(null);
    if (printerId === null) {
      const drawn = await office.drawSlips(record, inOrder);
      if (drawn.kind === 'obstacle') {
        setTrouble(obstacleWords(t, drawn));
        setStep({ kind: 'choosing' });
        return;
      }
      const { printInPage } = await import('./print-in-page');
      await printInPage(drawn.pdf);
      setStep({ kind: 'asking' });
      return;
    }
    const printing = await office.printSlips(record.id, inOrder, printerId);
    if (printing.kind === 'obstacle') {
      setTrouble(obstacleWords(t, printing));
      setStep({ kind: 'choosing' });
      return;
    }
    announce(t('parts.print.handedOver', { count: printing.copies.length }));
    onDone(true);
  };
  const printed = async () => {
    const change = await office.notePrinted(record.id, inOrder);
    if (change.kind === 'written') onDone(true);
    else setTrouble(changeWords(t, change));
  };

  if (step.kind === 'asking')
    return (
      <Dialog
        title={t('parts.print.didIt')}
        isAlert
        onClose={() => setStep({ kind: 'choosing' })}
        buttons={
          <>
            <Button onPress={() => setStep({ kind: 'choosing' })}>{t('parts.print.no')}</Button>
            <Button kind="primary" onPress={() => void printed()} autoFocus>
              {t('parts.print.yes')}
            </Button>
          </>
        }
      >
        {trouble === null ? null : (
          <Notice kind="error" assertive>
            {trouble}
          </Notice>
        )}
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
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
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
          onChange={setPrinterId}
          placeholder=""
        />
      )}
      <p className="sign-reminder">{t('parts.print.sign')}</p>
    </Dialog>
  );
}
