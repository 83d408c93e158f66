import './trail.css';
import { useState } from 'react';
import { todayInBerlin } from '../../domain/calendar';
import type { Erasable, ErasureCertificate } from '../../store/erasure';
import {
  Button,
  Card,
  ConfirmDialog,
  DataTable,
  EmptyState,
  Notice,
  obstacleWords,
  Select,
  shortInstant,
  TextField,
  useAnnounce,
  useLive,
  useOffice,
  useSetup,
  useTexts,
} from '../parts';
import type { Draft } from '../settings/changes';
import { saveFile } from '../settings/save-file';
import { EraseOnRequest } from './erase-on-request';
import { ExportConsent } from './export-consent';
import { OtherEntries } from './other-entries';
import { bornWords, countOf, findPeople, type PersonEntry } from './person-entries';

const choices = [1, 2, 3, 5, 10, 15, 20, 30];

/** «Aufbewahrung»: how long certificates are kept, what may be erased, and one patient's data as a file. Doctors only. */
export function RetentionSection({ draft }: { draft: Draft }) {
  const t = useTexts();
  const { retentionYears } = draft.settings;
  const years = [...new Set([...choices, retentionYears])].sort((one, other) => one - other);
  return (
    <>
      <Card title={t('retention.title')}>
        <div className="row">
          <Select
            label={t('retention.years')}
            options={years.map((count) => ({ key: String(count), label: t('retention.year', { count }) }))}
            value={String(retentionYears)}
            onChange={(chosen) => draft.change({ retentionYears: Number(chosen) })}
            placeholder=""
            hint={t('retention.hint')}
            span={6}
          />
        </div>
      </Card>
      <Proposals />
      <Access />
    </>
  );
}

/** Those that the stored retention lets go: not what is only entered and not yet saved. */
function Proposals() {
  const t = useTexts();
  const office = useOffice();
  const { settings } = useSetup();
  const [asking, setAsking] = useState<Erasable | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [erased, setErased] = useState<ErasureCertificate | null>(null);
  const live = useLive(() => office.store.erasure.proposals(settings.retentionYears), [settings.retentionYears]);
  const erase = async ({ keyId, name }: Erasable) => {
    setBusy(true);
    setTrouble(null);
    try {
      const erasing = await office.erasePatient(keyId);
      switch (erasing.kind) {
        case 'erased':
          setErased(erasing);
          break;
        case 'owed':
          setTrouble(t('retention.owed', { name }));
          break;
        case 'obstacle':
          setTrouble(obstacleWords(t, erasing));
          break;
        case 'storage-failed':
          setTrouble(t('retention.notErased', { text: erasing.text }));
          break;
      }
    } catch (error) {
      setTrouble(t('retention.notErased', { text: String(error) }));
    } finally {
      setBusy(false);
      setAsking(null);
    }
  };
  return (
    <Card title={t('retention.proposals')}>
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
      {erased === null ? null : <Erased certificate={erased} />}
      {live.kind === 'failed' ? <Notice kind="error">{t('parts.failed')}</Notice> : null}
      <DataTable
        label={t('retention.proposals')}
        rows={live.kind === 'ready' ? live.value : []}
        columns={[
          { key: 'name', header: t('retention.columns.name'), width: 'minmax(0, 1fr)', cell: ({ name }) => name },
          {
            key: 'born',
            header: t('retention.columns.born'),
            width: '7rem',
            cell: ({ birthDate }) => bornWords(birthDate),
          },
          {
            key: 'count',
            header: t('retention.columns.count'),
            width: '9rem',
            align: 'end',
            cell: ({ certificates }) => certificates,
          },
          {
            key: 'last',
            header: t('retention.columns.last'),
            width: '9rem',
            align: 'end',
            cell: ({ lastAt }) => shortInstant(lastAt, office.clock.now(), t.language),
          },
          {
            key: 'erase',
            header: '',
            width: '7rem',
            align: 'end',
            cell: (row) => (
              <Button size="small" onPress={() => setAsking(row)} label={`${t('retention.erase')} ${row.name}`}>
                {t('retention.erase')}
              </Button>
            ),
          },
        ]}
        rowKey={({ keyId }) => keyId}
        rowHeight={40}
        height="fit"
        maxHeight={240}
        empty={
          live.kind === 'ready' ? <EmptyState title={t('retention.none')}>{t('retention.noneWords')}</EmptyState> : null
        }
      />
      {asking === null ? null : (
        <ConfirmDialog
          title={t('retention.eraseTitle', { name: asking.name })}
          confirm={t('retention.eraseDo')}
          isDanger
          isPending={isBusy}
          onConfirm={() => void erase(asking)}
          onClose={() => setAsking(null)}
        >
          <p>{t('retention.eraseWords', { count: asking.certificates })}</p>
          <OtherEntries {...asking} />
        </ConfirmDialog>
      )}
    </Card>
  );
}

