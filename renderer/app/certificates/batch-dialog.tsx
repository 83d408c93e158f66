import { useEffect, useState } from 'react';
import type { SlipCopy } from '../../domain/certificate';
import { slipOrders, type SlipOrder } from '../../form/slip-order';
import {
  changeWords,
  ChoiceGroup,
  Notice,
  PrintJobDialog,
  useLive,
  useOffice,
  useSetup,
  useTexts,
  Waiting,
  type PrintJob,
} from '../parts';
import { batchesOf, batchScopes, unprintedDays, type Batches, type BatchScope } from './batch';

/** Prints the slips of many certificates in one go, in the order in which they are signed, filed or posted. */
export function BatchDialog({
  shown,
  onDone,
}: {
  /** The ids in the list as it is searched and filtered. */
  shown: readonly string[];
  onDone: () => void;
}) {
  const t = useTexts();
  const { store, clock } = useOffice();
  const { settings } = useSetup();
  const outages = useLive(() => store.outages(), []);
  // What is printed now leaves the pile of what isn't printed: the batch stays what it was when the dialog opened.
  const [looking] = useState(() => batchesOf(store, shown, clock.now()));
  const [batches, setBatches] = useState<Batches | 'waiting' | 'failed'>('waiting');
  useEffect(() => {
    let isCurrent = true;
    const show = (found: Batches | 'failed') => {
      if (isCurrent) setBatches(found);
    };
    looking.then(show, () => show('failed'));
    return () => {
      isCurrent = false;
    };
  }, [looking]);
  if (batches === 'failed') return <Notice kind="error">{t('parts.failed')}</Notice>;
  if (outages.kind === 'waiting' || batches === 'waiting') return <Waiting />;
  // P6-05: in an outage the insurer's copy prints too.
  const inOutage = outages.kind === 'ready' && outages.value.some(({ endedAt }) => endedAt === null);
  const copies = inOutage && !settings.copies.includes('KK') ? (['KK', ...settings.copies] as const) : settings.copies;
  return <Batch batches={batches} copies={copies} onDone={onDone} />;
}

function Batch({ batches, copies, onDone }: { batches: Batches; copies: readonly SlipCopy[]; onDone: () => void }) {
  const t = useTexts();
  const office = useOffice();
  const [scope, setScope] = useState<BatchScope>(
    batchScopes.find((one) => one !== 'shown' && batches[one].length > 0) ?? 'shown',
  );
  const [order, setOrder] = useState<SlipOrder>('practitioner');
  const ids = batches[scope];
  const job: PrintJob = {
    draw: (chosen) => office.drawBatch(ids, chosen, order),
    print: (chosen, printerId) => office.printBatch(ids, chosen, order, printerId),
    note: async (chosen) => {
      for (const id of ids) {
        const change = await office.notePrinted(id, chosen);
        if (change.kind !== 'written') return changeWords(t, change);
      }
      return null;
    },
    said: (chosen) => t('parts.print.handedOver', { count: ids.length * chosen.length }),
  };
  return (
    <PrintJobDialog
      title={t('certificates.batch.title')}
      copies={copies}
      job={job}
      sheets={(chosen) => ids.length * chosen.length}
      previewKey={`${scope} ${order}`}
      onDone={onDone}
    >
      <ChoiceGroup
        label={t('certificates.batch.scope')}
        choices={batchScopes.map((key) => ({
          key,
          label: t(`certificates.batch.scopes.${key}`, { number: batches[key].length, days: unprintedDays }),
        }))}
        value={scope}
        onChange={setScope}
      />
      <ChoiceGroup
        label={t('certificates.batch.order')}
        choices={slipOrders.map((key) => ({ key, label: t(`certificates.batch.orders.${key}`) }))}
        value={order}
        onChange={setOrder}
      />
      {ids.length === 0 ? <p className="soft">{t('certificates.batch.none')}</p> : null}
    </PrintJobDialog>
  );
}
