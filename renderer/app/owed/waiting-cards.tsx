import type { StoredRecord } from '../../domain/record';
import { outagesFor, payerIndex } from '../../outbox/agenda';
import { scopeWords } from '../../outbox/reporting';
import { useTranslate } from '../certificates/translate';
import { Button, Card, DataTable, goTo, providerName, shortInstant, useLive, useOffice, useTexts } from '../parts';
import { PostButtons } from './post-buttons';
import { recordColumns } from './ready-card';

/** What an outage keeps here; it goes out by itself when the outage ends. */
export function HeldBackCard({ records }: { records: readonly StoredRecord[] }) {
  const t = useTexts();
  const { store } = useOffice();
  const translate = useTranslate();
  const lookUp = useLive(async () => {
    const [outages, payers] = await Promise.all([store.outages(), store.payers()]);
    return { outages, payers: payerIndex(payers) };
  });
  if (records.length === 0) return null;
  const cause = ({ content }: StoredRecord): string => {
    if (lookUp.kind !== 'ready') return '';
    const { outages, payers } = lookUp.value;
    const [outage] = outagesFor(content.coverage, outages, payers);
    if (outage === undefined) return '';
    return outage.scope.kind === 'provider'
      ? providerName(outage.scope.provider)
      : scopeWords(outage.scope, payers, translate);
  };
  return (
    <Card
      title={t('owed.groups.heldBack', { count: records.length })}
      tight
      aside={
        <>
          {/* P6-05: whose patient has left without the KK copy may go to the post this evening, before it must. */}
          <PostButtons records={records} />
          <Button size="small" kind="quiet" onPress={() => goTo('outages')}>
            {t('owed.heldBack.toOutages')}
          </Button>
        </>
      }
    >
      <p className="group-words">{t('owed.heldBack.words')}</p>
      <DataTable
        label={t('owed.groups.heldBack', { count: records.length })}
        rows={records}
        columns={[
          ...recordColumns(t),
          { key: 'cause', header: t('owed.columns.cause'), width: 'minmax(0, 1fr)', cell: cause },
        ]}
        rowKey={({ id }) => id}
        onOpen={({ id }) => goTo('certificates', id)}
        rowHeight={34}
        height="fit"
        maxHeight={206}
        empty={null}
      />
    </Card>
  );
}

/** What is handed over and waits for its receipt. */
export function AwaitingCard({
  records,
  collect,
  isCollecting,
}: {
  records: readonly StoredRecord[];
  collect: () => void;
  isCollecting: boolean;
}) {
  const t = useTexts();
  const { clock } = useOffice();
  if (records.length === 0) return null;
  return (
    <Card
      title={t('owed.groups.awaiting', { count: records.length })}
      tight
      aside={
        <Button size="small" onPress={collect} isPending={isCollecting}>
          {t('owed.collect.now')}
        </Button>
      }
    >
      <p className="group-words">{t('owed.awaiting.words')}</p>
      <DataTable
        label={t('owed.groups.awaiting', { count: records.length })}
        rows={records}
        columns={[
          ...recordColumns(t),
          {
            key: 'since',
            header: t('owed.columns.since'),
            width: '8rem',
            align: 'end',
            cell: ({ state }) => shortInstant(state.since, clock.now(), t.language),
          },
        ]}
        rowKey={({ id }) => id}
        onOpen={({ id }) => goTo('certificates', id)}
        rowHeight={34}
        height="fit"
        maxHeight={206}
        empty={null}
      />
    </Card>
  );
}
