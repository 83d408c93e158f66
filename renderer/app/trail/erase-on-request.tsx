import { useState } from 'react';
import { formatDay, todayInBerlin } from '../../domain/calendar';
import type { ErasureCertificate, ErasureRequest } from '../../store/erasure';
import {
  ChoiceGroup,
  Notice,
  obstacleWords,
  TextField,
  useLive,
  useOffice,
  useSetup,
  useTexts,
  Waiting,
} from '../parts';
import { ExportConsent } from './export-consent';
import { OtherEntries } from './other-entries';
import type { PersonEntry } from './person-entries';

/** Erasing a patient before the retention ends: what the law asks to keep is said first, then the reason and the second factor. */
export function EraseOnRequest({
  person,
  onErased,
  onClose,
}: {
  person: PersonEntry;
  onErased: (certificate: ErasureCertificate) => void;
  onClose: () => void;
}) {
  const { keyId, name } = person;
  const t = useTexts();
  const office = useOffice();
  const { retentionYears } = useSetup().settings;
  const [request, setRequest] = useState<ErasureRequest>({ ground: 'request', note: '' });
  const [wasTried, setTried] = useState(false);
  const outlook = useLive(() => office.store.erasure.outlook(keyId, retentionYears), [keyId, retentionYears]);
  const isMissing = request.note.trim() === '';
  const erase = async (): Promise<string | null> => {
    const erasing = await office.eraseOnRequest(keyId, request);
    switch (erasing.kind) {
      case 'erased':
        onErased(erasing);
        return null;
      case 'owed':
        return t('retention.owed', { name });
      case 'obstacle':
        return obstacleWords(t, erasing);
      case 'storage-failed':
        return t('retention.notErased', { text: erasing.text });
    }
  };
  if (outlook.kind !== 'ready' || outlook.value === null) return <Waiting />;
  const { certificates, isOwed, keptUntil } = outlook.value;
  const day = (instant: string) => formatDay(todayInBerlin(new Date(instant)));
  const isKept = office.clock.now().toISOString() < keptUntil;
  return (
    <ExportConsent
      title={t('retention.eraseTitle', { name })}
      confirm={t('retention.eraseDo')}
      isDanger
      isComplete={() => {
        setTried(true);
        return !isMissing && !isOwed;
      }}
      onConfirmed={erase}
      onClose={onClose}
    >
      {isOwed ? <Notice kind="error">{t('retention.request.owed', { name })}</Notice> : null}
      <p>{t('retention.eraseWords', { count: certificates })}</p>
      <OtherEntries {...person} />
      {isKept ? (
        <Notice kind="outage" title={t('retention.request.keptTitle', { until: day(keptUntil) })}>
          {t('retention.request.kept')}
        </Notice>
      ) : null}
      <ChoiceGroup
        label={t('retention.request.ground')}
        choices={(['request', 'wrongly-recorded'] as const).map((key) => ({
          key,
          label: t(`retention.request.grounds.${key}`),
        }))}
        value={request.ground}
        onChange={(ground) => setRequest({ ...request, ground })}
      />
      <TextField
        label={t('retention.request.note')}
        value={request.note}
        onChange={(note) => setRequest({ ...request, note })}
        hint={t('retention.request.noteHint')}
        notes={wasTried && isMissing ? [{ severity: 'error', text: t('firstStart.required') }] : []}
        maxLength={200}
      />
    </ExportConsent>
  );
}
