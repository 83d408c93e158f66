import { useState, type ReactNode } from 'react';
import { Button as AriaButton, FileTrigger } from 'react-aria-components';
import type { Connections } from '../../../electron/contract/connections';
import {
  Button,
  ChoiceGroup,
  Dialog,
  NumberText,
  TextField,
  Toggle,
  useAnnounce,
  useOffice,
  useSetup,
  useTexts,
  type FieldNote,
} from '../parts';
import { boardOf, type ComponentName } from './check-board';
import {
  connectorEntry,
  directoryEntry,
  mailEntry,
  readConnector,
  readDirectory,
  readMail,
  type ConnectionFault,
  type Faults,
  type Reading,
} from './connection-forms';

/** What every form of a connection has in common: entries, faults beside the fields, saving, and a check right after. */
function useConnectionForm<Entry extends object, Value>(
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
    const connections = merge(reading.value);
    await office.saveSetup({ ...setup, connections });
    announce(t('connections.saved'));
    onClose();
    await Promise.all(checks.map((component) => boardOf(office).check(component, connections)));
  };
  return {
    entry,
    notes,
    isBusy,
    save,
    change: (part: Partial<Entry>) => setEntry((before) => ({ ...before, ...part })),
  };
}

function EditDialog({
  title,
  isBusy,
  onSave,
  onClose,
  children,
}: {
  title: string;
  isBusy: boolean;
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
      {children}
    </Dialog>
  );
}

/** How to reach the connector. */
export function ConnectorDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const { connections } = useSetup();
  const { connector } = connections;
  const { entry, change, notes, isBusy, save } = useConnectionForm(
    connectorEntry(connector),
    (one) => readConnector(one, connector),
    (value) => ({ ...connections, connector: value }),
    ['connector'],
    onClose,
  );
  return (
    <EditDialog
      title={t('connections.components.connector')}
      isBusy={isBusy}
      onSave={() => void save()}
      onClose={onClose}
    >
      <TextField
        label={t('connections.fields.endpoint')}
        value={entry.endpoint}
        onChange={(endpoint) => change({ endpoint })}
        hint={t('connections.hints.endpoint')}
        notes={notes('endpoint')}
        autoFocus
      />
      <div className="row">
        <TextField
          label={t('connections.fields.mandantId')}
          value={entry.mandantId}
          onChange={(mandantId) => change({ mandantId })}
          notes={notes('mandantId')}
          span={3}
        />
        <TextField
          label={t('connections.fields.clientSystemId')}
          value={entry.clientSystemId}
          onChange={(clientSystemId) => change({ clientSystemId })}
          notes={notes('clientSystemId')}
          span={3}
        />
        <TextField
          label={t('connections.fields.workplaceId')}
          value={entry.workplaceId}
          onChange={(workplaceId) => change({ workplaceId })}
          notes={notes('workplaceId')}
          span={3}
        />
        <TextField
          label={t('connections.fields.userId')}
          value={entry.userId}
          onChange={(userId) => change({ userId })}
          span={3}
        />
      </div>
      <ChoiceGroup
        label={t('connections.fields.authentication')}
        choices={(['none', 'password', 'certificate', 'pkcs12'] as const).map((key) => ({
          key,
          label: t(`connections.authentications.${key}`),
        }))}
        value={entry.authentication}
        onChange={(authentication) => change({ authentication })}
      />
      {entry.authentication === 'password' ? (
        <div className="row">
          <TextField
            label={t('connections.fields.user')}
            value={entry.user}
            onChange={(user) => change({ user })}
            notes={notes('user')}
            span={6}
          />
          <TextField
            label={t('connections.fields.password')}
            kind="password"
            value={entry.password}
            onChange={(password) => change({ password })}
            hint={t('connections.hints.secret')}
            notes={notes('password')}
            span={6}
          />
        </div>
      ) : null}
      {entry.authentication === 'certificate' ? (
        <div className="row">
          <TextField
            label={t('connections.fields.certificate')}
            kind="lines"
            value={entry.certificate}
            onChange={(certificate) => change({ certificate })}
            notes={notes('certificate')}
            span={6}
          />
          <TextField
            label={t('connections.fields.key')}
            kind="lines"
            value={entry.key}
            onChange={(key) => change({ key })}
            hint={t('connections.hints.secret')}
            notes={notes('key')}
            span={6}
          />
        </div>
      ) : null}
      {entry.authentication === 'pkcs12' ? (
        <div className="row">
          <ContainerField isChosen={entry.container !== ''} onChoose={(container) => change({ container })} notes={notes('container')} />
          <TextField
            label={t('connections.fields.containerPassword')}
            kind="password"
            value={entry.password}
            onChange={(password) => change({ password })}
            hint={t('connections.hints.secret')}
            span={6}
          />
        </div>
      ) : null}
      <div className="row">
        <TextField
          label={t('connections.fields.authorities')}
          kind="lines"
          value={entry.authorities}
          onChange={(authorities) => change({ authorities })}
          hint={t('connections.hints.authorities')}
          notes={notes('authorities')}
          span={6}
        />
        <TextField
          label={t('connections.fields.cardAuthorities')}
          kind="lines"
          value={entry.cardAuthorities}
          onChange={(cardAuthorities) => change({ cardAuthorities })}
          hint={t('connections.hints.cardAuthorities')}
          notes={notes('cardAuthorities')}
          span={6}
        />
      </div>
    </EditDialog>
  );
}

