import { useLive, useOffice, Card, ChoiceGroup, Select, TextField, Toggle, ToggleGroup, useTexts } from '../parts';
import type { Settings } from '../../domain/settings';
import type { PanelProps } from './practice-panel';

const browserDialog = 'browser';

/** Who is at the desk, the language, and printing. */
export function ProgramPanel({
  draft,
  change,
  onLanguage,
}: PanelProps & {
  /** Takes effect at once, also while other changes wait. */
  onLanguage: (language: Settings['language']) => void;
}) {
  const t = useTexts();
  const office = useOffice();
  const printers = useLive(() => office.host.printing.printers({}));
  const known = printers.kind === 'ready' ? printers.value : [];
  const isGone =
    draft.printerId !== null && printers.kind === 'ready' && !known.some(({ id }) => id === draft.printerId);
  const turnCopy = (copy: Settings['copies'][number], isOn: boolean) => {
    const chosen = new Set(draft.copies);
    if (isOn) chosen.add(copy);
    else chosen.delete(copy);
    change({ copies: (['KK', 'AG', 'V'] as const).filter((one) => chosen.has(one)) });
  };
  return (
    <>
      <Card title={t('settings.desk')}>
        <div className="row">
          <TextField
            label={t('settings.operator')}
            value={draft.operator}
            onChange={(operator) => change({ operator })}
            hint={t('settings.operatorHint')}
            maxLength={40}
            span={5}
          />
          <ChoiceGroup
            label={t('settings.language')}
            choices={[
              { key: 'de', label: 'Deutsch' },
              { key: 'en', label: 'English' },
            ]}
            value={draft.language}
            onChange={onLanguage}
            span={7}
          />
        </div>
      </Card>
      <Card title={t('settings.printing')}>
        <div className="row">
          <Select
            label={t('parts.print.printer')}
            options={[
              { key: browserDialog, label: t('settings.browserDialog') },
              ...known.map(({ id, name }) => ({ key: id, label: name })),
              ...(isGone && draft.printerId !== null
                ? [{ key: draft.printerId, label: t('settings.printerGone', { name: draft.printerId }) }]
                : []),
            ]}
            value={draft.printerId ?? browserDialog}
            onChange={(key) => change({ printerId: key === browserDialog ? null : key })}
            placeholder=""
            notes={isGone ? [{ severity: 'warning', text: t('settings.printerGoneLong') }] : []}
            span={5}
          />
          <ChoiceGroup
            label={t('settings.paper')}
            choices={[
              { key: 'A5', label: 'A5', spoken: t('settings.papers.A5') },
              { key: 'A4', label: 'A4', spoken: t('settings.papers.A4') },
            ]}
            value={draft.paper}
            onChange={(paper) => change({ paper })}
            span={3}
          />
          <ToggleGroup label={t('settings.copies')} span={4}>
            {(['KK', 'AG', 'V'] as const).map((copy) => (
              <Toggle
                key={copy}
                label={copy}
                spoken={t(`parts.print.copy.${copy}`)}
                isOn={draft.copies.includes(copy)}
                onChange={(isOn) => turnCopy(copy, isOn)}
              />
            ))}
          </ToggleGroup>
        </div>
        <p className="hint">{t('settings.copiesHint')}</p>
      </Card>
    </>
  );
}
