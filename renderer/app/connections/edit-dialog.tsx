import { useState, type ReactNode } from 'react';
import type { Connections } from '../../../electron/contract/connections';
import {
  Button,
  Dialog,
  Notice,
  obstacleWords,
  useAnnounce,
  useOffice,
  useSetup,
  useTexts,
  type FieldNote,
} from '../parts';
import type { Texts } from '../../texts';
import { checkOne, type ComponentName } from './checks';
import type { ConnectionFault, Faults, Reading } from './connection-forms';

/** The entries in which any text may stand. */
type TextEntry<Entry> = { [Name in keyof Entry]: string extends Entry[Name] ? Name : never }[keyof Entry];
type FieldName = keyof Texts['connections']['fields'];

/** What every form of a connection has in common: entries, faults beside the fields, saving, and a check right after. */
export function useConnectionForm<Entry extends Readonly<Record<keyof Entry, string | boolean>>, Value>(
  initial: Entry,
  read: (entry: Entry) => Reading<Entry, Value>,
  merge: (value: Value) => Connections,
  checks: readonly ComponentName[],
  onClose: () => void,
) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const setup = useSetup();
  const [entry, setEntry] = useState(initial);
  const [wasTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const reading = read(entry);
  const faults: Faults<Entry> = wasTried && reading.kind === 'wrong' ? reading.faults : {};
  const notes = (field: keyof Entry): FieldNote[] => {
    const fault: ConnectionFault | undefined = faults[field];
    return fault === undefined ? [] : [{ severity: 'error', text: t(`connections.wrong.${fault}`) }];
  };
  const save = async () => {
    setTried(true);
    if (reading.kind === 'wrong') return;
    setBusy(true);
    setTrouble(null);
    const connections = merge(reading.value);
    try {
      const saving = await office.saveSetup({ ...setup, connections });
      if (saving.kind === 'obstacle') {
        setTrouble(obstacleWords(t, saving));
        setBusy(false);
        return;
      }
    } catch (error) {
      setTrouble(t('parts.change.failed', { text: String(error) }));
      setBusy(false);
      return;
    }
    announce(t('connections.saved'));
    onClose();
    await Promise.all(checks.map((name) => checkOne(office, connections, name)));
  };
  return {
    entry,
    notes,
    /** What a text field for this entry has in common with all others; `label`: the word for it, where several entries have the same. */
    field: (name: TextEntry<Entry>, label: FieldName) => ({
      label: t(`connections.fields.${label}`),
      value: `${entry[name]}`,
      onChange: (value: string) => setEntry((before) => ({ ...before, [name]: value })),
      notes: notes(name),
    }),
    change: (part: Partial<Entry>) => setEntry((before) => ({ ...before, ...part })),
    dialog: { isBusy, trouble, onSave: () => void save(), onClose },
  };
}

/** The frame around a connection's form. */
export function EditDialog({
  title,
  isBusy,
  trouble,
  onSave,
  onClose,
  children,
}: {
  title: string;
  isBusy: boolean;
  /** Why it could not be saved; what was typed stays. */
  trouble: string | null;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useTexts();
  return (
    <Dialog
      title={title}
      width="wide"
      onClose={onClose}
      buttons={
        <>
          <Button onPress={onClose}>{t('parts.cancel')}</Button>
          <Button kind="primary" onPress={onSave} isPending={isBusy} shortcut="Ctrl+Enter" inDialog>
            {t('connections.saveAndCheck')}
          </Button>
        </>
      }
    >
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
      {children}
    </Dialog>
  );
}
