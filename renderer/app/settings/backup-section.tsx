import './backup.css';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Backup, BackupPlaceState } from '../../../electron/contract/archive';
import type { Failure } from '../../../electron/contract/call';
import { BackupDesk } from '../../outbox/backup-desk';
import { troublesOf, useSecondCopy, type SecondCopy } from '../second-copy';
import { Button, Card, Notice, StatusDot, useAnnounce, useOffice, useTexts, Waiting } from '../parts';
import { useAtWork } from '../access/session-context';
import { ExportConsent } from '../trail/export-consent';
import { BackupList } from './backup-list';
import { archiveFailureWords, sizeWords } from './backup-words';
import { KeepDatabase, RestoreBackup } from './backup-restore';
import { SecondPlace } from './backup-second-place';

/** «Sicherung»: how the second copy stands, the backups, the second place, and putting a backup back. Doctors and administrators. */
export function BackupSection() {
  const t = useTexts();
  const announce = useAnnounce();
  const office = useOffice();
  const copy = useSecondCopy();
  const { vault } = useAtWork();
  const desk = useMemo(
    () =>
      new BackupDesk({
        archive: office.host.archive,
        actor: () => office.actor(),
        audit: (detail) => office.store.audit(detail),
        progress: () => office.progress(),
        takeFactor: () => vault.factor.take(office.actor().name),
      }),
    [office, vault],
  );
  const [places, setPlaces] = useState<readonly BackupPlaceState[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const reload = useCallback(async () => {
    const read = await desk.places();
    setFailure(read.kind === 'failed' ? read.failure : null);
    setPlaces(read.kind === 'ok' ? read.value : []);
  }, [desk]);
  useEffect(() => {
    void desk.places().then((read) => {
      setFailure(read.kind === 'failed' ? read.failure : null);
      setPlaces(read.kind === 'ok' ? read.value : []);
    });
  }, [desk]);
  if (copy === 'newer') return <Troubles copy={copy} />;
  if (copy === null || places === null) return <Waiting />;

  /** What went wrong with all of it, in words; what went wrong in one place is announced. */
  const backUp = async (): Promise<string | null> => {
    setBusy(true);
    try {
      const made = await desk.backUp();
      if (made.kind === 'failed') return archiveFailureWords(t, made.failure);
      const good = made.value.filter((one) => one.made.kind === 'ok').map(({ place }) => t(`backup.place.${place}`));
      if (good.length > 0) announce(t('backup.made', { places: good.join(', ') }));
      for (const { place, made: one } of made.value)
        if (one.kind === 'failed')
          announce(
            t('backup.notMade', { place: t(`backup.place.${place}`), why: archiveFailureWords(t, one.failure) }),
            'error',
          );
      return null;
    } finally {
      setBusy(false);
      await reload();
    }
  };
  const backups: Backup[] = places
    .flatMap((place) => (place.backups.kind === 'ok' ? place.backups.value : []))
    .toSorted((one, other) => other.at.localeCompare(one.at));
  const second = places.find(({ place }) => place === 'second') ?? null;
  const begin = async () => {
    // With a second place a copy leaves this computer: the second factor is asked for first.
    if (second !== null) setAsking(true);
    else {
      const trouble = await backUp();
      if (trouble !== null) announce(trouble, 'error');
    }
  };
  return (
    <>
      <Troubles copy={copy} />
      {copy.standing.kind === 'forked' && !copy.standing.foreign ? <KeepDatabase desk={desk} /> : null}
      <Standing copy={copy} />
      {failure === null ? null : <Notice kind="error">{archiveFailureWords(t, failure)}</Notice>}
      {places.map(({ place, backups: read }) =>
        read.kind === 'ok' ? null : (
          <Notice key={place} kind="error">
            {t('backup.cannotRead', {
              place: t(`backup.place.${place}`),
              why: archiveFailureWords(t, read.failure),
            })}
          </Notice>
        ),
      )}
      <Card
        title={t('backup.list')}
        aside={
          <Button size="small" kind="primary" onPress={() => void begin()} isPending={isBusy} shortcut="Alt+S">
            {t('backup.now')}
          </Button>
        }
      >
        <BackupList backups={backups} desk={desk} />
      </Card>
      <SecondPlace key={second?.folder ?? ''} second={second} desk={desk} onChange={reload} />
      <RestoreBackup backups={backups} desk={desk} />
      {isAsking ? (
        <ExportConsent
          title={t('backup.now')}
          confirm={t('backup.now')}
          onConfirmed={backUp}
          onClose={() => setAsking(false)}
        >
          <p>{t('backup.leaves', { folder: second?.folder ?? '' })}</p>
        </ExportConsent>
      ) : null}
    </>
  );
}

function Troubles({ copy }: { copy: SecondCopy | 'newer' }) {
  const t = useTexts();
  return troublesOf(copy).map(({ what, weight, values }) => (
    <Notice
      key={what}
      kind={({ stops: 'error', warns: 'outage', tells: 'info' } as const)[weight]}
      title={t(`backup.trouble.${what}.title`)}
    >
      {t(`backup.trouble.${what}.words`, values)}
    </Notice>
  ));
}

function Standing({ copy }: { copy: SecondCopy }) {
  const t = useTexts();
  const { store } = useOffice();
  const [isTrying, setTrying] = useState(false);
  const state = copy.state?.kind === 'ok' ? copy.state.value : null;
  const isGood = copy.journal.kind === 'current' && copy.standing.kind === 'in-step' && state !== null;
  const [gravest] = troublesOf(copy);
  const size = (bytes: number | null | undefined) =>
    bytes === null || bytes === undefined ? t('backup.unknown') : sizeWords(bytes, t.language);
  const tryNow = async () => {
    setTrying(true);
    await store.catchUpJournal();
    setTrying(false);
  };
  return (
    <Card
      title={t('backup.stands')}
      aside={
        copy.journal.kind === 'behind' ? (
          <Button size="small" onPress={() => void tryNow()} isPending={isTrying}>
            {t('backup.tryNow')}
          </Button>
        ) : null
      }
    >
      <StatusDot kind={isGood ? 'done' : 'bad'}>
        {isGood ? t('backup.inStep') : t(`backup.trouble.${gravest?.what ?? 'behind'}.title`)}
      </StatusDot>
      <dl className="about-facts backup-facts">
        <div>
          <dt>{t('backup.folder')}</dt>
          <dd>{state?.folder ?? t('backup.unknown')}</dd>
        </div>
        <div>
          <dt>{t('backup.size')}</dt>
          <dd>{size(state?.bytes)}</dd>
        </div>
        <div>
          <dt>{t('backup.free')}</dt>
          <dd>{size(state?.freeBytes)}</dd>
        </div>
      </dl>
      <p className="small soft">{t('backup.explain')}</p>
    </Card>
  );
}
