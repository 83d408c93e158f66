import { useRef, useState } from 'react';
import { formatDay, todayInBerlin } from '../../domain/calendar';
import { formatCount } from '../../texts/counts';
import {
  keepInsurerFile,
  previewInsurers,
  putInForce,
  storedInsurerEntries,
  type InsurerPreview,
} from '../../outbox/insurers';
import {
  Button,
  DataTable,
  Dialog,
  Notice,
  Tag,
  useAnnounce,
  useLive,
  useOffice,
  useTexts,
  type Column,
} from '../parts';
import { readChosenInsurerFile, type InsurerFileImport } from './import-insurer-file';
import { InsurerChangesView } from './insurer-changes-view';

type Step =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly share: number; readonly file: string }
  | {
      readonly kind: 'refused';
      readonly file: string;
      readonly result: Exclude<InsurerFileImport, { kind: 'insurers' }>;
    }
  /** A version that is kept and not yet in force, with what it would change. */
  | { readonly kind: 'preview'; readonly id: string; readonly preview: InsurerPreview; readonly isKnown: boolean }
  | { readonly kind: 'taken'; readonly preview: InsurerPreview };

interface Shown {
  readonly id: string;
  readonly fileName: string;
  readonly period: string;
  readonly importedAt: string;
  readonly count: number;
  readonly isInForce: boolean;
}

/** The insurer file: its versions, reading another, seeing what it changes before it is put in force, and going back. */
export function InsurerFilesDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const chooser = useRef<HTMLInputElement>(null);
  const [step, setStep] = useState<Step>({ kind: 'idle' });
  const [isTaking, setTaking] = useState(false);
  const stored = useLive(async () => {
    const [files, inForce] = await Promise.all([office.store.insurers.files(), office.store.insurers.inForce()]);
    return files.map(({ id, fileName, validFrom, validUntil, importedAt, count }): Shown => {
      const until = validUntil === null ? '' : formatDay(validUntil);
      const period = `${formatDay(validFrom)} – ${until}`;
      return { id, fileName, period, importedAt, count, isInForce: inForce?.fileId === id };
    });
  });

  const read = async (file: File) => {
    setStep({ kind: 'reading', share: 0, file: file.name });
    const result = await readChosenInsurerFile(file, (share) => setStep({ kind: 'reading', share, file: file.name }));
    if (result.kind !== 'insurers') {
      setStep({ kind: 'refused', file: file.name, result });
      return;
    }
    try {
      const kept = await keepInsurerFile(office, result.file, file.name);
      const preview = await previewInsurers(office, result.file.entries);
      setStep({ kind: 'preview', id: result.file.id, preview, isKnown: kept === 'known' });
    } catch (error) {
      setStep({ kind: 'refused', file: file.name, result: { kind: 'failed', text: String(error) } });
    }
  };
  const look = async ({ id, fileName }: Shown) => {
    try {
      const entries = await storedInsurerEntries(office.store, id);
      if (entries === null) return;
      setStep({ kind: 'preview', id, preview: await previewInsurers(office, entries), isKnown: false });
    } catch (error) {
      setStep({ kind: 'refused', file: fileName, result: { kind: 'failed', text: String(error) } });
    }
  };
  const take = async (id: string) => {
    setTaking(true);
    try {
      const preview = await putInForce(office, id);
      if (preview === null) return;
      setStep({ kind: 'taken', preview });
      announce(t('master.insurerFile.taken', { count: preview.list.payers.length }));
    } catch (error) {
      setStep({ kind: 'refused', file: '', result: { kind: 'failed', text: String(error) } });
    } finally {
      setTaking(false);
    }
  };

  const columns: Column<Shown>[] = [
    {
      key: 'period',
      header: t('master.insurerFile.period'),
      width: '172px',
      cell: ({ period }) => <strong>{period}</strong>,
    },
    {
      key: 'file',
      header: t('master.insurerFile.file'),
      width: 'minmax(0, 1fr)',
      cell: ({ fileName }) => (fileName === 'rehearsal' ? t('master.insurerFile.fromRehearsal') : fileName),
    },
    {
      key: 'count',
      header: t('master.insurerFile.count'),
      width: '72px',
      align: 'end',
      cell: ({ count }) => formatCount(count, t.language),
    },
    {
      key: 'imported',
      header: t('master.insurerFile.imported'),
      width: '92px',
      cell: ({ importedAt }) => formatDay(todayInBerlin(new Date(importedAt))),
    },
    {
      key: 'state',
      header: t('master.insurerFile.state'),
      width: '104px',
      cell: ({ isInForce }) => (isInForce ? <Tag kind="good">{t('master.insurerFile.inForce')}</Tag> : null),
    },
  ];
  return (
    <Dialog
      title={t('master.insurerFile.title')}
      width="wide"
      onClose={onClose}
      buttons={
        <>
          <input
            ref={chooser}
            type="file"
            className="hidden"
            tabIndex={-1}
            aria-label={t('master.insurerFile.read')}
            accept=".xml"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              // The same file may be chosen again after a failure.
              event.currentTarget.value = '';
              if (file !== undefined) void read(file);
            }}
          />
          <Button onPress={onClose}>{t('parts.close')}</Button>
          <Button
            onPress={() => chooser.current?.click()}
            isPending={step.kind === 'reading'}
            shortcut="Alt+I"
            inDialog
          >
            {t('master.insurerFile.read')}
          </Button>
          {step.kind === 'preview' ? (
            <Button
              kind="primary"
              onPress={() => void take(step.id)}
              isPending={isTaking}
              shortcut="Ctrl+Enter"
              inDialog
            >
              {t('master.insurerFile.take')}
            </Button>
          ) : null}
        </>
      }
    >
      <DataTable
        label={t('master.insurerFile.versions')}
        rows={stored.kind === 'ready' ? stored.value : []}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={(version) => void look(version)}
        height="fit"
        maxHeight={130}
        empty={<p className="soft">{t('master.insurerFile.none')}</p>}
      />
      <p className="hint">{t('master.insurerFile.help')}</p>
      <StepView step={step} />
    </Dialog>
  );
}

function StepView({ step }: { step: Step }) {
  const t = useTexts();
  switch (step.kind) {
    case 'idle':
      return null;
    case 'reading':
      return (
        <div role="status">
          <p>{t('master.insurerFile.reading', { file: step.file, percent: Math.round(step.share * 100) })}</p>
          <progress className="insurer-progress" max={1} value={step.share} aria-label={step.file} />
        </div>
      );
    case 'refused':
      return (
        <Notice kind="error" title={t('master.insurerFile.refused', { file: step.file })} assertive>
          {step.result.kind === 'failed'
            ? t('parts.change.failed', { text: step.result.text })
            : t(`master.insurerFile.faults.${step.result.reason}`, { what: step.result.what })}{' '}
          {step.result.kind === 'unreadable' && step.result.line !== null
            ? t('master.insurerFile.line', { line: step.result.line })
            : null}{' '}
          {t('master.insurerFile.unchanged')}
        </Notice>
      );
    case 'preview':
      return (
        <>
          {step.isKnown ? <Notice kind="info">{t('master.insurerFile.known')}</Notice> : null}
          <InsurerChangesView preview={step.preview} isDone={false} />
        </>
      );
    case 'taken':
      return <InsurerChangesView preview={step.preview} isDone />;
  }
}
