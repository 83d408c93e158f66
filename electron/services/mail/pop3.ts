import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { MailAccount } from '../../contract/connections';
import { Failed, failure, networkFailure } from '../failure';
import { certificateNotAfter, connectionLost, openTcp, openTls, timedOut } from '../tls';
import { pop3UserName } from './user-name';

/** Milliseconds: to connect, between two packets of an answer, and for one whole answer however slowly it drips. */
export interface Pop3Timeouts {
  readonly connect: number;
  readonly silence: number;
  readonly answer: number;
}

export const pop3Timeouts: Pop3Timeouts = { connect: 20_000, silence: 60_000, answer: 300_000 };

/** A line longer than this, or an answer larger than its limit, is no POP3 any more. KIM allows 25 MB; base64 and slack come on top. */
const lineLimit = 16 * 1024;
const capabilitiesLimit = 1024 * 1024;
const messageLimit = 64 * 1024 * 1024;
const listLimit = 16 * 1024 * 1024;

/** The server answered `-ERR`: the connection still stands. */
export class Pop3Refusal extends Failed {}

/**
 * A POP3 client (RFC 1939, 2449, 2595) for what collecting needs: CAPA, STLS, USER and PASS, UIDL, TOP n 0, RETR, QUIT. It never deletes.
 *
 * Byte for byte: nothing is decoded but the dots at line starts. Every method rejects with `Failed` (`unreachable`, `timeout`, `tls`, `login`,
 * `refused`, `protocol`); after anything but a `Pop3Refusal` the connection is closed.
 */
export class Pop3Connection {
  private readonly input = new InputBuffer();
  private waiting: { resolve: () => void; reject: (error: Failed) => void } | null = null;
  private broken: Failed | null = null;
  /** What the server says it can (CAPA), upper case; `null`: it doesn't know the question, so everything is tried. */
  private capabilities: ReadonlySet<string> | null = null;

  private constructor(
    private socket: Socket,
    private readonly timeouts: Pop3Timeouts,
  ) {
    this.listen();
  }

