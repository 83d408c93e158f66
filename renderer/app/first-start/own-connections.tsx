import { useState, type ReactNode } from 'react';
import { Button, Card, TextField, useTexts, type FieldNote } from '../parts';
import { connectionsOf, type ConnectionEntries } from './own-setup';

/** Step 3 of the own practice: how to reach connector, KIM and directory; all of it may wait. */
export function OwnConnections({
  entries,
  isSaving,
  onChange,
  onBack,
  onStart,
  confirm,
  children,
}: {
  entries: ConnectionEntries;
  isSaving: boolean;
  onChange: (entries: ConnectionEntries) => void;
  onBack: () => void;
  onStart: () => void;
  /** What stands on the button that goes on. */
  confirm?: string;
  /** What else is asked here. */
  children?: ReactNode;
}) {
  const t = useTexts();
  const [wasTried, setTried] = useState(false);
  const made = connectionsOf(entries);
  const wrong = made.kind === 'wrong' ? made.fields : [];
  const notes = (key: keyof ConnectionEntries): FieldNote[] =>
    wasTried && wrong.includes(key)
      ? [{ severity: 'error', text: t(key === 'endpoint' ? 'firstStart.endpointWrong' : 'firstStart.portWrong') }]
      : [];
  const field = (
    key: keyof ConnectionEntries,
    label: string,
    span: number,
    more: { kind?: 'digits' | 'password'; placeholder?: string } = {},
  ) => (
    <TextField
      label={label}
      value={entries[key]}
      onChange={(text) => onChange({ ...entries, [key]: text })}
      notes={notes(key)}
      autoFocus={key === 'endpoint'}
      span={span}
      {...more}
    />
  );
  const start = () => {
    setTried(true);
    if (made.kind === 'connections') onStart();
  };
  return (
    <>
      <Card title={t('firstStart.connections')}>
        <p className="soft first-words">{t('firstStart.connectionsWords')}</p>
        <div className="row">
          {field('endpoint', t('firstStart.endpoint'), 6, { placeholder: 'https://192.168.1.20:443' })}
          {field('mandantId', t('firstStart.mandant'), 2)}
          {field('clientSystemId', t('firstStart.clientSystem'), 2)}
          {field('workplaceId', t('firstStart.workplace'), 2)}
        </div>
        <div className="row">
          {field('kimAddress', t('firstStart.kim'), 6, { placeholder: 'praxis@anbieter.kim.telematik' })}
          {field('password', t('firstStart.password'), 6, { kind: 'password' })}
        </div>
        <div className="row">
          {field('kimHost', t('firstStart.kimHost'), 6)}
          {field('smtpPort', t('firstStart.smtpPort'), 3, { kind: 'digits' })}
          {field('pop3Port', t('firstStart.pop3Port'), 3, { kind: 'digits' })}
        </div>
        <div className="row">
          {field('directoryHost', t('firstStart.directoryHost'), 6)}
          {field('directoryPort', t('firstStart.directoryPort'), 3, { kind: 'digits' })}
        </div>
        {children}
      </Card>
      <div className="first-buttons">
        <Button onPress={onBack}>{t('firstStart.back')}</Button>
        <Button kind="primary" onPress={start} isPending={isSaving} shortcut="Ctrl+Enter">
          {confirm ?? t('firstStart.start')}
        </Button>
      </div>
    </>
  );
}
