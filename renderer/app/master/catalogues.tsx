import { useRef, useState } from 'react';
import type { CatalogueEntry } from '../../domain/diagnosis-catalogue';
import { formatDay, todayInBerlin } from '../../domain/calendar';
import { formatCount } from '../../texts/counts';
import {
  Button,
  Card,
  DataTable,
  EmptyState,
  Notice,
  Tag,
  TextField,
  useLive,
  useOffice,
  useTexts,
  Waiting,
  type Column,
} from '../parts';
import { importCatalogue, type CatalogueImport, type ImportStep } from './import-catalogue';

interface Shown {
  readonly year: string;
  readonly source: string;
  readonly importedAt: string;
  readonly codes: number;
  readonly isUsed: boolean;
}
type Importing =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly step: ImportStep; readonly file: string }
  | { readonly kind: 'done'; readonly file: string; readonly result: CatalogueImport };

const shownCodes = 60;

/** The ICD-10-GM: which years are here, importing another, trying a code. */
export function Catalogues() {
  const t = useTexts();
  const office = useOffice();
  const chooser = useRef<HTMLInputElement>(null);
  const [importing, setImporting] = useState<Importing>({ kind: 'idle' });
  const stored = useLive(async () => {
    const rows = (await office.store.catalogues()).toSorted((a, b) => b.year.localeCompare(a.year));
    return rows.map(({ year, source, importedAt, entries }, index): Shown => {
      const codes = Array.isArray(entries) ? entries.length : 0;
      return { year, source, importedAt, codes, isUsed: index === 0 };
    });
  });
  const take = async (file: File) => {
    setImporting({ kind: 'running', step: 'reading', file: file.name });
    const result = await importCatalogue(office, file, (step) =>
      setImporting({ kind: 'running', step, file: file.name }),
    );
    setImporting({ kind: 'done', file: file.name, result });
  };
  if (stored.kind === 'failed') return <Notice kind="error">{t('parts.failed')}</Notice>;
  if (stored.kind === 'waiting') return <Waiting />;

  const [used] = stored.value;
  const columns: Column<Shown>[] = [
    { key: 'year', header: t('master.catalogues.year'), width: '64px', cell: ({ year }) => <strong>{year}</strong> },
    {
      key: 'source',
      header: t('master.catalogues.source'),
      width: 'minmax(0, 5fr)',
      cell: ({ source }) => (source === 'rehearsal' ? t('master.catalogues.fromRehearsal') : source),
    },
    {
      key: 'codes',
      header: t('master.catalogues.codes'),
      width: '84px',
      align: 'end',
      cell: ({ codes }) => formatCount(codes, t.language),
    },
    {
      key: 'imported',
      header: t('master.catalogues.imported'),
      width: '104px',
      cell: ({ importedAt }) => formatDay(todayInBerlin(new Date(importedAt))),
    },
    {
      key: 'used',
      header: t('master.catalogues.state'),
      width: '130px',
      cell: ({ isUsed }) =>
        isUsed ? (
          <Tag kind="good">{t('master.catalogues.used')}</Tag>
        ) : (
          <span className="soft">{t('master.catalogues.older')}</span>
        ),
    },
  ];
  return (
    <div className="catalogues">
      <ImportNotice importing={importing} usedYear={used?.year ?? null} />
      <Card
        tight
        title={t('master.catalogues.stored')}
        aside={
          <>
            <input
              ref={chooser}
              type="file"
              className="hidden"
              tabIndex={-1}
              aria-label={t('master.catalogues.import')}
              accept=".txt,.xml"
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                // The same file may be chosen again after a failure.
                event.currentTarget.value = '';
                if (file !== undefined) void take(file);
              }}
            />
            <Button
              size="small"
              onPress={() => chooser.current?.click()}
              isPending={importing.kind === 'running'}
              shortcut="Alt+I"
            >
              {t('master.catalogues.import')}
            </Button>
          </>
        }
      >
        <DataTable
          label={t('master.catalogues.stored')}
          rows={stored.value}
          columns={columns}
          rowKey={({ year }) => year}
          height="fit"
          maxHeight={150}
          empty={<EmptyState title={t('master.catalogues.empty')}>{t('master.catalogues.emptyWords')}</EmptyState>}
        />
        <p className="catalogue-help hint">{t('master.catalogues.files')}</p>
      </Card>
      {used === undefined ? null : <TryCodes key={`${used.year} ${used.importedAt}`} year={used.year} />}
    </div>
  );
}

