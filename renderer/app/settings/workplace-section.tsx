import { useEffect, useState } from 'react';
import type { SlipCopy } from '../../domain/certificate';
import type { Settings } from '../../domain/settings';
import {
  Card,
  ChoiceGroup,
  obstacleWords,
  Select,
  Toggle,
  ToggleGroup,
  useAnnounce,
  useOffice,
  useSetup,
  useTexts,
  type Wording,
} from '../parts';
import type { Draft } from './changes';

interface Printer {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly trays: readonly { readonly id: string; readonly name: string }[];
}

const copyOrder: readonly SlipCopy[] = ['KK', 'AG', 'V'];
/** P5-04: the default is at most ten minutes. */
const pollChoices = ['1', '2', '5', '10', '15', '30', '60'];
const askWhenPrinting = '';

/** Who sits here, in which language, what prints on what, how often the mailbox is looked into. */
export function WorkplaceSection({ draft }: { draft: Draft }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const setup = useSetup();
  const { settings, change } = draft;
  const printers = usePrinters();

  const setLanguage = async (language: 'de' | 'en') => {
    try {
      const saving = await office.saveSetup({ ...setup, settings: { ...setup.settings, language } });
      if (saving.kind === 'obstacle') announce(obstacleWords(t, saving), 'error');
    } catch (error) {
      announce(t('parts.change.failed', { text: String(error) }), 'error');
    }
  };
  const poll = String(settings.pollMinutes);
  const polls = pollChoices.includes(poll) ? pollChoices : [poll, ...pollChoices];
  const isPrinterGone =
    printers !== null && settings.printerId !== null && !printers.some(({ id }) => id === settings.printerId);
  return (
    <>
      <Card title={t('settings.workplace.desk')}>
        <div className="row">
          <Select
            label={t('settings.workplace.lock')}
            options={lockChoices(settings.lockMinutes).map((minutes) => ({
              key: String(minutes),
              label: t('settings.workplace.lockAfter', { count: minutes }),
            }))}
            value={String(settings.lockMinutes)}
            onChange={(minutes) => change({ lockMinutes: Number(minutes) })}
            placeholder=""
            hint={t('settings.workplace.lockHint')}
            span={6}
          />
          <div className="field span-6">
            <ChoiceGroup
              label="Sprache · Language"
              choices={[
                { key: 'de', label: 'Deutsch' },
                { key: 'en', label: 'English' },
              ]}
              value={setup.settings.language}
              onChange={(language) => void setLanguage(language)}
            />
            <span className="hint">{t('settings.workplace.languageHint')}</span>
          </div>
        </div>
      </Card>
      <Card title={t('settings.workplace.printing')}>
        <div className="row">
          <div className="field span-8">
            <ToggleGroup label={t('settings.workplace.copies')}>
              {copyOrder.map((copy) => (
                <Toggle
                  key={copy}
                  label={t(`parts.print.copy.${copy}`)}
                  isOn={settings.copies.includes(copy)}
                  onChange={(isOn) =>
                    change({
                      copies: copyOrder.filter((one) => (one === copy ? isOn : settings.copies.includes(one))),
                    })
                  }
                />
              ))}
            </ToggleGroup>
            <span className="hint">{t('settings.workplace.copiesHint')}</span>
          </div>
          <div className="field span-4">
            <ChoiceGroup
              label={t('settings.workplace.paper')}
              choices={[
                { key: 'A5', label: 'A5' },
                { key: 'A4', label: 'A4' },
              ]}
              value={settings.paper}
              onChange={(paper) => change({ paper })}
            />
            <span className="hint">{t('settings.workplace.paperHint')}</span>
          </div>
        </div>
        <div className="row">
          <Select
            label={t('parts.print.printer')}
            options={[
              { key: askWhenPrinting, label: t('settings.workplace.askPrinter') },
              ...(printers ?? []).map(({ id, name, isDefault }) => ({
                key: id,
                label: isDefault ? t('settings.workplace.defaultPrinter', { name }) : name,
              })),
              ...(settings.printerId !== null && (printers === null || isPrinterGone)
                ? [{ key: settings.printerId, label: settings.printerId }]
                : []),
            ]}
            value={settings.printerId ?? askWhenPrinting}
            onChange={(id) => change({ printerId: id === askWhenPrinting ? null : id })}
            placeholder=""
            isDisabled={printers === null}
            notes={isPrinterGone ? [{ severity: 'warning', text: t('settings.workplace.printerGone') }] : []}
            hint={printers?.length === 0 ? t('parts.print.noPrinter') : t('settings.workplace.printerHint')}
            span={12}
          />
        </div>
        <div className="row">
          {copyOrder.map((copy) => (
            <Select
              key={copy}
              label={t('settings.workplace.copyPrinter', { copy })}
              options={copyPrinterOptions(t, printers ?? [], settings.copyPrinters[copy])}
              value={placeKey(settings.copyPrinters[copy])}
              onChange={(key) => change({ copyPrinters: { ...settings.copyPrinters, [copy]: placeOfKey(key) } })}
              placeholder=""
              isDisabled={printers === null}
              span={4}
            />
          ))}
        </div>
        <p className="hint">{t('settings.workplace.copyPrinterHint')}</p>
      </Card>
      <Card title={t('settings.workplace.mailbox')}>
        <div className="row">
          <Select
            label={t('settings.workplace.poll')}
            options={polls.map((minutes) => ({
              key: minutes,
              label: t('settings.workplace.minutes', { count: Number(minutes) }),
            }))}
            value={poll}
            onChange={(minutes) => change({ pollMinutes: Number(minutes) })}
            placeholder=""
            hint={t('settings.workplace.pollHint')}
            notes={settings.pollMinutes > 10 ? [{ severity: 'warning', text: t('settings.workplace.pollSlow') }] : []}
            span={6}
          />
        </div>
      </Card>
    </>
  );
}

