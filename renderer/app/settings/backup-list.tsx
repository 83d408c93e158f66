import { useState } from 'react';
import type { Backup } from '../../../electron/contract/archive';
import type { BackupDesk } from '../../outbox/backup-desk';
import { Button, DataTable, EmptyState, shortInstant, useAnnounce, useOffice, useTexts, type Column } from '../parts';
import { archiveFailureWords, sizeWords } from './backup-words';

/** The backups of both places, newest first; each can be read through. */
export function BackupList({ backups, desk }: { backups: readonly Backup[]; desk: BackupDesk }) {
  const t = useTexts();
  const announce = useAnnounce();
  const office = useOffice();
  const [checking, setChecking] = useState<string | null>(null);
  const now = office.clock.now();
  const check = async (backup: Backup) => {
    setChecking(keyOf(backup));
    const checked = await desk.check(backup);
    setChecking(null);
    if (checked.kind === 'ok') announce(t('backup.checkGood', checked.value));
    else announce(t('backup.checkBad', { why: archiveFailureWords(t, checked.failure) }), 'error');
  };
  const columns: Column<Backup>[] = [
    { key: 'at', header: t('backup.at'), width: '150px', cell: ({ at }) => shortInstant(at, now, t.language) },
    {
      key: 'place',
      header: t('backup.where'),
      width: 'minmax(0, 1fr)',
      cell: ({ place }) => t(`backup.place.${place}`),
    },
    { key: 'why', header: t('backup.reason'), width: 'minmax(0, 1fr)', cell: ({ why }) => t(`backup.why.${why}`) },
    {
      key: 'bytes',
      header: t('backup.size'),
      width: '90px',
      align: 'end',
      cell: ({ bytes }) => sizeWords(bytes, t.language),
    },
    {
      key: 'check',
      header: t('backup.checkHead'),
      width: '90px',
      align: 'end',
      cell: (backup) => (
        <Button
          size="small"
          kind="quiet"
          label={t('backup.checkOf', { at: shortInstant(backup.at, now, t.language) })}
          onPress={() => void check(backup)}
          isPending={checking === keyOf(backup)}
        >
          {t('backup.check')}
        </Button>
      ),
    },
  ];
  return (
    <DataTable
      label={t('backup.list')}
      rows={backups}
      columns={columns}
      rowKey={keyOf}
      height="fit"
      maxHeight={240}
      empty={<EmptyState title={t('backup.none')}>{t('backup.noneWords')}</EmptyState>}
    />
  );
}

function keyOf({ place, id }: Backup): string {
  return `${place} ${id}`;
}
