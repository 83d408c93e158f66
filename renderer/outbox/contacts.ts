import type { Host } from '../../electron/contract/host';

/** The components outside that certificates meet, as the connections' screen shows them. */
export type ContactedComponent = 'connector' | 'directory' | 'sending' | 'mailbox';

/**
 * The host, with somebody told whenever a component outside has answered properly: the last contact is known from the work itself, not only from tests.
 * A refusal of a component is a contact; a failure to reach it isn't.
 */
export function watchContacts(host: Host, onContact: (component: ContactedComponent) => void): Host {
  const noting =
    <A, R extends { readonly kind: string }>(component: ContactedComponent, call: (argument: A) => Promise<R>) =>
    async (argument: A): Promise<R> => {
      const result = await call(argument);
      if (result.kind === 'ok' || result.kind === 'accepted' || result.kind === 'refused') onContact(component);
      return result;
    };
  const { connector, mail, directory } = host;
  return {
    ...host,
    connector: {
      ...connector,
      sign: noting('connector', connector.sign),
      cards: noting('connector', connector.cards),
      certificates: noting('connector', connector.certificates),
      unlock: noting('connector', connector.unlock),
      startComfort: noting('connector', connector.startComfort),
      endComfort: noting('connector', connector.endComfort),
      check: noting('connector', connector.check),
    },
    mail: {
      submit: noting('sending', mail.submit),
      collect: noting('mailbox', mail.collect),
      checkSubmission: noting('sending', mail.checkSubmission),
      checkMailbox: noting('mailbox', mail.checkMailbox),
    },
    directory: {
      find: noting('directory', directory.find),
      check: noting('directory', directory.check),
    },
  };
}
