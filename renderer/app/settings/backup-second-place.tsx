import { useState } from 'react';
import type { BackupPlaceState } from '../../../electron/contract/archive';
import type { BackupDesk } from '../../outbox/backup-desk';
import { Button, Card, Notice, StatusDot, TextField, useAnnounce, useTexts } from '../parts';
import { ExportConsent } from '../trail/export-consent';
import { archiveFailureWords, sizeWords } from './backup-words';

/** Where the second place is, and choosing another. */
export function SecondPlace({
  second,
  desk,
  onChange,
}: {
  second: BackupPlaceState | null;
  desk: BackupDesk;
  onChange: () => Promise<void>;
}) {
  const t = useTexts();
  const announce = useAnnounce();
  const [folder, setFolder] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [asking, setAsking] = useState<string | null>(null);
  /** What went wrong, in words. */
  const choose = async (chosen: string | null): Promise<string | null> => {
    setBusy(true);
    const done = await desk.setSecondPlace(chosen);
    setBusy(false);
    if (done.kind === 'failed') return t('backup.second.refused', { why: archiveFailureWords(t, done.failure) });
    announce(t(chosen === null ? 'backup.second.cleared' : 'backup.second.taken'));
    await onChange();
    return null;
  };
  const ask = () => {
    if (folder.trim() !== '') setAsking(folder.trim());
  };
  return (
    <Card
      title={t('backup.second.title')}
      aside={
        second === null ? null : (
          <Button size="small" onPress={() => void choose(null).then(setTrouble)} isDisabled={isBusy}>
            {t('backup.second.clear')}
          </Button>
        )
      }
    >
      <StatusDot kind={second === null ? 'none' : second.backups.kind === 'ok' ? 'done' : 'bad'}>
        {second === null
          ? t('backup.second.none')
          : `${second.folder} · ${t('backup.free')}: ${
              second.freeBytes === null ? t('backup.unknown') : sizeWords(second.freeBytes, t.language)
            }`}
      </StatusDot>
      <p className="small soft">{t('backup.second.words')}</p>
      <form
        className="backup-second"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <TextField label={t('backup.second.label')} value={folder} onChange={setFolder} />
        <Button onPress={ask} isPending={isBusy} isDisabled={folder.trim() === ''}>
          {t('backup.second.set')}
        </Button>
      </form>
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
      {asking === null ? null : (
        <ExportConsent
          title={t('backup.second.title')}
          confirm={t('backup.second.set')}
          onConfirmed={() => choose(asking)}
          onClose={() => setAsking(null)}
        >
          <p>{t('backup.leaves', { folder: asking })}</p>
        </ExportConsent>
      )}
    </Card>
  );
}