/** The client certificate's file (PKCS#12). */
function ContainerField({
  isChosen,
  onChoose,
  notes,
}: {
  isChosen: boolean;
  onChoose: (container: string) => void;
  notes: readonly FieldNote[];
}) {
  const t = useTexts();
  const take = async (file: File) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    onChoose(btoa(text));
  };
  return (
    <div className="field span-6">
      <span className="label">{t('connections.fields.container')}</span>
      <FileTrigger
        acceptedFileTypes={['.p12', '.pfx']}
        onSelect={(files) => {
          const file = files?.item(0) ?? null;
          if (file !== null) void take(file);
        }}
      >
        <AriaButton className="button button-secondary button-normal">{t('connections.chooseFile')}</AriaButton>
      </FileTrigger>
      <span className="hint">{t(isChosen ? 'connections.hints.fileChosen' : 'connections.hints.secretFile')}</span>
      {notes.map(({ text }) => (
        <span key={text} className="field-message field-message-error" role="alert">
          {text}
        </span>
      ))}
    </div>
  );
}

/** The practice's KIM account: sending and mailbox. */
export function MailDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const { connections } = useSetup();
  const { mail } = connections;
  const { entry, change, notes, isBusy, save } = useConnectionForm(
    mailEntry(mail),
    (one) => readMail(one, mail),
    (value) => ({ ...connections, mail: value }),
    ['sending', 'mailbox'],
    onClose,
  );
  const server = (which: 'smtp' | 'pop3') => (
    <fieldset className="server">
      <legend>{t(`connections.servers.${which}`)}</legend>
      <div className="row">
        <TextField
          label={t('connections.fields.host')}
          value={entry[`${which}Host`]}
          onChange={(value) => change(which === 'smtp' ? { smtpHost: value } : { pop3Host: value })}
          notes={notes(`${which}Host`)}
          span={5}
        />
        <NumberText
          label={t('connections.fields.port')}
          value={entry[`${which}Port`]}
          onChange={(value) => change(which === 'smtp' ? { smtpPort: value } : { pop3Port: value })}
          notes={notes(`${which}Port`)}
          maxLength={5}
          span={2}
        />
        <ChoiceGroup
          label={t('connections.fields.security')}
          choices={[
            { key: 'tls', label: 'TLS' },
            { key: 'starttls', label: 'STARTTLS' },
          ]}
          value={entry[`${which}Security`]}
          onChange={(value) => change(which === 'smtp' ? { smtpSecurity: value } : { pop3Security: value })}
          span={5}
        />
      </div>
      <div className="row">
        <TextField
          label={t('connections.fields.password')}
          kind="password"
          value={entry[`${which}Password`]}
          onChange={(value) => change(which === 'smtp' ? { smtpPassword: value } : { pop3Password: value })}
          hint={t('connections.hints.secret')}
          span={5}
        />
        <TextField
          label={t('connections.fields.serviceHost')}
          value={entry[`${which}ServiceHost`]}
          onChange={(value) => change(which === 'smtp' ? { smtpServiceHost: value } : { pop3ServiceHost: value })}
          hint={t('connections.hints.service')}
          span={5}
        />
        <NumberText
          label={t('connections.fields.port')}
          value={entry[`${which}ServicePort`]}
          onChange={(value) => change(which === 'smtp' ? { smtpServicePort: value } : { pop3ServicePort: value })}
          notes={notes(`${which}ServicePort`)}
          maxLength={5}
          span={2}
        />
      </div>
      <Toggle
        look="box"
        label={t('connections.fields.withContext')}
        isOn={entry[`${which}WithContext`]}
        onChange={(isOn) => change(which === 'smtp' ? { smtpWithContext: isOn } : { pop3WithContext: isOn })}
      />
    </fieldset>
  );
  return (
    <EditDialog title={t('connections.kim')} isBusy={isBusy} onSave={() => void save()} onClose={onClose}>
      <TextField
        label={t('connections.fields.address')}
        value={entry.address}
        onChange={(address) => change({ address })}
        notes={notes('address')}
        autoFocus
      />
      {server('smtp')}
      {server('pop3')}
      <div className="row">
        <TextField
          label={t('connections.fields.mandantId')}
          value={entry.mandantId}
          onChange={(mandantId) => change({ mandantId })}
          notes={notes('mandantId')}
          span={3}
        />
        <TextField
          label={t('connections.fields.clientSystemId')}
          value={entry.clientSystemId}
          onChange={(clientSystemId) => change({ clientSystemId })}
          notes={notes('clientSystemId')}
          span={3}
        />
        <TextField
          label={t('connections.fields.workplaceId')}
          value={entry.workplaceId}
          onChange={(workplaceId) => change({ workplaceId })}
          notes={notes('workplaceId')}
          span={2}
        />
        <TextField
          label={t('connections.fields.userId')}
          value={entry.userId}
          onChange={(userId) => change({ userId })}
          span={2}
        />
        <TextField
          label={t('connections.fields.connectorId')}
          value={entry.connectorId}
          onChange={(connectorId) => change({ connectorId })}
          span={2}
        />
      </div>
      <TextField
        label={t('connections.fields.authorities')}
        kind="lines"
        value={entry.authorities}
        onChange={(authorities) => change({ authorities })}
        hint={t('connections.hints.authorities')}
        notes={notes('authorities')}
      />
    </EditDialog>
  );
}

