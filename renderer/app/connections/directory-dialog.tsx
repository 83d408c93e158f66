import { NumberText, TextField, useSetup, useTexts } from '../parts';
import { directoryEntry, readDirectory } from './connection-forms';
import { EditDialog, useConnectionForm } from './edit-dialog';

/** Where the insurers' KIM addresses are looked up. */
export function DirectoryDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const { connections } = useSetup();
  const { directory } = connections;
  const { entry, change, notes, dialog } = useConnectionForm(
    directoryEntry(directory),
    (one) => readDirectory(one, directory),
    (value) => ({ ...connections, directory: value }),
    ['directory'],
    onClose,
  );
  return (
    <EditDialog title={t('connections.component.directory')} {...dialog}>
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
