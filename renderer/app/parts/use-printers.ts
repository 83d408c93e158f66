import { useEffect, useState } from 'react';
import { useOffice } from './office-context';
import { useSetup } from './standing';
import { useTexts } from './texts-context';

interface Printer {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
}

/** Stands among the printers for: as the settings say, for each copy its own. */
export const asSet = 'as-set';

/** The printers to choose from, and the one chosen. */
export interface Printers {
  /** The host has said which printers there are. */
  readonly isKnown: boolean;
  readonly options: readonly { readonly key: string; readonly label: string }[];
  readonly chosen: string | null;
  readonly choose: (key: string) => void;
}

/**
 * The system's printers. First the settings' own way (`asSet`) where the settings name a printer that is there; chosen is that, else the system's
 * default, else the first. None: the browser's own dialog is left.
 */
export function usePrinters(): Printers {
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
      // A host that can't say which printers there are has none to offer.
      () => {
        if (isCurrent) setPrinters([]);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [host]);
  const all = printers ?? [];
  const isThere = (id: string | undefined | null) => all.some((printer) => printer.id === id);
  const isSet =
    isThere(settings.printerId) || Object.values(settings.copyPrinters).some((own) => isThere(own?.printerId));
  const options = [
    ...(isSet ? [{ key: asSet, label: t('parts.print.asSet') }] : []),
    ...all.map(({ id, name }) => ({ key: id, label: name })),
  ];
  const first = isSet ? asSet : (all.find(({ isDefault }) => isDefault) ?? all[0])?.id;
  return { isKnown: printers !== null, options, chosen: chosen ?? first ?? null, choose: setChosen };
}
