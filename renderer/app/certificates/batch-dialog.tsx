import { useState } from 'react';
import type { SlipCopy } from '../../domain/certificate';
import type { StoredRecord } from '../../domain/record';
import { slipOrders, type SlipOrder } from '../../form/slip-order';
import {
  changeWords,
  ChoiceGroup,
  PrintJobDialog,
  useLive,
  useOffice,
  useSetup,
  useTexts,
  Waiting,
  type PrintJob,
} from '../parts';
import { batchesOf, batchScopes, type BatchScope } from './batch';

/** Prints the slips of many certificates in one go, in the order in which they are signed, filed or posted. */
export function BatchDialog({
  records,
  shown,
  onDone,
}: {
  /** All records. */
  records: readonly StoredRecord[];
  /** Those in the list as it is searched and filtered. */
  shown: readonly StoredRecord[];
  onDone: () => void;
}) {
  const { store } = useOffice();
  const { settings } = useSetup();
  const outages = useLive(() => store.outages(), []);
  if (outages.kind === 'waiting') return <Waiting />;
  // P6-05: in an outage the insurer's copy prints too.
  const inOutage = outages.kind === 'ready' && outages.value.some(({ endedAt }) => endedAt === null);
  const copies = inOutage && !settings.copies.includes('KK') ? (['KK', ...settings.copies] as const) : settings.copies;
  return <Batch records={records} shown={shown} copies={copies} onDone={onDone} />;
}

function Batch({
  records,
  shown,
  copies,
  onDone,
}: {
  records: readonly StoredRecord[];
  shown: readonly StoredRecord[];
  copies: readonly SlipCopy[];
  onDone: () => void;
}) {
  const t = useTexts();
  const office = useOffice();
  // What is printed now leaves the pile of what isn't printed: the batch stays what it was when the dialog opened.
  const [batches] = useState(() => batchesOf(records, shown, office.clock.now()));
  const [scope, setScope] = useState<BatchScope>(
    batchScopes.find((one) => one !== 'shown' && batches[one].length > 0) ?? 'shown',
  );
  const [order, setOrder] = useState<SlipOrder>('practitioner');
  const ids = batches[scope].map(({ id }) => id);
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
          label: t(`certificates.batch.scopes.${key}`, { number: batches[key].length }),
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
