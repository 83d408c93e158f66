import { useEffect, useState } from 'react';
import type { Host } from '../../../electron/contract/host';
import type { Settings } from '../../domain/settings';
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
  /** The one chosen, as soon as the printers are known: whoever is quicker than the host need not press twice. */
  readonly whenKnown: () => Promise<string | null>;
}

/**
 * The system's printers. First the settings' own way (`asSet`) where the settings name a printer that is there; chosen is that, else the system's
 * default, else the first. None: the browser's own dialog is left.
 */
export function usePrinters(): Printers {
  const t = useTexts();
  const { host } = useOffice();
  const { settings } = useSetup();
  const [listing] = useState(() => printersOf(host));
  const [printers, setPrinters] = useState<readonly Printer[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void listing.then((found) => {
      if (isCurrent) setPrinters(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [listing]);
  const all = printers ?? [];
  const options = [
    ...(isSet(settings, all) ? [{ key: asSet, label: t('parts.print.asSet') }] : []),
    ...all.map(({ id, name }) => ({ key: id, label: name })),
  ];
  return {
    isKnown: printers !== null,
    options,
    chosen: chosen ?? usualPrinter(settings, all),
    choose: setChosen,
    whenKnown: async () => chosen ?? usualPrinter(settings, await listing),
  };
}

async function printersOf(host: Host): Promise<readonly Printer[]> {
  try {
    return await host.printing.printers({});
  } catch (error) {
    // A host that can't say which printers there are has none to offer.
    console.error(error);
    return [];
  }
}

function isSet({ printerId, copyPrinters }: Settings, printers: readonly Printer[]): boolean {
  const set = [printerId, ...Object.values(copyPrinters).map((own) => own?.printerId ?? null)];
  return printers.some(({ id }) => set.includes(id));
}

function usualPrinter(settings: Settings, printers: readonly Printer[]): string | null {
  if (isSet(settings, printers)) return asSet;
  return (printers.find(({ isDefault }) => isDefault) ?? printers[0])?.id ?? null;
}
