import { useState } from 'react';
import { Button as AriaButton, FileTrigger } from 'react-aria-components';
import { dayWords, patientName, payerName } from '../certificates/record-words';
import {
  Button,
  Dialog,
  goTo,
  obstacleWords,
  ProgressBar,
  StatusDot,
  useOffice,
  useTexts,
  type Wording,
} from '../parts';
import { importFiles, type FileResult } from './import-files';

/** Files that are being taken over, or were: one lot at a time. */
export interface FileImport {
  readonly results: readonly FileResult[];
  /** 0: nothing was chosen, or what became of it was read. */
  readonly total: number;
  readonly take: (files: readonly File[]) => void;
  readonly close: () => void;
}

/** Takes over what the practice software left unsent: several files at once, and says of each what became of it. */
export function useFileImport(): FileImport {
  const office = useOffice();
  const [results, setResults] = useState<readonly FileResult[]>([]);
  const [total, setTotal] = useState(0);
  return {
    results,
    total,
    take: (files) => {
      if (files.length === 0 || results.length < total) return;
      setResults([]);
      setTotal(files.length);
      void importFiles(office, files, (result) => setResults((before) => [...before, result]));
    },
    close: () => {
      setResults([]);
      setTotal(0);
    },
  };
}

/** Chooses the files in the system's own dialog. */
export function ImportButton({ importing }: { importing: FileImport }) {
  const t = useTexts();
  return (
    <>
      <FileTrigger
        allowsMultiple
        acceptedFileTypes={['.xml', '.p7s']}
        onSelect={(files) => importing.take([...(files ?? [])])}
      >
        <AriaButton className="button button-secondary button-normal">
          <span className="button-text">{t('owed.import.button')}</span>
        </AriaButton>
      </FileTrigger>
      {importing.total === 0 ? null : (
        <ResultsDialog results={importing.results} total={importing.total} onClose={importing.close} />
      )}
    </>
  );
}

function ResultsDialog({
  results,
  total,
  onClose,
}: {
  results: readonly FileResult[];
  total: number;
  onClose: () => void;
}) {
  const t = useTexts();
  const isRunning = results.length < total;
  const isNothing = results.every(({ outcome }) => outcome.kind !== 'imported' && outcome.kind !== 'already-here');
  return (
    <Dialog
      title={t('owed.import.title')}
      width="wide"
      onClose={() => {
        if (!isRunning) onClose();
      }}
      buttons={
        <Button kind="primary" onPress={onClose} isPending={isRunning}>
          {t('parts.close')}
        </Button>
      }
    >
      {isRunning ? (
        <ProgressBar
          label={t('owed.import.running', { done: results.length, total })}
          value={results.length}
          total={total}
        />
      ) : (
        <p>{t(isNothing ? 'owed.import.nothing' : 'owed.import.words')}</p>
      )}
      <ul className="import-results">
        {results.map(({ name, outcome }, index) => (
          <li key={`${index} ${name}`} className="import-result">
            <StatusDot kind={dotOf(outcome)}>
              <span className="import-name">{name}</span>
            </StatusDot>
            <div className="import-words">
              <span>{resultWords(outcome, t)}</span>
              <Details outcome={outcome} />
            </div>
            {outcome.kind === 'imported' || outcome.kind === 'already-here' ? (
              <Button
                size="small"
                onPress={() => {
                  onClose();
                  goTo('certificates', outcome.record.id);
                }}
              >
                {t('owed.import.open')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** What is meant exactly, for whoever helps the practice. */
function Details({ outcome }: { outcome: FileResult['outcome'] }) {
  const t = useTexts();
  const text = outcome.kind === 'refused' ? outcome.detail : outcome.kind === 'broken' ? outcome.text : '';
  if (text === '') return null;
  return (
    <details className="small">
      <summary>{t('parts.details')}</summary>
      <pre>{text}</pre>
    </details>
  );
}

function dotOf({ kind }: FileResult['outcome']): 'good' | 'waiting' | 'bad' {
  if (kind === 'imported') return 'good';
  return kind === 'already-here' ? 'waiting' : 'bad';
}

/** Says what became of a file. */
export function resultWords(outcome: FileResult['outcome'], t: Wording): string {
  switch (outcome.kind) {
    case 'imported': {
      const { record } = outcome;
      const { issuedOn } = record.content.certificate;
      const values = { name: patientName(record), payer: payerName(record), day: dayWords(issuedOn) };
      return t(record.state.stage === 'issued' ? 'owed.import.importedXml' : 'owed.import.importedSigned', values);
    }
    case 'already-here':
      return t('owed.import.alreadyHere', { name: patientName(outcome.record) });
    case 'refused':
      return t(`owed.import.refused.${outcome.reason}`);
    case 'paper-only':
      return t('owed.import.paperOnly', { reason: t(`paperOnly.${outcome.rule}`) });
    case 'obstacle':
      return obstacleWords(t, outcome);
    case 'broken':
      return t('owed.import.broken');
  }
}