/** The usual times, and the one that is set. */
function lockChoices(set: number): readonly number[] {
  return [...new Set([1, 2, 5, 10, 15, 30, 60, set])].toSorted((one, other) => one - other);
}

type CopyPlace = Settings['copyPrinters'][SlipCopy];

/** Printer and tray as one key; neither name holds a line break. */
function placeKey(place: CopyPlace): string {
  return place === null ? '' : `${place.printerId}\n${place.tray ?? ''}`;
}

function placeOfKey(key: string): CopyPlace {
  if (key === '') return null;
  const [printerId = '', tray = ''] = key.split('\n');
  return { printerId, tray: tray === '' ? null : tray };
}

/** Where a copy may print: as the others, or on a printer, or on one of its trays. What is set stays choosable though it is gone. */
function copyPrinterOptions(
  t: Wording,
  printers: readonly Printer[],
  set: CopyPlace,
): { readonly key: string; readonly label: string }[] {
  const found = printers.flatMap(({ id, name, trays }) => [
    { key: placeKey({ printerId: id, tray: null }), label: name },
    ...trays.map((tray) => ({
      key: placeKey({ printerId: id, tray: tray.id }),
      label: t('settings.workplace.tray', { printer: name, tray: tray.name }),
    })),
  ]);
  const isGone = set !== null && !found.some(({ key }) => key === placeKey(set));
  return [
    { key: '', label: t('settings.workplace.samePrinter') },
    ...found,
    ...(isGone ? [{ key: placeKey(set), label: t('settings.workplace.gone', { name: set.printerId }) }] : []),
  ];
}

/** The printers of this workplace; `null` until they are known. Where they can't be asked there are none. */
function usePrinters(): readonly Printer[] | null {
  const { host } = useOffice();
  const [printers, setPrinters] = useState<readonly Printer[] | null>(null);
  useEffect(() => {
    let isCurrent = true;
    host.printing.printers({}).then(
      (found) => {
        if (isCurrent) setPrinters(found);
      },
      () => {
        if (isCurrent) setPrinters([]);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [host]);
  return printers;
}