function ImportNotice({ importing, usedYear }: { importing: Importing; usedYear: string | null }) {
  const t = useTexts();
  switch (importing.kind) {
    case 'idle':
      return null;
    case 'running':
      return (
        <Notice kind="info" title={t(`master.catalogues.steps.${importing.step}`, { file: importing.file })}>
          <span className="waiting-bar" aria-hidden />
        </Notice>
      );
    case 'done': {
      const { result, file } = importing;
      if (result.kind === 'imported') {
        const values = { year: result.year, codes: formatCount(result.codes, t.language) };
        return (
          <Notice kind="good" title={t('master.catalogues.done', values)}>
            {usedYear !== null && usedYear > result.year
              ? t('master.catalogues.doneOlder', { used: usedYear })
              : t('master.catalogues.doneUsed')}
          </Notice>
        );
      }
      const why =
        result.kind === 'failed'
          ? t('parts.change.failed', { text: result.text })
          : result.line === null || result.reason === 'not-a-catalogue'
            ? t(`master.catalogues.faults.${result.reason}`)
            : `${t(`master.catalogues.faults.${result.reason}`)} ${t('master.catalogues.line', { line: result.line })}`;
      return (
        <Notice kind="error" title={t('master.catalogues.failed', { file })} assertive>
          {why} {t('master.catalogues.unchanged')}
        </Notice>
      );
    }
  }
}

/** Looks codes up as the form will, and says of each whether it may stand on a certificate. */
function TryCodes({ year }: { year: string }) {
  const t = useTexts();
  const office = useOffice();
  const [typed, setTyped] = useState('');
  const catalogue = office.catalogue();
  const entered = typed.trim();
  const found = entered === '' || catalogue === null ? [] : codesFor(catalogue, entered);
  const columns: Column<CatalogueEntry>[] = [
    { key: 'code', header: t('master.catalogues.code'), width: '76px', cell: ({ code }) => <strong>{code}</strong> },
    {
      key: 'title',
      header: t('master.catalogues.codeTitle'),
      width: 'minmax(0, 1fr)',
      cell: ({ title }) => <span title={title}>{title}</span>,
    },
    {
      key: 'use',
      header: t('master.catalogues.use'),
      width: '220px',
      cell: (entry) =>
        !entry.occupied ? (
          <Tag kind="bad">{t('master.catalogues.notOccupied')}</Tag>
        ) : !entry.codable ? (
          <Tag kind="bad">{t('master.catalogues.notCodable')}</Tag>
        ) : entry.notation === 'primary' ? (
          <span className="soft">{t('master.catalogues.primary')}</span>
        ) : (
          <Tag kind="accent">{t(`master.catalogues.${entry.notation}`)}</Tag>
        ),
    },
  ];
  return (
    <Card tight label={t('master.catalogues.try')}>
      <div className="try-codes">
        <TextField
          label={t('master.catalogues.tryIn', { year })}
          value={typed}
          onChange={setTyped}
          placeholder={t('master.catalogues.tryPlaceholder')}
          end={
            entered === ''
              ? undefined
              : found.length < shownCodes
                ? t('master.found', { count: found.length })
                : t('master.catalogues.first', { count: shownCodes })
          }
        />
      </div>
      {entered === '' ? (
        <p className="catalogue-help soft">{t('master.catalogues.tryWords')}</p>
      ) : (
        <DataTable
          label={t('master.catalogues.try')}
          rows={found}
          columns={columns}
          rowKey={({ code }) => code}
          rowHeight={32}
          empty={
            <EmptyState title={t('master.catalogues.nothing', { typed: entered, year })}>
              {t('master.catalogues.nothingWords')}
            </EmptyState>
          }
        />
      )}
    </Card>
  );
}

/** What the search finds; besides, the very code that was typed where the search leaves it out because it may not be used. */
function codesFor(
  catalogue: NonNullable<ReturnType<ReturnType<typeof useOffice>['catalogue']>>,
  entered: string,
): CatalogueEntry[] {
  const found = catalogue.search(entered, shownCodes);
  const exact = catalogue.find(entered);
  return exact === null || found.some(({ code }) => code === exact.code) ? [...found] : [exact, ...found];
}
