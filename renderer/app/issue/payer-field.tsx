import { memo, useEffect, useEffectEvent, useMemo } from 'react';
import { formatDay } from '../../domain/calendar';
import type { Coverage } from '../../domain/certificate';
import { ComboBox, providerName, useLive, useOffice, useTexts } from '../parts';
import { searchPayers } from '../parts/payer-search';
import { useForm } from './form';
import { coverageOf, meantPayer, payerAsTyped, payerTrouble, type PayerTrouble } from './payer-choice';
import type { Notes } from './use-notes';
import { useSearch } from './use-unchosen';

/** The insurer, by name or IK. What is not in the list can be typed; its IK stands with the other particulars. */
export const PayerField = memo(function PayerField({ coverage, notes }: { coverage: Coverage; notes: Notes }) {
  const t = useTexts();
  const { store } = useOffice();
  const { edit, today, touch } = useForm();
  const payers = useLive(() => store.payers());
  const { payerName, payerIk, payerType } = coverage;
  const chosen = payerName ?? payerIk ?? '';
  const search = useSearch('coverage.payerName', chosen);
  const { typed } = search;
  const isSearching = typed !== null || chosen === '';
  const found = payers.kind === 'ready' && isSearching ? searchPayers(payers.value, typed ?? '') : [];
  const isAlone = payerType === 'SEL';
  const trouble = useMemo(
    () => (payers.kind === 'ready' ? payerTrouble(payerIk, payers.value, today) : null),
    [payers, payerIk, today],
  );
  // Typed and left before the insurers were read: what means one of them is taken now. Anything else waits for whoever typed it.
  const areRead = payers.kind === 'ready';
  const takeLate = useEffectEvent(() => {
    if (payers.kind !== 'ready' || typed === null || search.notes.length === 0) return;
    const meant = meantPayer(payers.value, typed);
    if (meant === null) return;
    edit.coverage(coverageOf(meant, coverage));
    search.type(null);
  });
  useEffect(() => {
    if (areRead) takeLate();
  }, [areRead]);
  return (
    <ComboBox
      label={t('issue.coverage.payer')}
      text={typed ?? chosen}
      onTextChange={(text) => search.type(text === chosen ? null : text)}
      options={found.map((payer) => ({
        id: payer.id,
        title: payer.name,
        detail: payer.provider === null ? payer.id : `${payer.id} · ${providerName(payer.provider)}`,
      }))}
      onChoose={(id) => {
        const payer = found.find((candidate) => candidate.id === id);
        if (payer !== undefined) edit.coverage(coverageOf(payer, coverage));
        search.type(null);
      }}
      onBlur={() => {
        if (typed !== null) takeTyped(typed);
        touch('coverage.payerIk');
        touch('coverage.payerName');
      }}
      placeholder={t('issue.coverage.payerPlaceholder')}
      path="coverage.payerName"
      isDisabled={isAlone}
      notes={[
        ...search.notes,
        ...notes('coverage.payerIk'),
        ...notes('coverage.payerName'),
        ...(trouble === null || isSearching ? [] : [{ severity: 'warning' as const, text: troubleWords(trouble) }]),
      ].slice(0, 1)}
      span={5}
    />
  );

  function troubleWords(found: PayerTrouble): string {
    return found.kind === 'merged'
      ? t('issue.coverage.payerMerged', { old: found.old, name: found.into.name })
      : t('issue.coverage.payerEnded', { name: found.payer.name, day: formatDay(found.since) });
  }

  /** Left without choosing. As long as the insurers are still being read it stays as it is typed, and the field says so. */
  function takeTyped(text: string): void {
    const taken = payerAsTyped(payers, text, coverage);
    if (taken === null) search.leave();
    else {
      edit.coverage(taken);
      search.type(null);
    }
  }
});