/** It is gone; the certificate of it can be had for as long as the section is open. */
function Erased({ certificate }: { certificate: ErasureCertificate }) {
  const t = useTexts();
  const office = useOffice();
  const { settings } = useSetup();
  const [trouble, setTrouble] = useState<string | null>(null);
  const save = async () => {
    setTrouble(null);
    try {
      const [{ drawErasureCertificate }, { loadFormFonts }] = await Promise.all([
        import('../../form/erasure-certificate'),
        import('../../form/load-fonts-browser'),
      ]);
      const practice = settings.practice.name;
      const drawn = await drawErasureCertificate(
        { ...certificate, practice, test: settings.mode === 'rehearsal' },
        await loadFormFonts(),
      );
      if (drawn.kind === 'drawn') {
        saveFile(`Loeschnachweis-${todayInBerlin(new Date(certificate.at))}.pdf`, drawn.pdf, 'application/pdf');
        await office.store.audit({ type: 'printed', what: 'erasure-certificate' });
      } else setTrouble(t('retention.notDrawn', { text: drawn.letters.join(' ') }));
    } catch (error) {
      setTrouble(t('retention.notDrawn', { text: String(error) }));
    }
  };
  return (
    <>
      <Notice
        kind="good"
        action={
          <Button size="small" onPress={() => void save()}>
            {t('retention.certificate')}
          </Button>
        }
      >
        {t(certificate.copies === 'gone' ? 'retention.done' : 'retention.pending')}
      </Notice>
      {trouble === null ? null : <Notice kind="error">{trouble}</Notice>}
    </>
  );
}

/** GDPR articles 15 and 17: finds a patient, hands out what is kept, or erases it before its time. */
function Access() {
  const t = useTexts();
  const announce = useAnnounce();
  const office = useOffice();
  const [typed, setTyped] = useState('');
  const [asking, setAsking] = useState<{
    readonly what: 'export' | 'erase';
    readonly person: PersonEntry;
  } | null>(null);
  const [erased, setErased] = useState<ErasureCertificate | null>(null);
  const wanted = typed.trim();
  const live = useLive(() => (wanted.length < 2 ? Promise.resolve([]) : findPeople(office.store, wanted)), [wanted]);
  const write = async (keyId: string): Promise<string | null> => {
    const exported = await office.exportPatient(keyId);
    if (exported.kind === 'obstacle') return obstacleWords(t, exported);
    if (exported.kind === 'nothing') return t('retention.access.nothing');
    // No name in the file's name: it would stand in the list of downloads.
    const name = `Auskunft-${todayInBerlin(office.clock.now())}-${keyId.slice(0, 8)}.json`;
    saveFile(name, new TextEncoder().encode(exported.json), 'application/json');
    announce(t('retention.access.done', { name }));
    return null;
  };
  const people = live.kind === 'ready' ? live.value : [];
  return (
    <Card title={t('retention.access.title')}>
      <p className="small soft">{t('retention.access.words')}</p>
      {erased === null ? null : <Erased certificate={erased} />}
      <div className="row">
        <TextField label={t('retention.access.find')} value={typed} onChange={setTyped} maxLength={80} span={6} />
      </div>
      {wanted.length >= 2 && live.kind === 'ready' && people.length === 0 ? <p>{t('retention.access.none')}</p> : null}
      {people.some((person) => countOf(person, people) > 1) ? (
        <div className="access-twice">
          <Notice kind="outage" title={t('retention.access.twiceTitle')}>
            {t('retention.access.twice')}
          </Notice>
        </div>
      ) : null}
      <ul className="access-people">
        {people.map((person) => (
          <li key={person.keyId}>
            <span>
              <strong>{person.name}</strong>{' '}
              <span className="soft">
                {[bornWords(person.birthDate), person.insuredId ?? t('retention.access.noId')]
                  .filter((word) => word !== '')
                  .join(' · ')}
              </span>
            </span>
            <span className="access-buttons">
              <Button
                size="small"
                onPress={() => setAsking({ what: 'export', person })}
                label={`${t('retention.access.do')} ${person.name}`}
              >
                {t('retention.access.do')}
              </Button>
              <Button
                size="small"
                kind="quiet"
                onPress={() => setAsking({ what: 'erase', person })}
                label={`${t('retention.erase')} ${person.name}`}
              >
                {t('retention.erase')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {asking?.what === 'erase' ? (
        <EraseOnRequest person={asking.person} onErased={setErased} onClose={() => setAsking(null)} />
      ) : null}
      {asking?.what !== 'export' ? null : (
        <ExportConsent
          title={t('retention.access.dialog', { name: asking.person.name })}
          confirm={t('retention.access.confirm')}
          onConfirmed={() => write(asking.person.keyId)}
          onClose={() => setAsking(null)}
        >
          <p>{t('retention.access.words')}</p>
          <OtherEntries {...asking.person} />
        </ExportConsent>
      )}
    </Card>
  );
}
