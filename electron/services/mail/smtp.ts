import { Readable } from 'node:stream';
import SMTPConnection, {
  type SMTPConnectionCustomAuthContext,
  type SMTPConnectionSendInfo,
} from 'nodemailer/lib/smtp-connection';
import type { Failure } from '../../contract/call';
import type { MailAccount } from '../../contract/connections';
import type { Submission } from '../../contract/contract';
import { codeOf, Failed, failure, networkFailure } from '../failure';
import { certificateNotAfter, openTcp, openTls, tlsOptions } from '../tls';
import { smtpUserName } from './user-name';

/** How long each side may take, in milliseconds. `inactivity` is long: the client module signs, encrypts and hands on before it answers. */
export interface SmtpTimeouts {
  readonly connect: number;
  readonly inactivity: number;
}

/** One message for one recipient. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  /** ENVID (RFC 3461), printable ASCII, at most 100 characters. */
  readonly envelopeId: string;
}

/**
 * A logged-in SMTP connection over TLS to a server that announces DSN. Serves one message at a time.
 *
 * nodemailer drops the DSN request silently where EHLO doesn't announce it, so the announcement is read, from the login handler it offers,
 * before a login is even tried.
 */
export class SmtpSession {
  private alive = true;
  private interrupted: ((error: Error) => void) | null = null;

  private constructor(
    private readonly connection: SMTPConnection,
    readonly notAfter: () => string | null,
  ) {
    connection.on('error', (error: Error) => this.end(error));
    connection.on('end', () => this.end(new Failed(failure('unreachable', 'The mail server closed the connection.'))));
  }

  /** Connects and logs in. Rejects with `Failed`: nothing of any message has left. */
  static async open(account: MailAccount, timeouts: SmtpTimeouts): Promise<SmtpSession> {
    const { smtp, trust } = account;
    const server = { host: smtp.host, port: smtp.port, trust };
    const direct = smtp.security === 'tls';
    const options = tlsOptions(trust);
    let upgradedNotAfter: string | null = null;
    const socket = direct ? null : await openTcp(server, timeouts.connect);
    const tlsSocket = direct ? await openTls(server, timeouts.connect) : null;
    const refusal: { failure: Failure | null } = { failure: null };
    const authenticate = async (context: SMTPConnectionCustomAuthContext) => {
      try {
        await logIn(context, smtpUserName(account), smtp.password);
      } catch (error) {
        if (error instanceof Failed) refusal.failure = error.failure;
        throw error;
      }
    };
    const connection = new SMTPConnection({
      host: smtp.host,
      port: smtp.port,
      connection: tlsSocket ?? socket ?? undefined,
      secure: direct,
      secured: direct,
      requireTLS: !direct,
      tls: {
        ...options,
        checkServerIdentity: (host, certificate) => {
          const time = Date.parse(certificate.valid_to);
          upgradedNotAfter = Number.isNaN(time) ? null : new Date(time).toISOString();
          return options.checkServerIdentity?.(host, certificate);
        },
      },
      // RFC 5321 allows an address literal; the machine's name is nobody's business.
      name: '[127.0.0.1]',
      connectionTimeout: timeouts.connect,
      greetingTimeout: timeouts.connect,
      socketTimeout: timeouts.inactivity,
      customAuth: { PLAIN: authenticate },
      logger: false,
    });
    const session = new SmtpSession(connection, () =>
      tlsSocket === null ? upgradedNotAfter : certificateNotAfter(tlsSocket),
    );
    try {
      await session.step<undefined>((done) => connection.connect((error) => done(error ?? null, undefined)));
      await session.step<boolean>((done) =>
        connection.login({ type: 'custom', method: 'PLAIN', user: 'unused', pass: 'unused' }, (error) =>
          done(error, true),
        ),
      );
      return session;
    } catch (error) {
      session.close();
      throw new Failed(refusal.failure ?? failureBeforeData(error));
    }
  }

  /** Whether the connection still stands, as far as is known. */
  get isAlive(): boolean {
    return this.alive;
  }

  /** Hands one message over, with a delivery receipt requested. Never rejects; after anything but `accepted` the session should be closed. */
  async send(envelope: Envelope, message: Buffer): Promise<Submission> {
    let begun = false;
    // nodemailer reads the message only after the server's 354: reading is the exact moment from which bytes may have left.
    const source = new Readable({
      read() {
        begun = true;
        this.push(message);
        this.push(null);
      },
    });
    try {
      const info = await this.step<SMTPConnectionSendInfo | undefined>((done) =>
        this.connection.send(
          {
            from: envelope.from,
            to: [envelope.to],
            size: message.length,
            dsn: {
              ret: 'HDRS',
              envid: envelope.envelopeId,
              notify: ['SUCCESS', 'FAILURE'],
              orcpt: `rfc822;${envelope.to}`,
            },
          },
          source,
          (error, result) => done(error, result),
        ),
      );
      if (info === undefined || !source.readableEnded)
        return { kind: 'unknown', text: 'The mail server answered before it had the whole message.' };
      return { kind: 'accepted', response: info.response };
    } catch (error) {
      return submissionFrom(error, begun);
    }
  }

