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
 * So many connections an account has at most, as the outbox has so many messages on their way: what one of them waits for, the others use. A
 * second one is opened only while a first is logged in, so that a wrong password is tried once and locks nobody out.
 */
const mostConnections = 4;

/**
 * Submits messages, a few connections per account, one message at a time on each; messages begin in the order given.
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
        return await channel.sendWith(
          channel.opened(await SmtpSession.open(account, this.timeouts)),
          envelope,
          message,
        );
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

/** One account's connections and the queue before them. */
class Channel {
  /** Connections that wait for the next message, and when each is closed. */
  private readonly idle = new Map<SmtpSession, NodeJS.Timeout>();
  /** Connections that are logged in, idle or at work. */
  private readonly open = new Set<SmtpSession>();
  private readonly waiting: (() => void)[] = [];
  private readonly running = new Set<Promise<unknown>>();
  private closed = false;

  /** Runs work when a connection may be used for it; work begins in the order in which it came. */
  async run<T>(work: (channel: Channel) => Promise<T>): Promise<T> {
    while (this.running.size >= this.allowed()) await new Promise<void>((resolve) => this.waiting.push(resolve));
    const turn = work(this);
    // One message's failure is its own caller's business, not the next one's.
    const settled = turn.catch(() => undefined);
    this.running.add(settled);
    void settled.then(() => {
      this.running.delete(settled);
      this.letGoOn();
    });
    return turn;
  }

  /** A connection that is logged in and waits, the longest unused first; `null`: there is none. */
  take(): SmtpSession | null {
    for (const [session, timer] of this.idle) {
      clearTimeout(timer);
      this.idle.delete(session);
      if (session.isAlive) return session;
      this.open.delete(session);
    }
    return null;
  }

  /** A connection has logged in: others may now be opened beside it. */
  opened(session: SmtpSession): SmtpSession {
    this.open.add(session);
    this.letGoOn();
    return session;
  }

  async sendWith(
    session: SmtpSession,
    envelope: Parameters<SmtpSession['send']>[0],
    message: Buffer,
  ): Promise<Submission> {
    const outcome = await session.send(envelope, message);
    if (outcome.kind === 'accepted' && !this.closed) this.keep(session);
    else {
      this.open.delete(session);
      if (outcome.kind === 'accepted' || outcome.kind === 'refused') session.quit();
      else session.close();
    }
    return outcome;
  }

  async close(): Promise<void> {
    this.closed = true;
    while (this.running.size > 0) await Promise.all(this.running);
    for (let session = this.take(); session !== null; session = this.take()) session.quit();
  }

  private allowed(): number {
    return this.open.size > 0 ? mostConnections : 1;
  }

  private letGoOn(): void {
    const free = this.allowed() - this.running.size;
    for (const wake of this.waiting.splice(0, Math.max(0, free))) wake();
  }

  private keep(session: SmtpSession): void {
    const timer = setTimeout(() => {
      this.idle.delete(session);
      this.open.delete(session);
      session.quit();
    }, keepFor);
    timer.unref();
    this.idle.set(session, timer);
  }
}

/** A plain ASCII address, as KIM's are; anything else could smuggle SMTP or header syntax. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/.test(text);
}
