import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Transport } from '../contract/host';
import { RefusedCall, serve, type Handlers } from '../contract/serve';
import { describeWithoutData } from '../failure-log';
import { readPage, securityHeaders, type PageFile } from '../page';
import { texts } from '../texts';
import { readBody } from './body';
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

/** The largest argument: a print job of some hundred slips, in base64. */
export const bodyLimit = 40 * 1024 * 1024;
/** How long a sender of too much is given to read the answer before the connection ends. */
const lingerMs = 500;

/**
 * Serves the page and the contract on 127.0.0.1. Rejects where the port is taken (`EADDRINUSE`) or there is no built page.
 *
 * Who is slow or says nothing is sent away (408), so that nobody keeps the page from being served by holding connections open.
 *
 * Answers: 405 other methods, 421 another Host (DNS rebinding), 403 without session or from another origin, 404 no such file, 415 not
 * JSON, 413 too large, 400 a call the contract does not allow, 500 (no details) a failed handler.
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

  server.on('request', (request, response) => {
    answer({ request, response, authority, origin, session, page, transport, log }).catch((error: unknown) => {
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
      }),
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly authority: string;
  readonly origin: string;
  readonly session: Session;
  readonly page: ReadonlyMap<string, PageFile>;
  readonly transport: Transport;
  readonly log: (line: string) => void;
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, session } = exchange;
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  response.setHeader('Cache-Control', 'no-store');

  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const cookie = isAtHome(exchange) && path === '/' ? exchangeToken(request, query, session) : null;
  const refusal = cookie === null ? refusalOf(exchange) : null;
  if (refusal !== null) {
    refuse(exchange, refusal.status, refusal.text);
  } else if (cookie !== null || (request.method === 'GET' && path === '/' && query !== '')) {
    // A used link, opened again with the session open, simply leads to the page; the token leaves the address bar.
    response.writeHead(303, { Location: '/', ...(cookie === null ? {} : { 'Set-Cookie': cookie }) });
    response.end();
  } else if (request.method === 'POST') {
    await answerCall(exchange, path);
  } else {
    await sendFile(exchange, path);
  }
}

function exchangeToken(request: IncomingMessage, query: string, session: Session): string | null {
  const prefix = 'token=';
  return request.method === 'GET' && query.startsWith(prefix) ? session.exchange(query.slice(prefix.length)) : null;
}

/** Exactly the address we listen on: another name that resolves to 127.0.0.1 is DNS rebinding. */
function isAtHome({ request, authority }: Exchange): boolean {
  const { host = [] } = request.headersDistinct;
  return host.length === 1 && host[0] === authority;
}

/** Why a request is not even looked at; `null`: it comes from our own page. */
function refusalOf(exchange: Exchange): { status: number; text: string } | null {
  const { request, response, origin, session } = exchange;
  const method = request.method ?? '';
  if (!['GET', 'HEAD', 'POST'].includes(method)) {
    response.setHeader('Allow', 'GET, HEAD, POST');
    return { status: 405, text: texts.http.notAllowed };
  }
  if (!isAtHome(exchange)) return { status: 421, text: texts.http.wrongHost };
  if (!session.isOpen(request.headers.cookie)) return { status: 403, text: texts.http.usedLink };
  if (method === 'POST' && request.headers.origin !== origin) return { status: 403, text: texts.http.wrongOrigin };
  return null;
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

async function answerCall(exchange: Exchange, path: string): Promise<void> {
  const { request, response, transport, log } = exchange;
  const [, group, name] = /^\/call\/([a-zA-Z]{1,40})\/([a-zA-Z]{1,40})$/.exec(path) ?? [];
  if (group === undefined || name === undefined) {
    refuse(exchange, 404, texts.http.notFound);
    return;
  }
  if (!/^application\/json(;|$)/.test(request.headers['content-type'] ?? '')) {
    refuse(exchange, 415, texts.http.jsonExpected);
    return;
  }
  const body = await readBody(request, bodyLimit);
  if (body.kind === 'too-large') {
    refuse(exchange, 413, texts.http.tooLarge);
    return;
  }
  if (body.kind === 'aborted') return;

  const argument = parseJson(body.bytes);
  if (argument.kind === 'not-json') {
    sendText(response, 400, texts.http.jsonExpected);
    return;
  }
  try {
    const result = await transport(group, name, argument.value);
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(result));
  } catch (error) {
    const refused = error instanceof RefusedCall;
    log(`call ${group}.${name} ${refused ? 'refused' : 'failed'}: ${describeWithoutData(error)}`);
    sendText(response, refused ? 400 : 500, refused ? texts.refusedCall : texts.http.internal);
  }
}

function parseJson(bytes: Buffer): { kind: 'json'; value: unknown } | { kind: 'not-json' } {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return { kind: 'json', value };
  } catch {
    return { kind: 'not-json' };
  }
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(text);
}

/**
 * Refuses a request whose body, if it has one, was not read. The answer goes out whole before the connection ends: ending it at once
 * with unread bytes would reset it, and the sender might never see why.
 */
function refuse({ request, response }: Exchange, status: number, text: string): void {
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
