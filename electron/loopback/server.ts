import { createReadStream } from 'node:fs';
import { createServer, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { serve, type Handlers } from '../contract/serve';
import { linePath } from '../contract/line';
import { describeWithoutData } from '../failure-log';
import { readPage, securityHeaders, type PageFile } from '../page';
import { texts } from '../texts';
import { createLines } from './line';
import { createSession, type Session } from './session';

export interface LoopbackOptions {
  readonly handlers: Handlers;
  /** Folder of the built page, with `index.html`. */
  readonly pageFolder: string;
  /** 0 or left out: any free port. */
  readonly port?: number;
  /** Gets one line for each call that failed; never patient data. */
  readonly log?: (line: string) => void;
  /** Other limits than the usual ones, for tests. */
  readonly limits?: Limits;
}

/** How long a client may take, and how many there may be. Milliseconds. */
export interface Limits {
  /** From connecting to the last header: also who connects and says nothing is sent away. */
  readonly headers: number;
  /** From connecting to the last byte of the body. */
  readonly request: number;
  /** So often it is looked who is over their time. */
  readonly lookEvery: number;
  /** Connections at a time; a browser holds six. More are closed at once. */
  readonly connections: number;
}

const usualLimits: Limits = { headers: 10_000, request: 60_000, lookEvery: 2_000, connections: 128 };

export interface Loopback {
  readonly origin: string;
  /** The address to open, with a one-time token. */
  readonly url: string;
  /** Another address to open: the one before no longer works. */
  newUrl(): string;
  /** Ends all connections and closes the port. */
  stop(): Promise<void>;
}

/** How long a sender of too much is given to read the answer before the connection ends. */
const lingerMs = 500;

/**
 * Serves the page over HTTP and the contract over the line (`line.ts`), on 127.0.0.1. Rejects where the port is taken (`EADDRINUSE`) or there is
 * no built page.
 *
 * Who is slow or says nothing is sent away (408), so that nobody keeps the page from being served by holding connections open.
 *
 * Answers: 405 other methods than GET and HEAD, 421 another Host (DNS rebinding), 403 without session, and for the line from another origin or
 * from none, 404 no such file, 500 (no details) a fault of our own.
 */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const page = readPage(options.pageFolder);
  const transport = serve(options.handlers);
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));

  const limits = options.limits ?? usualLimits;
  const server = createServer({
    headersTimeout: limits.headers,
    requestTimeout: limits.request,
    connectionsCheckingInterval: limits.lookEvery,
  });
  server.maxConnections = limits.connections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const authority = `127.0.0.1:${String(address.port)}`;
  const origin = `http://${authority}`;
  const session = createSession(address.port);

  const lines = createLines(transport, log);
  server.on('upgrade', (request, socket, head) => {
    // Whoever is refused may hang up while they are told.
    socket.on('error', () => undefined);
    const refusal = refusalOfLine({ request, authority, session }, origin);
    if (refusal === null) lines.accept(request, socket, head);
    else refuseLine(socket, refusal);
  });
  server.on('request', (request, response) => {
    answer({ request, response, authority, session, page }).catch((error: unknown) => {
      log(`loopback: ${describeWithoutData(error)}`);
      if (!response.headersSent) sendText(response, 500, texts.http.internal);
      else response.destroy();
    });
  });

  const newUrl = (): string => `${origin}/?token=${session.issueToken()}`;
  return {
    origin,
    url: newUrl(),
    newUrl,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        lines.stop();
      }),
  };
}

/** A request at the door. */
interface Knock {
  readonly request: IncomingMessage;
  readonly authority: string;
  readonly session: Session;
}
interface Exchange extends Knock {
  readonly response: ServerResponse;
  readonly page: ReadonlyMap<string, PageFile>;
}
interface Refusal {
  readonly status: number;
  readonly text: string;
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, session } = exchange;
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  response.setHeader('Cache-Control', 'no-store');

  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const cookie = isAtHome(exchange) && path === '/' ? exchangeToken(request, query, session) : null;
  const refusal = cookie === null ? refusalOf(exchange) : null;
  if (refusal !== null) {
    if (refusal.status === 405) response.setHeader('Allow', 'GET, HEAD');
    refuse(exchange, refusal);
  } else if (cookie !== null || (request.method === 'GET' && path === '/' && query !== '')) {
    // A used link, opened again with the session open, simply leads to the page; the token leaves the address bar.
    response.writeHead(303, { Location: '/', ...(cookie === null ? {} : { 'Set-Cookie': cookie }) });
    response.end();
  } else {
    await sendFile(exchange, path);
  }
}

function exchangeToken(request: IncomingMessage, query: string, session: Session): string | null {
  const prefix = 'token=';
  return request.method === 'GET' && query.startsWith(prefix) ? session.exchange(query.slice(prefix.length)) : null;
}

/** Exactly the address we listen on: another name that resolves to 127.0.0.1 is DNS rebinding. */
function isAtHome({ request, authority }: Knock): boolean {
  const { host = [] } = request.headersDistinct;
  return host.length === 1 && host[0] === authority;
}

/** Why a request is not even looked at; `null`: it comes from the browser that has the session. */
function refusalOf(knock: Knock): Refusal | null {
  const { request, session } = knock;
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, text: texts.http.notAllowed };
  if (!isAtHome(knock)) return { status: 421, text: texts.http.wrongHost };
  if (!session.isOpen(request.headers.cookie)) return { status: 403, text: texts.http.usedLink };
  return null;
}

/** The same for a line, which our own page alone may have: a browser lets any page ask for one, and sends the cookie along. */
function refusalOfLine(knock: Knock, origin: string): Refusal | null {
  const { url, method, headersDistinct } = knock.request;
  const refusal = refusalOf(knock);
  if (refusal !== null) return refusal;
  if (method !== 'GET' || url !== linePath) return { status: 404, text: texts.http.notFound };
  const { origin: origins = [] } = headersDistinct;
  return origins.length === 1 && origins[0] === origin ? null : { status: 403, text: texts.http.wrongOrigin };
}

function refuseLine(socket: Duplex, { status, text }: Refusal): void {
  const body = Buffer.from(text);
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    ...Object.entries(securityHeaders).map(([name, value]) => `${name}: ${value}`),
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${String(body.length)}`,
    'Connection: close',
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]), () => socket.destroy());
}

async function sendFile({ request, response, page }: Exchange, path: string): Promise<void> {
  const file = page.get(path);
  if (file === undefined) {
    sendText(response, 404, texts.http.notFound);
    return;
  }
  response.setHeader('Content-Type', file.type);
  response.setHeader('Cache-Control', file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache');
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const stream = createReadStream(file.path);
    stream.once('error', reject);
    response.once('close', () => {
      stream.destroy();
      resolve();
    });
    stream.pipe(response);
  });
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(text);
}

/**
 * Refuses a request whose body, if it has one, was not read. The answer goes out whole before the connection ends: ending it at once
 * with unread bytes would reset it, and the sender might never see why.
 */
function refuse({ request, response }: Exchange, { status, text }: Refusal): void {
  const bytes = Buffer.from(text);
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  if (!hasBody || request.complete) {
    sendText(response, status, text);
    return;
  }
  request.pause();
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': bytes.length,
    Connection: 'close',
  });
  response.write(bytes);
  const timer = setTimeout(() => request.socket.destroy(), lingerMs);
  request.socket.once('close', () => clearTimeout(timer));
}
