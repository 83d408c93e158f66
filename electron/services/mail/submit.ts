import { createHash } from 'node:crypto';
import type { MailAccount } from '../../contract/connections';
import type { ComponentCheck, OutgoingMail, Submission } from '../../contract/contract';
import { caught, failed, Failed, failure } from '../failure';
import { composeMail } from './compose';
import { SmtpSession, type SmtpTimeouts } from './smtp';

export const smtpTimeouts: SmtpTimeouts = { connect: 20_000, inactivity: 180_000 };

/** Milliseconds a connection is kept for the next message. Servers close idle ones after a minute or more. */
const keepFor = 10_000;

/**
 * Submits messages, one connection per account, one message at a time on it, in the order given.
 *
 * `submit` composes and hands over one message and tells what became of it (see `submissionSchema`): `not-sent` and `refused` mean that the server
 * certainly did not take it, `unknown` that the connection was lost once bytes of it had begun to leave.
 */
export class Submitter {
  private readonly channels = new Map<string, Channel>();

  constructor(private readonly timeouts: SmtpTimeouts = smtpTimeouts) {}

  async submit(account: MailAccount, mail: OutgoingMail): Promise<Submission> {
    if (!isAddress(mail.to))
      return { kind: 'refused', temporary: false, code: '553', text: `Not a mail address: ${JSON.stringify(mail.to)}` };
    if (!isAddress(account.address))
      return { kind: 'not-sent', failure: failure('login', `Not a mail address: ${JSON.stringify(account.address)}`) };
    if (!/^[!-~]{1,100}$/.test(mail.envelopeId))
      return {
        kind: 'not-sent',
        failure: failure('protocol', 'An envelope id is 1 to 100 printable ASCII characters.'),
      };
    const message = await composeMail(account.address, mail);
    const envelope = { from: account.address, to: mail.to, envelopeId: mail.envelopeId };
    return this.channel(account).run(async (channel) => {
      const kept = channel.take();
      if (kept !== null) {
        const first = await channel.sendWith(kept, envelope, message);
        // A kept connection may have been closed meanwhile: nothing has left, so a new one is as good as the first try.
        if (first.kind !== 'not-sent' || first.failure.reason !== 'unreachable') return first;
      }
      try {
        return await channel.sendWith(await SmtpSession.open(account, this.timeouts), envelope, message);
      } catch (error) {
        if (error instanceof Failed) return { kind: 'not-sent', failure: error.failure };
        throw error;
      }
    });
  }

  /** Connects, checks DSN and logs in, sends nothing. */
  async check(account: MailAccount): Promise<ComponentCheck> {
    if (!isAddress(account.address)) return failed('login', 'The KIM address is not a mail address.');
    return caught(async () => {
      const session = await SmtpSession.open(account, this.timeouts);
      const certificateNotAfter = session.notAfter();
      session.quit();
      const { host, port, security } = account.smtp;
      return {
        description: `SMTP at ${host}:${port} (${security === 'tls' ? 'TLS' : 'STARTTLS'}): login accepted, delivery receipts (DSN) announced.`,
        certificateNotAfter,
      };
    });
  }

  /** Waits for what is under way and closes every connection. */
  async close(): Promise<void> {
    await Promise.all([...this.channels.values()].map((channel) => channel.close()));
    this.channels.clear();
  }

  private channel(account: MailAccount): Channel {
    const key = createHash('sha256').update(JSON.stringify(account)).digest('hex');
    const found = this.channels.get(key);
    if (found !== undefined) return found;
    const made = new Channel();
    this.channels.set(key, made);
    return made;
  }
}

/** One account's connection and the queue before it. */
class Channel {
  private session: SmtpSession | null = null;
  private idle: NodeJS.Timeout | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;

  run<T>(work: (channel: Channel) => Promise<T>): Promise<T> {
    const turn = this.last.then(() => work(this));
    // One message's failure is its own caller's business, not the next one's.
    this.last = turn.catch(() => undefined);
    return turn;
  }

  take(): SmtpSession | null {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
    const { session } = this;
    this.session = null;
    return session?.isAlive === true ? session : null;
  }

  async sendWith(
    session: SmtpSession,
    envelope: Parameters<SmtpSession['send']>[0],
    message: Buffer,
  ): Promise<Submission> {
    const outcome = await session.send(envelope, message);
    if (outcome.kind === 'accepted' && !this.closed) this.keep(session);
    else if (outcome.kind === 'accepted' || outcome.kind === 'refused') session.quit();
    else session.close();
    return outcome;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.last;
    this.take()?.quit();
  }

  private keep(session: SmtpSession): void {
    this.session = session;
    this.idle = setTimeout(() => this.take()?.quit(), keepFor);
    this.idle.unref();
  }
}

/** A plain ASCII address, as KIM's are; anything else could smuggle SMTP or header syntax. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/.test(text);
}
