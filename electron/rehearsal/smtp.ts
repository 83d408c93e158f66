import { SMTPServer } from 'smtp-server';
import type { MailAccount } from '../contract/connections';
import type { Faults } from '../contract/rehearsal';
import type { Identity } from './authority';
import { openFront, type Front } from './front';
import { mayLogIn } from './login';

/** A message as it was handed to the client module, with what its envelope asks for (RFC 3461). */
export interface Submission {
  readonly recipients: readonly Recipient[];
  /** ENVID, decoded; `null` where none was given. */
  readonly envelopeId: string | null;
  /** How much of the message a report returns. */
  readonly returned: 'headers' | 'full';
  /** Byte for byte, without the dots of the transport. */
  readonly raw: Buffer;
}

export interface Recipient {
  readonly address: string;
  /** NOTIFY; without it a report on failure only is wanted (RFC 3461 section 4.1). */
  readonly notify: readonly string[];
  /** ORCPT, `null` where none was given. */
  readonly original: string | null;
}

/** The client module's SMTP side. */
export interface SmtpServer {
  readonly port: number;
  setFault(fault: Faults['smtp']): void;
  stop(): Promise<void>;
}

export interface SmtpOptions {
  readonly identity: Identity;
  /** Asked at every login: the ports are known only when all doors are open. */
  readonly account: () => MailAccount;
  readonly isRecipient: (address: string) => boolean;
  /** Takes a message over; when it resolves the message is kept. */
  readonly deliver: (submission: Submission) => Promise<void>;
}

/** KIM carries messages of up to 15 MB in the ordinary way. */
const sizeLimit = 15 * 1024 * 1024;

/** Starts the SMTP side of the KIM client module: TLS from the start, PLAIN and LOGIN, DSN. */
export async function startSmtp(options: SmtpOptions): Promise<SmtpServer> {
  let fault: Faults['smtp'] = 'none';
  // Assigned below: the protocol needs the door to reset a connection, the door needs the protocol to hand connections to.
  const door: { front: Front | null } = { front: null };

  const protocol = new SMTPServer({
    secure: true,
    secured: true,
    hideDSN: false,
    // The library would put its own in front of those in our texts.
    hideENHANCEDSTATUSCODES: true,
    disableReverseLookup: true,
    authMethods: ['PLAIN', 'LOGIN'],
    name: 'localhost',
    banner: 'KIM client module of the rehearsal world',
    size: sizeLimit,
    logger: false,
    onAuth: (auth, _session, callback) => {
      if (mayLogIn('smtp', options.account(), auth.username, auth.password)) {
        callback(null, { user: options.account().address });
      } else {
        callback(refusal(535, '5.7.8 Authentication credentials invalid'));
      }
    },
    onMailFrom: (address, _session, callback) => {
      if (address.address.toLowerCase() === options.account().address.toLowerCase()) callback();
      else callback(refusal(550, '5.7.1 Sender address is not the one logged in'));
    },
    onRcptTo: (address, _session, callback) => {
      if (fault === 'refuse-temporary') callback(refusal(450, '4.3.2 Mail service is not accepting messages now'));
      else if (options.isRecipient(address.address)) callback();
      else callback(refusal(550, '5.1.1 No such KIM address'));
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          callback(refusal(552, '5.3.4 Message too big'));
          return;
        }
        if (fault === 'no-encryption-certificate') {
          callback(refusal(451, '4.7.5 No encryption certificate for the recipient'));
          return;
        }
        if (fault === 'refuse-permanent') {
          callback(refusal(554, '5.7.1 Message refused'));
          return;
        }
        const { envelope } = session;
        const submission: Submission = {
          recipients: envelope.rcptTo.map((recipient) => ({
            address: recipient.address,
            notify: recipient.dsn?.notify ?? [],
            original: recipient.dsn?.orcpt ?? null,
          })),
          envelopeId: envelope.dsn?.envid ?? null,
          returned: envelope.dsn?.ret === 'FULL' ? 'full' : 'headers',
          raw: Buffer.concat(chunks),
        };
        options.deliver(submission).then(
          () => {
            // The message is kept, but the client never learns of it.
            if (fault === 'drop-after-data') door.front?.reset(session.remotePort);
            else callback(null, '2.0.0 Message accepted');
          },
          () => callback(refusal(451, '4.3.0 Local error in processing')),
        );
      });
    },
  });
  protocol.on('error', () => undefined);

  const front = await openFront(options.identity, (socket) => {
    protocol.server.emit('connection', socket);
  });
  door.front = front;
  return {
    port: front.port,
    setFault: (next) => {
      fault = next;
      protocol.options.hideDSN = next === 'no-dsn';
      front.setDown(next === 'down');
    },
    stop: () => front.stop(),
  };
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
