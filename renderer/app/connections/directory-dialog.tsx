import { NumberText, TextField, useSetup, useTexts } from '../parts';
import { directoryEntry, readDirectory } from './connection-forms';
import { EditDialog, useConnectionForm } from './edit-dialog';

/** Where the insurers' KIM addresses are looked up. */
export function DirectoryDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const { connections } = useSetup();
  const { directory } = connections;
  const { field, dialog } = useConnectionForm(
    directoryEntry(directory),
    (one) => readDirectory(one, directory),
    (value) => ({ ...connections, directory: value }),
    ['directory'],
    onClose,
  );
  return (
    <EditDialog title={t('connections.component.directory')} {...dialog}>
      <div className="row">
        <TextField {...field('host', 'host')} autoFocus span={5} />
        <NumberText {...field('port', 'port')} maxLength={5} span={2} />
        <TextField {...field('baseDn', 'baseDn')} span={5} />
      </div>
      <div className="row">
        <TextField {...field('bindDn', 'bindDn')} hint={t('connections.hints.bindDn')} span={6} />
        <TextField {...field('password', 'password')} kind="password" hint={t('connections.hints.secret')} span={6} />
      </div>
      <TextField {...field('authorities', 'authorities')} kind="lines" hint={t('connections.hints.authorities')} />
    </EditDialog>
  );
}
