import { ChoiceGroup, NumberText, TextField, Toggle, useSetup, useTexts } from '../parts';
import { mailEntry, readMail } from './connection-forms';
import { EditDialog, useConnectionForm } from './edit-dialog';

/** The practice's KIM account: sending and mailbox. */
export function MailDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const { connections } = useSetup();
  const { mail } = connections;
  const { entry, field, change, dialog } = useConnectionForm(
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
        <TextField {...field(`${which}Host`, 'host')} span={5} />
        <NumberText {...field(`${which}Port`, 'port')} maxLength={5} span={2} />
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
          {...field(`${which}Password`, 'password')}
          kind="password"
          hint={t('connections.hints.secret')}
          span={5}
        />
        <TextField {...field(`${which}ServiceHost`, 'serviceHost')} hint={t('connections.hints.service')} span={5} />
        <NumberText {...field(`${which}ServicePort`, 'port')} maxLength={5} span={2} />
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
      <TextField {...field('address', 'address')} autoFocus />
      {server('smtp')}
      {server('pop3')}
      <div className="row">
        <TextField {...field('mandantId', 'mandantId')} span={3} />
        <TextField {...field('clientSystemId', 'clientSystemId')} span={3} />
        <TextField {...field('workplaceId', 'workplaceId')} span={2} />
        <TextField {...field('userId', 'userId')} span={2} />
        <TextField {...field('connectorId', 'connectorId')} span={2} />
      </div>
      <TextField {...field('authorities', 'authorities')} kind="lines" hint={t('connections.hints.authorities')} />
    </EditDialog>
  );
}
