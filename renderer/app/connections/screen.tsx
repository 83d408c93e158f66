import './connections.css';
import { useEffect, useEffectEvent, useState } from 'react';
import { useMay } from '../access/session-context';
import { Button, Card, Notice, PageHeader, useLive, useMinute, useOffice, useSetup, useTexts } from '../parts';
import { useKept } from '../parts/kept';
import { CardsTable } from './cards-table';
import { aboutThese, checkAll, checkOne, checksOf, components, type ComponentName } from './checks';
import { ComponentRow } from './component-row';
import { ConnectorDialog } from './connector-dialog';
import { DirectoryDialog } from './directory-dialog';
import { FaultsPanel } from './faults-panel';
import { MailDialog } from './mail-dialog';
import { TrialDialog } from './trial-dialog';

/** «Verbindungen»: whether connector, directory and KIM can be used, what to do if not, and how they are reached. */
export default function ConnectionsScreen() {
  const t = useTexts();
  const office = useOffice();
  const { settings, connections } = useSetup();
  const checks = aboutThese(useKept(checksOf(office)), connections);
  const [editing, setEditing] = useState<ComponentName | null>(null);
  const [isTrying, setTrying] = useState(false);
  useMinute();
  const contacts = useLive(() => office.store.contacts());
  const isRehearsal = settings.mode === 'rehearsal';
  const mayEdit = useMay('practice-settings');
  const isFixed = isRehearsal || !mayEdit;
  const isChecking = components.some((name) => checks.components[name].kind === 'checking');
  const bad = components.filter((name) => ['failed', 'broken'].includes(checks.components[name].kind)).length;

  // Who comes here wants to know how things stand: what hasn't been asked yet is asked now.
  const askOnce = useEffectEvent(() => {
    if (components.every((name) => checks.components[name].kind === 'unchecked')) void checkAll(office, connections);
  });
  useEffect(() => askOnce(), [checks.of]);

  const close = () => setEditing(null);
  return (
    <>
      <PageHeader
        title={t('connections.title')}
        aside={
          <>
            <Button onPress={() => setTrying(true)}>{t('connections.trial.open')}</Button>
            <Button
              kind="primary"
              onPress={() => void checkAll(office, connections)}
              isPending={isChecking}
              shortcut="Alt+P"
            >
              {t('connections.checkAll')}
            </Button>
          </>
        }
      />
      <div className="connections">
        <p className="hidden" role="status">
          {isChecking ? t('connections.checking') : t('connections.summary', { count: bad })}
        </p>
        {isRehearsal ? <Notice kind="info">{t('connections.rehearsal')}</Notice> : null}
        {isRehearsal || mayEdit ? null : <p className="small soft">{t('access.may.connections')}</p>}
        <Card label={t('connections.title')} tight>
          <ul className="components">
            {components.map((name) => (
              <ComponentRow
                key={name}
                name={name}
                check={checks.components[name]}
                lastContact={contacts.kind === 'ready' ? (contacts.value[name] ?? null) : null}
                connections={connections}
                onCheck={() => void checkOne(office, connections, name)}
                onEdit={isFixed ? null : () => setEditing(name)}
              />
            ))}
          </ul>
        </Card>
        <Card title={t('connections.cards.title')} tight>
          <CardsTable cards={checks.cards} isConnectorDown={checks.components.connector.kind === 'failed'} />
        </Card>
        {isRehearsal ? <FaultsPanel /> : null}
      </div>
      {isTrying ? (
        <TrialDialog
          onEdit={
            isFixed
              ? null
              : (name) => {
                  setTrying(false);
                  setEditing(name);
                }
          }
          onClose={() => setTrying(false)}
        />
      ) : null}
      {editing === 'connector' ? <ConnectorDialog onClose={close} /> : null}
      {editing === 'sending' || editing === 'mailbox' ? <MailDialog onClose={close} /> : null}
      {editing === 'directory' ? <DirectoryDialog onClose={close} /> : null}
    </>
  );
}
