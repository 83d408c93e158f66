import type { Payer } from '../../domain/payer';
import { Button, ComboBox, useTexts } from '../parts';
import { searchPayers } from '../parts/payer-search';

interface ChoosePayersProps {
  readonly payers: readonly Payer[];
  readonly chosen: readonly Payer[];
  readonly onChange: (chosen: readonly Payer[]) => void;
  /** What is typed and not chosen. */
  readonly typed: string;
  readonly onType: (typed: string) => void;
  /** It was left, or held the outage up: the field says so. */
  readonly isNoted: boolean;
  readonly onLeave: () => void;
}

/** Where the field is found, to lead there. */
export const payersPath = 'outage.payers';

/** Several insurers, one after the other: found by name or IK, listed, and taken out again. */
export function ChoosePayers({ payers, chosen, onChange, typed, onType, isNoted, onLeave }: ChoosePayersProps) {
  const t = useTexts();
  const found = searchPayers(payers, typed).filter(({ id }) => !chosen.some((one) => one.id === id));
  return (
    <>
      <ComboBox
        label={t(chosen.length === 0 ? 'outages.declare.payer' : 'outages.declare.anotherPayer')}
        text={typed}
        onTextChange={onType}
        options={found.map((one) => ({ id: one.id, title: one.name, detail: one.id }))}
        onChoose={(id) => {
          const payer = payers.find((one) => one.id === id);
          if (payer !== undefined) onChange([...chosen, payer]);
          onType('');
        }}
        onBlur={onLeave}
        placeholder={t('outages.declare.payerPlaceholder')}
        nothing={t('outages.declare.payerNothing')}
        path={payersPath}
        notes={
          isNoted && typed.trim() !== ''
            ? [{ severity: 'error', text: t('outages.declare.notChosen', { typed: typed.trim() }) }]
            : []
        }
      />
      {chosen.length === 0 ? null : (
        <ul className="chosen-payers" aria-label={t('outages.declare.chosenPayers')}>
          {chosen.map((payer) => (
            <li key={payer.id}>
              <span>
                {payer.name} <span className="soft">{payer.id}</span>
              </span>
              <Button
                kind="quiet"
                size="small"
                onPress={() => onChange(chosen.filter(({ id }) => id !== payer.id))}
                label={t('outages.declare.removePayer', { name: payer.name })}
              >
                {t('outages.declare.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
