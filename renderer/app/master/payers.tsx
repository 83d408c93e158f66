import { useMemo, useState } from 'react';
import type { Payer } from '../../domain/payer';
import {
  Button,
  Card,
  DataTable,
  EmptyState,
  Notice,
  providerName,
  Tag,
  TextField,
  useLive,
  useOffice,
  useTexts,
  Waiting,
  type Column,
} from '../parts';
import { InsurerFilesDialog } from './insurer-files-dialog';
import { PayerDialog } from './payer-dialog';
import { searchPayers } from './payer-search';

type Editing = { readonly kind: 'new' } | { readonly kind: 'change'; readonly payer: Payer };

/** The insurers: who they are, who takes data in for them, and where the KK copy is posted to. */
export function Payers() {
  const t = useTexts();
  const { store } = useOffice();
  const payers = useLive(() => store.payers());
  const [typed, setTyped] = useState('');
  const [isReading, setReading] = useState(false);
  const [editing, setEditing] = useState<Editing | null>(null);
  const all = payers.kind === 'ready' ? payers.value : null;
  const found = useMemo(() => (all === null ? [] : searchPayers(all, typed)), [all, typed]);
  if (payers.kind === 'failed') return <Notice kind="error">{t('parts.failed')}</Notice>;
  if (all === null) return <Waiting />;

  const columns: Column<Payer>[] = [
    { key: 'name', header: t('master.payers.name'), width: 'minmax(0, 5fr)', cell: ({ name }) => name },
    {
      key: 'ik',
      header: t('master.payers.ik'),
      width: 'minmax(0, 2.4fr)',
      cell: ({ id, iks }) => (
        <>
          {id}
          {iks.length > 1 ? <span className="soft"> {t('master.payers.more', { count: iks.length - 1 })}</span> : null}
        </>
      ),
    },
    {
      key: 'provider',
      header: t('master.payers.provider'),
      width: 'minmax(0, 3.4fr)',
      cell: ({ provider }) =>
        provider === null ? <span className="soft">{t('master.payers.noProvider')}</span> : providerName(provider),
    },
    {
      key: 'address',
      header: t('master.payers.post'),
      width: 'minmax(0, 3fr)',
      cell: ({ address }) =>
        address === null ? (
          <Tag kind="accent">{t('master.payers.noAddress')}</Tag>
        ) : (
          `${address.postalCode} ${address.city}`
        ),
    },
  ];
  return (
    <>
      <div className="master-tools">
        <TextField
          label={t('master.payers.search')}
          value={typed}
          onChange={setTyped}
          placeholder={t('master.payers.searchPlaceholder')}
          end={typed.trim() === '' ? undefined : t('master.found', { count: found.length })}
          autoFocus
        />
        <Button onPress={() => setReading(true)} shortcut="Alt+K">
          {t('master.insurerFile.open')}
        </Button>
        <Button onPress={() => setEditing({ kind: 'new' })} shortcut="Alt+N">
          {t('master.payers.add')}
        </Button>
      </div>
      <Card tight label={t('master.payers.title')}>
        <DataTable
          label={t('master.payers.title')}
          rows={found}
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={(payer) => setEditing({ kind: 'change', payer })}
          empty={
            all.length === 0 ? (
              <EmptyState title={t('master.payers.empty')}>{t('master.payers.emptyWords')}</EmptyState>
            ) : (
              <EmptyState
                title={t('master.payers.nothing', { typed })}
                action={<Button onPress={() => setEditing({ kind: 'new' })}>{t('master.payers.add')}</Button>}
              >
                {t('master.payers.nothingWords')}
              </EmptyState>
            )
          }
        />
      </Card>
      {isReading ? <InsurerFilesDialog onClose={() => setReading(false)} /> : null}
      {editing === null ? null : (
        <PayerDialog
          payer={editing.kind === 'change' ? editing.payer : null}
          typed={typed}
          all={all}
          onDone={() => setEditing(null)}
        />
      )}
    </>
  );
}
