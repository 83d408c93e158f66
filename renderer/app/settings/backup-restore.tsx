import { useState } from 'react';
import type { Backup } from '../../../electron/contract/archive';
import type { BackupDesk, RestoreRefusal } from '../../outbox/backup-desk';
import { restoredFrom } from '../access/restored-from';
import {
  Button,
  Card,
  ConfirmDialog,
  Notice,
  Select,
  shortInstant,
  useOffice,
  useOutboxProgress,
  useTexts,
  type Wording,
} from '../parts';
import { archiveFailureWords } from './backup-words';

function refusalWords(t: Wording, refusal: RestoreRefusal): string {
  if (refusal.reason === 'in-flight') return t('backup.restore.inFlight');
  return t('backup.restore.failed', { why: archiveFailureWords(t, refusal) });
}

/** Putting a backup back: folded away, asked about, and only while nothing is on its way. */
export function RestoreBackup({ backups, desk }: { backups: readonly Backup[]; desk: BackupDesk }) {
  const t = useTexts();
  const office = useOffice();
  const progress = useOutboxProgress();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const now = office.clock.now();
  const words = ({ at, place }: Backup) => `${shortInstant(at, now, t.language)} · ${t(`backup.place.${place}`)}`;
  const backup = backups.find((one) => keyOf(one) === chosen) ?? backups[0];
  if (backup === undefined) return null;
  const restore = async () => {
    setBusy(true);
    const done = await desk.restore(backup);
    if (done.kind === 'ok') {
      restoredFrom.set(backup.place);
      window.location.reload();
      return;
    }
    setBusy(false);
    setAsking(false);
    setTrouble(refusalWords(t, done.failure));
  };
  return (
    <Card label={t('backup.restore.fold')}>
      <details className="backup-restore">
        <summary>{t('backup.restore.fold')}</summary>
        <p>{t('backup.restore.words')}</p>
        <div className="backup-second">
          <Select
            label={t('backup.restore.choose')}
            value={keyOf(backup)}
            options={backups.map((one) => ({ key: keyOf(one), label: words(one) }))}
            placeholder=""
            onChange={setChosen}
          />
          <Button kind="danger" onPress={() => setAsking(true)} isDisabled={progress.kind === 'running'}>
            {t('backup.restore.open')}
          </Button>
        </div>
        {progress.kind === 'running' ? <Notice kind="info">{t('backup.restore.inFlight')}</Notice> : null}
        {trouble === null ? null : (
          <Notice kind="error" assertive>
            {trouble}
          </Notice>
        )}
      </details>
      {isAsking ? (
        <ConfirmDialog
          title={t('backup.restore.title', { at: shortInstant(backup.at, now, t.language) })}
          confirm={t('backup.restore.confirm')}
          isDanger
          isPending={isBusy}
          onConfirm={() => void restore()}
          onClose={() => setAsking(false)}
        >
          <ul className="backup-consequences">
            {(['happens', 'kept', 'sent', 'then'] as const).map((key) => (
              <li key={key}>{t(`backup.restore.${key}`)}</li>
            ))}
          </ul>
        </ConfirmDialog>
      ) : null}
    </Card>
  );
}

/** Where database and journal went different ways: lets the database hold. */
export function KeepDatabase({ desk }: { desk: BackupDesk }) {
  const t = useTexts();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const keep = async () => {
    setBusy(true);
    const done = await desk.keepDatabase();
    if (done.kind === 'ok') {
      window.location.reload();
      return;
    }
    setBusy(false);
    setAsking(false);
    setTrouble(refusalWords(t, done.failure));
  };
  return (
    <Card label={t('backup.keep.open')}>
      <p>{t('backup.keep.words')}</p>
      <Button kind="danger" onPress={() => setAsking(true)}>
        {t('backup.keep.open')}
      </Button>
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
      {isAsking ? (
        <ConfirmDialog
          title={t('backup.keep.title')}
          confirm={t('backup.keep.confirm')}
          isDanger
          isPending={isBusy}
          onConfirm={() => void keep()}
          onClose={() => setAsking(false)}
        >
          {t('backup.keep.words')}
        </ConfirmDialog>
      ) : null}
    </Card>
  );
}

function keyOf({ place, id }: Backup): string {
  return `${place} ${id}`;
}
