import { Button as AriaButton, FileTrigger } from 'react-aria-components';
import { toBase64 } from '../../outbox/bytes';
import { ChoiceGroup, FieldMessages, TextField, useSetup, useTexts, type FieldNote } from '../parts';
import { connectorEntry, readConnector } from './connection-forms';
import { EditDialog, useConnectionForm } from './edit-dialog';

/** How to reach the connector. */
export function ConnectorDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const { connections } = useSetup();
  const { connector } = connections;
  const { entry, change, notes, dialog } = useConnectionForm(
    connectorEntry(connector),
    (one) => readConnector(one, connector),
    (value) => ({ ...connections, connector: value }),
    ['connector'],
    onClose,
  );
  return (
    <EditDialog title={t('connections.component.connector')} {...dialog}>
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
          <ContainerField
            isChosen={entry.container !== ''}
            onChoose={(container) => change({ container })}
            notes={notes('container')}
          />
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
    onChoose(toBase64(new Uint8Array(await file.arrayBuffer())));
  };
  return (
    <div className="field span-6 file-field">
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
      <FieldMessages notes={notes} standAlone />
    </div>
  );
}