  /** Connects over TLS (directly or by STLS) and logs in. */
  static async open(account: MailAccount, timeouts: Pop3Timeouts): Promise<Pop3Connection> {
    const { pop3, trust } = account;
    const server = { host: pop3.host, port: pop3.port, trust };
    const user = pop3UserName(account);
    if (/[\r\n\0]/.test(user + pop3.password))
      throw new Failed(failure('login', 'User name and password have to be one line.'));
    const socket =
      pop3.security === 'tls' ? await openTls(server, timeouts.connect) : await openTcp(server, timeouts.connect);
    const connection = new Pop3Connection(socket, timeouts);
    try {
      await connection.readStatus();
      if (pop3.security === 'starttls') await connection.startTls(() => openTls(server, timeouts.connect, socket));
      await connection.askCapabilities();
      await connection.logIn(user, pop3.password);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** The end of validity of the server's certificate, an ISO instant. */
  get notAfter(): string | null {
    return isTls(this.socket) ? certificateNotAfter(this.socket) : null;
  }

  /** Message number and unique id of everything in the mailbox. */
  async uniqueIds(): Promise<{ number: number; uid: string }[]> {
    await this.command('UIDL');
    const body = await this.readBody(listLimit);
    const lines = body.toString('latin1').split('\r\n');
    return lines
      .filter((line) => line !== '')
      .map((line) => {
        const [, number, uid] = /^(\d{1,9}) ([!-~]{1,255})\s*$/.exec(line) ?? [];
        if (number === undefined || uid === undefined) throw this.breakOff(`UIDL gave the line ${quoted(line)}`);
        return { number: Number(number), uid };
      });
  }

  /** Whether headers can be had without the message (TOP is optional in RFC 1939). */
  get hasTop(): boolean {
    return this.capabilities === null || this.capabilities.has('TOP');
  }

  /** The header block of a message, with the empty line that ends it. */
  async header(number: number): Promise<Buffer> {
    await this.command(`TOP ${number} 0`);
    // Without an empty line all of it is header: as large as a message may be.
    return this.readBody(messageLimit);
  }

  /** A whole message, byte for byte. */
  async message(number: number): Promise<Buffer> {
    await this.command(`RETR ${number}`);
    return this.readBody(messageLimit);
  }

  /** Ends the session. A server that no longer answers is not waited for. */
  quit(): void {
    if (this.broken === null) this.socket.end('QUIT\r\n');
    this.broken ??= connectionLost('The POP3 session was ended.');
    const { socket } = this;
    socket.setTimeout(2_000, () => socket.destroy());
  }

  /** Drops the connection. */
  close(): void {
    this.broken ??= connectionLost('The POP3 session was closed.');
    this.socket.destroy();
  }

  private async startTls(upgrade: () => Promise<TLSSocket>): Promise<void> {
    try {
      await this.command('STLS');
    } catch (error) {
      if (error instanceof Pop3Refusal)
        throw new Failed(failure('tls', `The POP3 server refuses STLS: ${error.failure.text}`));
      throw error;
    }
    // What came in plain before the handshake was said by nobody we know (RFC 2595).
    if (this.input.length > 0) throw this.breakOff('bytes after the answer to STLS');
    for (const event of ['data', 'error', 'close', 'timeout']) this.socket.removeAllListeners(event);
    this.socket.pause();
    this.socket = await upgrade();
    this.listen();
  }

  /** CAPA (RFC 2449), once the connection is encrypted. Without UIDL nobody could tell which messages are known. */
  private async askCapabilities(): Promise<void> {
    try {
      await this.command('CAPA');
    } catch (error) {
      if (error instanceof Pop3Refusal) return;
      throw error;
    }
    const lines = (await this.readBody(capabilitiesLimit)).toString('latin1').split('\r\n');
    this.capabilities = new Set(lines.map((line) => (line.split(' ')[0] ?? '').toUpperCase()));
    if (!this.capabilities.has('UIDL'))
      throw new Failed(
        failure('protocol', 'The POP3 server has no UIDL, so known messages can not be told from new ones.'),
      );
  }

  private async logIn(user: string, password: string): Promise<void> {
    try {
      await this.command(`USER ${user}`);
      await this.command(`PASS ${password}`);
    } catch (error) {
      if (!(error instanceof Pop3Refusal)) throw error;
      // RFC 2449 and 3206: the mailbox is in use or the server has trouble; the password may well be right.
      const code = /^\[([A-Z/-]+)\]/.exec(error.failure.text)?.[1] ?? null;
      const passing = code !== null && /^(IN-USE|SYS\/TEMP|SYS\/PERM|LOGIN-DELAY)$/.test(code);
      throw new Failed(failure(passing ? 'refused' : 'login', error.failure.text, code));
    }
  }

  private async command(line: string): Promise<string> {
    if (this.broken !== null) throw this.broken;
    if (this.input.length > 0) throw this.breakOff('bytes nobody asked for');
    this.socket.write(`${line}\r\n`);
    return this.readStatus();
  }

  private async readStatus(): Promise<string> {
    const line = (await this.read((input) => input.takeLine(lineLimit))).toString('latin1');
    if (/^\+OK( |$)/.test(line)) return line.slice(4);
    const refused = /^-ERR(?: (.*))?$/.exec(line);
    if (refused !== null) throw new Pop3Refusal(failure('refused', printable(refused[1] ?? 'no reason given')));
    throw this.breakOff(`the answer ${quoted(line)}`);
  }

  private async readBody(limit: number): Promise<Buffer> {
    return this.read((input) => input.takeBody(limit));
  }

  /** Waits until `take` finds what it looks for in what has come. */
  private async read(take: (input: InputBuffer) => Buffer | 'incomplete' | 'too-long'): Promise<Buffer> {
    const deadline = setTimeout(
      () => this.fail(timedOut('The POP3 server did not finish its answer in time.')),
      this.timeouts.answer,
    );
    try {
      for (;;) {
        const found = take(this.input);
        if (found === 'too-long') throw this.breakOff('an answer that does not end');
        if (found !== 'incomplete') return found;
        if (this.broken !== null) throw this.broken;
        await new Promise<void>((resolve, reject) => (this.waiting = { resolve, reject }));
      }
    } finally {
      clearTimeout(deadline);
    }
  }

  private listen(): void {
    const { socket } = this;
    socket.on('data', (chunk: Buffer) => {
      this.input.push(chunk);
      this.waiting?.resolve();
      this.waiting = null;
    });
    socket.on('error', (error) =>
      this.fail(new Failed(networkFailure(error) ?? failure('unreachable', error.message))),
    );
    socket.on('close', () => this.fail(connectionLost('The POP3 server closed the connection.')));
    socket.setTimeout(this.timeouts.silence, () => {
      if (this.waiting !== null) this.fail(timedOut('The POP3 server fell silent.'));
    });
  }

  private fail(error: Failed): void {
    this.broken ??= error;
    this.socket.destroy();
    this.waiting?.reject(this.broken);
    this.waiting = null;
  }

  private breakOff(what: string): Failed {
    const error = new Failed(failure('protocol', `Not POP3: ${what}.`));
    this.fail(error);
    return error;
  }
}

/** What has come in and was not taken yet. Grows by doubling and remembers how far it has searched, so that 25 MB in small packets stay linear. */
export class InputBuffer {
  private bytes = Buffer.alloc(16 * 1024);
  private start = 0;
  private end = 0;
  private searched = 0;

  get length(): number {
    return this.end - this.start;
  }

  push(chunk: Buffer): void {
    if (this.end + chunk.length > this.bytes.length) {
      const wanted = this.length + chunk.length;
      const room = wanted > this.bytes.length ? Buffer.alloc(Math.max(wanted, this.bytes.length * 2)) : this.bytes;
      this.bytes.copy(room, 0, this.start, this.end);
      this.bytes = room;
      this.searched -= this.start;
      this.end -= this.start;
      this.start = 0;
    }
    chunk.copy(this.bytes, this.end);
    this.end += chunk.length;
  }

  /** The next line without its CRLF. */
  takeLine(limit: number): Buffer | 'incomplete' | 'too-long' {
    const at = this.find(lineEnd, this.start);
    if (at === -1) return this.length > limit ? 'too-long' : 'incomplete';
    if (at - this.start > limit) return 'too-long';
    return this.take(at, lineEnd.length);
  }

  /** Everything up to the line with the single dot, dots at line starts undone. */
  takeBody(limit: number): Buffer | 'incomplete' | 'too-long' {
    if (this.length >= 3 && this.bytes.subarray(this.start, this.start + 3).equals(emptyBody))
      return this.take(this.start, emptyBody.length);
    const at = this.find(bodyEnd, this.start);
    if (at === -1) return this.length > limit ? 'too-long' : 'incomplete';
    if (at - this.start > limit) return 'too-long';
    return unstuffed(this.take(at + lineEnd.length, bodyEnd.length - lineEnd.length));
  }

  private find(mark: Buffer, from: number): number {
    const at = this.bytes.subarray(0, this.end).indexOf(mark, Math.max(from, this.searched));
    // The mark may be split over two packets: the last bytes are looked at again.
    this.searched = at === -1 ? Math.max(this.start, this.end - mark.length + 1) : this.start;
    return at;
  }

  private take(end: number, markLength: number): Buffer {
    const taken = Buffer.from(this.bytes.subarray(this.start, end));
    this.start = end + markLength;
    this.searched = this.start;
    return taken;
  }
}

const lineEnd = Buffer.from('\r\n');
const bodyEnd = Buffer.from('\r\n.\r\n');
const emptyBody = Buffer.from('.\r\n');
const stuffedDot = Buffer.from('\r\n..');
const dot = 0x2e;

/** Takes away the dot that the server put before a dot at a line's start (RFC 1939 section 3). */
function unstuffed(body: Buffer): Buffer {
  let from = body[0] === dot && body[1] === dot ? 1 : 0;
  const pieces: Buffer[] = [];
  for (let at = body.indexOf(stuffedDot, from); at !== -1; at = body.indexOf(stuffedDot, from)) {
    pieces.push(body.subarray(from, at + 3));
    from = at + 4;
  }
  pieces.push(body.subarray(from));
  return Buffer.concat(pieces);
}

function isTls(socket: Socket): socket is TLSSocket {
  return 'getPeerCertificate' in socket;
}
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);
}
function quoted(text: string): string {
  return JSON.stringify(printable(text).slice(0, 80));
}
