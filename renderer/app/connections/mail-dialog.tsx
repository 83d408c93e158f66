import { ChoiceGroup, NumberText, TextField, Toggle, useSetup, useTexts } from '../parts';
import { mailEntry, readMail } from './connection-forms';
import { EditDialog, useConnectionForm } from './edit-dialog';

/** The practice's KIM account: sending and mailbox. */
export function MailDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const { connections } = useSetup();
  const { mail } = connections;
  const { entry, change, notes, dialog } = useConnectionForm(
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
    <EditDialog title={t('connections.kim')} {...dialog}>
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