/** Where the insurers' KIM addresses are looked up. */
export function DirectoryDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const { connections } = useSetup();
  const { directory } = connections;
  const { entry, change, notes, isBusy, save } = useConnectionForm(
    directoryEntry(directory),
    (one) => readDirectory(one, directory),
    (value) => ({ ...connections, directory: value }),
    ['directory'],
    onClose,
  );
  return (
    <EditDialog
      title={t('connections.components.directory')}
      isBusy={isBusy}
      onSave={() => void save()}
      onClose={onClose}
    >
      <div className="row">
        <TextField
          label={t('connections.fields.host')}
          value={entry.host}
          onChange={(host) => change({ host })}
          notes={notes('host')}
          autoFocus
          span={5}
        />
        <NumberText
          label={t('connections.fields.port')}
          value={entry.port}
          onChange={(port) => change({ port })}
          notes={notes('port')}
          maxLength={5}
          span={2}
        />
        <TextField
          label={t('connections.fields.baseDn')}
          value={entry.baseDn}
          onChange={(baseDn) => change({ baseDn })}
          notes={notes('baseDn')}
          span={5}
        />
      </div>
      <div className="row">
        <TextField
          label={t('connections.fields.bindDn')}
          value={entry.bindDn}
          onChange={(bindDn) => change({ bindDn })}
          hint={t('connections.hints.bindDn')}
          span={6}
        />
        <TextField
          label={t('connections.fields.password')}
          kind="password"
          value={entry.password}
          onChange={(password) => change({ password })}
          hint={t('connections.hints.secret')}
          span={6}
        />
      </div>
      <TextField
        label={t('connections.fields.authorities')}
        kind="lines"
        value={entry.authorities}
        onChange={(authorities) => change({ authorities })}
        hint={t('connections.hints.authorities')}
        notes={notes('authorities')}
      />
    </EditDialog>
  );
}
