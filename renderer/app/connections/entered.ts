import type { Connections } from '../../../electron/contract/connections';
import { notEnteredEndpoint, notEnteredHost } from '../parts/not-entered';
import type { ComponentName } from './checks';

/** Whether anyone has entered how to reach this component. */
export function isEntered({ connector, mail, directory }: Connections, name: ComponentName): boolean {
  switch (name) {
    case 'connector':
      return connector.endpoint !== notEnteredEndpoint;
    case 'sending':
      return mail.smtp.host !== notEnteredHost;
    case 'mailbox':
      return mail.pop3.host !== notEnteredHost;
    case 'directory':
      return directory.host !== notEnteredHost;
  }
}
