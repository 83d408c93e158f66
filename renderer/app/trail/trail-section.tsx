import './trail.css';
import { useState } from 'react';
import { isIsoDay, todayInBerlin } from '../../domain/calendar';
import { recordOf, trailKindOf, trailKinds, type TrailContent, type TrailEntry } from '../../domain/trail';
import { trailWords } from '../../outbox/trail-words';
import type { TrailFilter } from '../../store/trail';
import { useAtWork } from '../access/session-context';
import { useTranslate } from '../certificates/translate';
import {
  Button,
  Card,
  DataTable,
  DayField,
  EmptyState,
  goTo,
  obstacleWords,
  Select,
  shortInstant,
  useAnnounce,
  useLive,
  useOffice,
  useTexts,
  Waiting,
} from '../parts';
import { saveFile } from '../settings/save-file';
import { ChainCard } from './chain-card';
import { ExportConsent } from './export-consent';

const pageSize = 200;
const all = '*';

/** «Protokoll»: who saw, changed, printed, exported what, when; whether it is unbroken; as a signed file. */
export function TrailSection() {
  const t = useTexts();
  const [isExporting, setExporting] = useState(false);
  return (
    <>
      <ChainCard />
      <TrailCard onExport={() => setExporting(true)} />
      {isExporting ? <ExportTrail onClose={() => setExporting(false)} title={t('trail.export.title')} /> : null}
    </>
  );
}

function TrailCard({ onExport }: { onExport: () => void }) {
  const t = useTexts();
  const translate = useTranslate();
  const { store, clock } = useOffice();
  const { vault } = useAtWork();
  const [filter, setFilter] = useState<TrailFilter>({ user: null, kind: null, day: null });
  const [typedDay, setTypedDay] = useState<string | null>(null);
  const [limit, setLimit] = useState(pageSize);
  const people = useLive(async () => (await vault.access.people()).map(({ name }) => name));
  const page = useLive(async () => {
    const read = await store.trail.page(filter, { below: null, limit });
    const ids = [...new Set(read.entries.flatMap(({ content }) => recordOf(content) ?? []))];
    const known = store.hasClinicalKey ? await store.summaries(ids) : [];
    return { ...read, names: new Map(known.map(({ id, name }) => [id, name])) };
  }, [filter, limit]);
  const change = (part: Partial<TrailFilter>) => {
    setFilter((now) => ({ ...now, ...part }));
    setLimit(pageSize);
  };
  if (page.kind === 'waiting') return <Waiting />;
  if (page.kind === 'failed') return <EmptyState title={t('parts.failed')} />;
  const { entries, next, names } = page.value;
  const seen = entries.map(({ link }) => link.user).filter((user) => user !== '');
  const users = [
    ...new Set([
      ...(people.kind === 'ready' ? people.value : []),
      ...seen,
      ...(filter.user === null ? [] : [filter.user]),
    ]),
  ].sort();
  const whom = (content: TrailContent): string => {
    const id = recordOf(content);
    return id === null ? '' : (names.get(id) ?? t('trail.certificate', { id: id.slice(0, 8) }));
  };
  const open = ({ content }: TrailEntry) => {
    const id = recordOf(content);
    if (id !== null && names.has(id)) goTo('certificates', id);
  };
  return (
    <Card
      title={t('trail.title')}
      tight
      aside={
        <Button size="small" onPress={onExport}>
          {t('trail.export.do')}
        </Button>
      }
    >
      <div className="trail-filter row">
        <Select
          label={t('trail.who')}
          options={[{ key: all, label: t('trail.everybody') }, ...users.map((name) => ({ key: name, label: name }))]}
          value={filter.user ?? all}
          onChange={(user) => change({ user: user === all ? null : user })}
          placeholder=""
          span={4}
        />
        <Select
          label={t('trail.kind')}
          options={[
            { key: all, label: t('trail.everything') },
            ...trailKinds.map((kind) => ({ key: kind, label: t(`trail.kinds.${kind}`) })),
          ]}
          value={filter.kind ?? all}
          onChange={(chosen) => change({ kind: trailKinds.find((kind) => kind === chosen) ?? null })}
          placeholder=""
          span={4}
        />
        <DayField
          label={t('trail.day')}
          value={typedDay}
          onChange={(day) => {
            setTypedDay(day);
            change({ day: day !== null && isIsoDay(day) ? day : null });
          }}
          today={todayInBerlin(clock.now())}
          span={4}
        />
      </div>
      <DataTable
        label={t('trail.title')}
        rows={entries}
        columns={[
          {
            key: 'at',
            header: t('trail.columns.at'),
            width: '8rem',
            cell: ({ link }) => shortInstant(link.at, clock.now(), t.language),
          },
          {
            key: 'who',
            header: t('trail.columns.who'),
            width: 'minmax(0, 2.4fr)',
            cell: ({ link }) => (link.user === '' ? t('trail.nobody') : link.user),
          },
          {
            key: 'what',
            header: t('trail.columns.what'),
            width: 'minmax(0, 4.2fr)',
            cell: ({ content }) => {
              const words = trailWords(content, translate);
              return (
                <span className={`trail-what trail-${trailKindOf(content)}`} title={words}>
                  {words}
                </span>
              );
            },
          },
          {
            key: 'whom',
            header: t('trail.columns.whom'),
            width: 'minmax(0, 2.4fr)',
            cell: ({ content }) => whom(content),
          },
        ]}
        rowKey={({ link }) => String(link.sequence)}
        onOpen={open}
        rowHeight={32}
        height="fit"
        maxHeight={360}
        empty={<EmptyState title={t('trail.empty')}>{t('trail.emptyWords')}</EmptyState>}
      />
      {next === null ? null : (
        <div className="trail-older">
          <Button size="small" kind="quiet" onPress={() => setLimit((now) => now + pageSize)}>
            {t('trail.older')}
          </Button>
        </div>
      )}
    </Card>
  );
}

function ExportTrail({ title, onClose }: { title: string; onClose: () => void }) {
  const t = useTexts();
  const announce = useAnnounce();
  const office = useOffice();
  const { vault, session } = useAtWork();
  const write = async (): Promise<string | null> => {
    const exported = await office.exportTrail((bytes) => vault.administration.sign(session, bytes));
    if (exported.kind === 'obstacle') return obstacleWords(t, exported);
    if (exported.kind === 'changed') return t('trail.export.changed');
    const name = `Ersatzschein-Protokoll-${todayInBerlin(office.clock.now())}.jsonl`;
    saveFile(name, exported.file, 'application/x-ndjson');
    announce(t('trail.export.done', { name }));
    return null;
  };
  return (
    <ExportConsent title={title} confirm={t('trail.export.do')} onConfirmed={write} onClose={onClose}>
      <p>{t('trail.export.words')}</p>
      <p className="small soft">{t('trail.export.clinical')}</p>
    </ExportConsent>
  );
}