  /** Ends the session politely. */
  quit(): void {
    if (this.alive) this.connection.quit();
    this.alive = false;
  }

  /** Drops the connection. */
  close(): void {
    this.alive = false;
    this.connection.close();
  }

  /** nodemailer reports some failures to the callback and some as an event only: whichever comes first settles the step. */
  private step<T>(start: (done: (error: Error | null, value: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (!this.alive) {
        reject(new Failed(failure('unreachable', 'The mail server closed the connection.')));
        return;
      }
      this.interrupted = reject;
      start((error, value) => {
        this.interrupted = null;
        if (error === null) resolve(value);
        else reject(error);
      });
    });
  }

  private end(error: Error): void {
    this.alive = false;
    this.interrupted?.(error);
    this.interrupted = null;
  }
}

/** SASL PLAIN, or LOGIN where the server has no PLAIN (gematik's guide allows these two). Rejects with `Failed`: `no-dsn`, `login`, `refused`. */
async function logIn(context: SMTPConnectionCustomAuthContext, user: string, password: string): Promise<void> {
  if (!context.extensions.includes('DSN'))
    throw new Failed(failure('no-dsn', 'The mail server does not announce DSN (RFC 3461) in its answer to EHLO.'));
  const methods = context.authMethods;
  const expect = (reply: { status: number; response: string }, status: number) => {
    if (reply.status === status) return;
    const reason = reply.status >= 500 ? 'login' : reply.status >= 400 ? 'refused' : 'protocol';
    throw new Failed(failure(reason, oneLine(reply.response), reply.status === 0 ? null : String(reply.status)));
  };
  if (methods.includes('PLAIN')) {
    expect(await context.sendCommand(`AUTH PLAIN ${base64Of(`\0${user}\0${password}`)}`), 235);
  } else if (methods.includes('LOGIN')) {
    expect(await context.sendCommand('AUTH LOGIN'), 334);
    expect(await context.sendCommand(base64Of(user)), 334);
    expect(await context.sendCommand(base64Of(password)), 235);
  } else {
    throw new Failed(failure('login', 'The mail server offers neither PLAIN nor LOGIN.'));
  }
}

/** What an error during the envelope or the data means for the message. */
function submissionFrom(error: unknown, begun: boolean): Submission {
  const reply = replyOf(error);
  if (reply !== null && (reply.code.startsWith('4') || reply.code.startsWith('5')))
    return { kind: 'refused', temporary: reply.code.startsWith('4'), ...reply };
  if (begun) return { kind: 'unknown', text: messageOf(error) };
  // nodemailer compares with the SIZE the server announced before it says anything.
  if (codeOf(error) === 'EMESSAGE') return { kind: 'refused', temporary: false, code: '552', text: messageOf(error) };
  return { kind: 'not-sent', failure: failureBeforeData(error) };
}

/** The failure for an error while no byte of a message had been offered. */
function failureBeforeData(error: unknown): Failure {
  if (error instanceof Failed) return error.failure;
  const text = messageOf(error);
  const reply = replyOf(error);
  const original = originalCode(error);
  const network = original === null ? null : networkFailure(Object.assign(new Error(text), { code: original }));
  if (network !== null) return network;
  switch (codeOf(error)) {
    case 'ETLS':
      return failure('tls', text, reply?.code ?? null);
    case 'ETIMEDOUT':
      return failure('timeout', text);
    case 'EPROTOCOL':
      return reply === null ? failure('protocol', text) : failure('refused', reply.text, reply.code);
    case 'EAUTH':
      return failure('login', text, reply?.code ?? null);
    case 'ECONNECTION':
    case 'ESOCKET':
      return reply === null ? failure('unreachable', text) : failure('refused', reply.text, reply.code);
    default:
      return reply === null ? failure('protocol', text) : failure('refused', reply.text, reply.code);
  }
}

/** The server's reply that nodemailer put on its error, if one there is. */
function replyOf(error: unknown): { code: string; text: string } | null {
  if (typeof error !== 'object' || error === null) return null;
  if (!('responseCode' in error) || typeof error.responseCode !== 'number') return null;
  const response = 'response' in error && typeof error.response === 'string' ? error.response : messageOf(error);
  return { code: String(error.responseCode), text: oneLine(response) };
}

function originalCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('originalCode' in error)) return null;
  return typeof error.originalCode === 'string' ? error.originalCode : null;
}
function messageOf(error: unknown): string {
  return error instanceof Error ? oneLine(error.message) : String(error);
}
/** Servers write what they like: one line, bounded. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 500);
}
function base64Of(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
