import type { TLSSocket } from 'node:tls';
import type { MailAccount } from '../contract/connections';
import type { Faults } from '../contract/rehearsal';
import type { Identity } from './authority';
import { openFront } from './front';
import { mayLogIn } from './login';
import type { Mailbox, StoredMessage } from './mailbox';

/** The client module's POP3 side (RFC 1939, RFC 2449). */
export interface Pop3Server {
  readonly port: number;
  setFault(fault: Faults['pop3']): void;
  stop(): Promise<void>;
}

export interface Pop3Options {
  readonly identity: Identity;
  readonly account: () => MailAccount;
  readonly mailbox: Mailbox;
}

/** Starts the POP3 side of the KIM client module, TLS from the start. */
export async function startPop3(options: Pop3Options): Promise<Pop3Server> {
  let fault: Faults['pop3'] = 'none';
  const front = await openFront(options.identity, (socket) => {
    socket.on('error', () => undefined);
    if (fault !== 'stall') serve(socket, options, () => fault === 'stall');
  });
  return {
    port: front.port,
    setFault: (next) => {
      // What had stalled would stall for ever: its client has to come again.
      if (fault === 'stall' && next !== 'stall') front.resetAll();
      fault = next;
      front.setDown(next === 'down');
    },
    stop: () => front.stop(),
  };
}

/** RFC 2449 section 4: a command line has 255 octets at most; user names with a call context can be longer. */
const lineLimit = 1024;

function serve(socket: TLSSocket, options: Pop3Options, isStalled: () => boolean): void {
  const session = new Session(options);
  let pending = '';
  socket.write('+OK KIM client module of the rehearsal world ready\r\n');
  socket.on('data', (chunk: Buffer) => {
    if (isStalled()) return;
    pending += chunk.toString('latin1');
    for (let end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n')) {
      const line = pending.slice(0, end).replace(/\r$/, '');
      pending = pending.slice(end + 1);
      const answer = session.answer(line);
      socket.write(answer.bytes);
      if (answer.isLast) {
        socket.end();
        return;
      }
    }
    if (pending.length > lineLimit) socket.end('-ERR line too long\r\n');
  });
}

interface Answer {
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/** One POP3 session: the mailbox as it was at login, and what was marked for deletion. */
class Session {
  #user: string | null = null;
  /** `null` until somebody has logged in. */
  #messages: readonly StoredMessage[] | null = null;
  readonly #deleted = new Set<string>();

  constructor(private readonly options: Pop3Options) {}

  answer(line: string): Answer {
    const [verb = '', ...parameters] = line.split(' ');
    const command = verb.toUpperCase();
    const rest = parameters.join(' ');
    switch (command) {
      case 'CAPA':
        return lines('+OK', ['USER', 'TOP', 'UIDL', 'PIPELINING', 'RESP-CODES', 'AUTH-RESP-CODE', 'EXPIRE NEVER']);
      case 'QUIT':
        if (this.#messages !== null) this.options.mailbox.remove(this.#deleted);
        return { ...single('+OK bye'), isLast: true };
      case 'NOOP':
        return single('+OK');
    }
    return this.#messages === null
      ? this.#authorize(command, rest)
      : this.#transact(command, parameters, this.#messages);
  }

  #authorize(command: string, rest: string): Answer {
    switch (command) {
      case 'USER':
        this.#user = rest;
        return single('+OK');
      case 'PASS': {
        const isAllowed = this.#user !== null && mayLogIn('pop3', this.options.account(), this.#user, rest);
        this.#user = null;
        if (!isAllowed) return single('-ERR [AUTH] invalid user name or password');
        this.#messages = this.options.mailbox.list();
        return single(`+OK ${this.#messages.length} messages`);
      }
      default:
        return single('-ERR log in first');
    }
  }

  /** The message with this number, if it is there: a mailbox may hold thousands, and each is asked for by itself. */
  #chosen(number: string | undefined, messages: readonly StoredMessage[]): Numbered | undefined {
    const message = /^[1-9]\d{0,8}$/.test(number ?? '') ? messages[Number(number) - 1] : undefined;
    if (message === undefined || this.#deleted.has(message.uid)) return undefined;
    return { number: Number(number), message };
  }

  #transact(command: string, parameters: readonly string[], messages: readonly StoredMessage[]): Answer {
    const kept = (): Numbered[] =>
      messages
        .map((message, index) => ({ number: index + 1, message }))
        .filter((entry) => !this.#deleted.has(entry.message.uid));
    const [first, second] = parameters;
    const chosen = this.#chosen(first, messages);
    switch (command) {
      case 'STAT':
        return single(`+OK ${kept().length} ${kept().reduce((sum, entry) => sum + entry.message.raw.length, 0)}`);
      case 'LIST':
        return listing(first, chosen, kept, (entry) => `${entry.number} ${entry.message.raw.length}`);
      case 'UIDL':
        return listing(first, chosen, kept, (entry) => `${entry.number} ${entry.message.uid}`);
      case 'RETR':
        return chosen === undefined ? noSuchMessage : multiline('+OK', chosen.message.raw.toString('latin1'));
      case 'TOP': {
        if (chosen === undefined) return noSuchMessage;
        if (second === undefined || !/^\d+$/.test(second)) return single('-ERR TOP wants a number of lines');
        return multiline('+OK', top(chosen.message.raw.toString('latin1'), Number(second)));
      }
      case 'DELE':
        if (chosen === undefined) return noSuchMessage;
        this.#deleted.add(chosen.message.uid);
        return single('+OK');
      case 'RSET':
        this.#deleted.clear();
        return single('+OK');
      default:
        return single('-ERR unknown command');
    }
  }
}

interface Numbered {
  readonly number: number;
  readonly message: StoredMessage;
}

function listing(
  asked: string | undefined,
  chosen: Numbered | undefined,
  all: () => readonly Numbered[],
  format: (entry: Numbered) => string,
): Answer {
  if (asked === undefined) return lines('+OK', all().map(format));
  return chosen === undefined ? noSuchMessage : single(`+OK ${format(chosen)}`);
}

/** The header block, the empty line and so many lines of the body. */
function top(raw: string, count: number): string {
  const end = raw.indexOf('\r\n\r\n');
  if (end < 0) return raw;
  const body = raw.slice(end + 4).split('\r\n');
  const taken = body.slice(0, count).join('\r\n');
  return raw.slice(0, end + 4) + taken;
}

const single = (line: string): Answer => ({ bytes: Buffer.from(`${line}\r\n`, 'latin1'), isLast: false });
const noSuchMessage = single('-ERR no such message');
const lines = (status: string, content: readonly string[]): Answer =>
  multiline(status, content.map((line) => `${line}\r\n`).join(''));

/** A multi-line answer: lines that begin with a dot get another one, and a dot alone ends it (RFC 1939 section 3). */
function multiline(status: string, content: string): Answer {
  const stuffed = content.replace(/(^|\r\n)\./g, '$1..');
  const end = stuffed === '' || stuffed.endsWith('\r\n') ? '.\r\n' : '\r\n.\r\n';
  return single(`${status}\r\n${stuffed}${end}`.replace(/\r\n$/, ''));
}
