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
  const { entry, field, change, notes, dialog } = useConnectionForm(
    connectorEntry(connector),
    (one) => readConnector(one, connector),
    (value) => ({ ...connections, connector: value }),
    ['connector'],
    onClose,
  );
  return (
    <EditDialog title={t('connections.component.connector')} {...dialog}>
      <TextField {...field('endpoint', 'endpoint')} hint={t('connections.hints.endpoint')} autoFocus />
      <div className="row">
        <TextField {...field('mandantId', 'mandantId')} span={3} />
        <TextField {...field('clientSystemId', 'clientSystemId')} span={3} />
        <TextField {...field('workplaceId', 'workplaceId')} span={3} />
        <TextField {...field('userId', 'userId')} span={3} />
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
          <TextField {...field('user', 'user')} span={6} />
          <TextField {...field('password', 'password')} kind="password" hint={t('connections.hints.secret')} span={6} />
        </div>
      ) : null}
      {entry.authentication === 'certificate' ? (
        <div className="row">
          <TextField {...field('certificate', 'certificate')} kind="lines" span={6} />
          <TextField {...field('key', 'key')} kind="lines" hint={t('connections.hints.secret')} span={6} />
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
            {...field('password', 'containerPassword')}
            kind="password"
            hint={t('connections.hints.secret')}
            span={6}
          />
        </div>
      ) : null}
      <div className="row">
        <TextField
          {...field('authorities', 'authorities')}
          kind="lines"
          hint={t('connections.hints.authorities')}
          span={6}
        />
        <TextField
          {...field('cardAuthorities', 'cardAuthorities')}
          kind="lines"
          hint={t('connections.hints.cardAuthorities')}
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
