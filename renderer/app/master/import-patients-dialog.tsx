import { useRef, useState } from 'react';
import { Button, Dialog, Notice, StatusDot, useOffice, useTexts, Waiting } from '../parts';
import { importPatients, type PatientImport } from './import-patients';

/** Takes patients over from the practice software (GDT): several files at once, and for each what became of it. */
export function ImportPatientsDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const office = useOffice();
  const input = useRef<HTMLInputElement>(null);
  const [outcomes, setOutcomes] = useState<readonly PatientImport[]>([]);
  const [isReading, setReading] = useState(false);
  const take = async (files: readonly File[]) => {
    if (files.length === 0) return;
    setReading(true);
    try {
      setOutcomes(await importPatients(office, files));
    } finally {
      setReading(false);
    }
  };
  const taken = outcomes.filter(({ kind }) => kind === 'added' || kind === 'updated').length;
  const words = (outcome: PatientImport): string => {
    switch (outcome.kind) {
      case 'added':
      case 'updated':
        return t(`master.gdt.${outcome.kind}`, { name: `${outcome.patient.family}, ${outcome.patient.given}` });
      case 'unreadable':
        return t(`master.gdt.faults.${outcome.fault}`, { line: outcome.line, what: outcome.what });
      case 'failed':
        return t('master.gdt.failed', { text: outcome.text });
    }
  };
  return (
    <Dialog
      title={t('master.gdt.title')}
      onClose={onClose}
      width="wide"
      buttons={
        <>
          <Button onPress={onClose}>{t('parts.close')}</Button>
          <Button kind="primary" onPress={() => input.current?.click()} isPending={isReading}>
            {t('master.gdt.choose')}
          </Button>
        </>
      }
    >
      <p>{t('master.gdt.words')}</p>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".gdt,.001,.txt"
        aria-label={t('master.gdt.choose')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          void take(files);
        }}
      />
      {isReading ? <Waiting>{t('master.gdt.reading')}</Waiting> : null}
      {outcomes.length === 0 || isReading ? null : (
        <>
          <Notice kind={taken === outcomes.length ? 'good' : 'error'}>
            {t('master.gdt.taken', { count: outcomes.length, taken })}
          </Notice>
          <ul className="gdt-outcomes">
            {outcomes.map((outcome, index) => (
              <li key={index}>
                <StatusDot kind={outcome.kind === 'added' || outcome.kind === 'updated' ? 'good' : 'bad'} />
                <span>
                  <strong>{outcome.file}</strong> {words(outcome)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
