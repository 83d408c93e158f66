import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLoopback, type Loopback } from '../../../electron/loopback/server';
import { openLine, sayOnLine } from '../../support/line-client';
import { handlersWith } from './handlers';

// What a browser would never send: bytes on a socket.

let folder: string;
let loopback: Loopback;
let lines: string[];
let inFlight: number[];
let sockets: Socket[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loopback-hostile-'));
  const page = join(folder, 'page');
  mkdirSync(page);
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Ersatzschein</title>');
  writeFileSync(join(folder, 'secret.txt'), 'outside the page');
  [lines, inFlight, sockets] = [[], [], []];
  loopback = await startLoopback({
    pageFolder: page,
    log: (line) => lines.push(line),
    limits: { headers: 300, request: 600, lookEvery: 50, connections: 16 },
    handlers: handlersWith({
      setInFlight: ({ count }) => {
        inFlight.push(count);
        return Promise.resolve({});
      },
    }),
  });
});

afterEach(async () => {
  sockets.forEach((socket) => socket.destroy());
  await loopback.stop();
  rmSync(folder, { recursive: true, force: true });
});

const authority = () => new URL(loopback.origin).host;

function open(): { socket: Socket; ended: Promise<string> } {
  const socket = connect(Number(new URL(loopback.origin).port), '127.0.0.1');
  sockets.push(socket);
  socket.setEncoding('latin1');
  let text = '';
  socket.on('data', (chunk: string) => (text += chunk));
  const ended = new Promise<string>((resolve) => {
    // Reset or ended: either way it is over, and what came is what there is.
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
  });
  return { socket, ended };
}

/** Sends these bytes and returns everything that came until the connection ended. */
async function exchange(bytes: string): Promise<string> {
  const { socket, ended } = open();
  socket.write(bytes, 'latin1');
  return ended;
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.[01] (\d{3}) /.exec(answer)?.[1] ?? 0);

/** Opens the page with a fresh link and returns the session's cookie. */
async function cookie(): Promise<string> {
  const { pathname, search } = new URL(loopback.newUrl());
  const answer = await exchange(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: ${authority()}\r\nConnection: close\r\n\r\n`,
  );
  expect(statusOf(answer)).toBe(303);
  return /set-cookie: ([^;]+);/i.exec(answer)?.[1] ?? '';
}

async function get(target: string, head = `Host: ${authority()}`): Promise<string> {
  return exchange(`GET ${target} HTTP/1.1\r\n${head}\r\nCookie: ${await cookie()}\r\nConnection: close\r\n\r\n`);
}

/** The request with which our own page asks for the line. */
async function lineRequest(): Promise<string> {
  return (
    `GET /line HTTP/1.1\r\nHost: ${authority()}\r\nOrigin: ${loopback.origin}\r\nCookie: ${await cookie()}\r\nUpgrade: websocket\r\n` +
    'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'
  );
}

/** Sends these bytes on an open line. Returns the status of the handshake and the code of the frame that ended the line (0: none came). */
async function onLine(bytes: readonly number[]): Promise<{ status: number; closedWith: number }> {
  const { socket, ended } = open();
  socket.write(await lineRequest(), 'latin1');
  await new Promise((resolve) => socket.once('data', resolve));
  socket.write(Buffer.from(bytes));
  // The host waits for us to say good-bye too; we don't.
  setTimeout(() => socket.destroy(), 200);
  const answer = await ended;
  const frame = Buffer.from(answer.slice(answer.indexOf('\r\n\r\n') + 4), 'latin1');
  return { status: statusOf(answer), closedWith: frame[0] === 0x88 ? frame.readUInt16BE(2) : 0 };
}

describe('bytes that no browser sends', () => {
  test.each([
    '/%252e%252e/secret.txt',
    '/..%5csecret.txt',
    '/..%5Csecret.txt',
    '\\..\\secret.txt',
    '/\\..\\secret.txt',
    '/..;/secret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/%u002e%u002e/secret.txt',
    '/.%00./secret.txt',
    '/%00',
    '/index.html%00.txt',
    'file:///etc/passwd',
    '//127.0.0.1/../secret.txt',
    '/line/../secret.txt',
  ])('%s leads nowhere', async (target) => {
    const answer = await get(target);
    expect([400, 404]).toContain(statusOf(answer));
    expect(answer).not.toContain('outside the page');
  });

  test('a NUL byte in the target, or another control character in a header, is no request', async () => {
    for (const bytes of [
      `GET /\0secret HTTP/1.1\r\nHost: ${authority()}\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: ${authority()}\r\nX-A: a\0b\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: ${authority()}\r\nX-A : b\r\n\r\n`,
    ])
      expect(statusOf(await exchange(bytes))).toBe(400);
  });

  test('HTTP/1.0 or 1.1 without a Host, two Hosts, or the address of another site as the target: nothing is served', async () => {
    const session = await cookie();
    const without = `GET / HTTP/1.0\r\nCookie: ${session}\r\n\r\n`;
    expect(statusOf(await exchange(without))).toBe(421);
    expect(statusOf(await exchange(`GET / HTTP/1.1\r\nCookie: ${session}\r\n\r\n`))).toBe(400);
    expect(statusOf(await get('/', `Host: ${authority()}\r\nHost: evil.example`))).toBe(421);
    expect(statusOf(await get('/', 'Host: evil.example'))).toBe(421);
    expect(statusOf(await get('http://evil.example/'))).toBe(404);
    // The right one, by the oldest protocol that has it.
    const right = `GET / HTTP/1.0\r\nHost: ${authority()}\r\nCookie: ${session}\r\n\r\n`;
    expect(await exchange(right)).toContain('<title>Ersatzschein</title>');
  });

  test('two lengths, or a length beside chunks (request smuggling), are no request, and what is smuggled opens no line', async () => {
    const session = await cookie();
    const head = `GET / HTTP/1.1\r\nHost: ${authority()}\r\nCookie: ${session}\r\n`;
    const smuggled = await lineRequest();
    for (const bytes of [
      `${head}Content-Length: 11\r\nContent-Length: 12\r\n\r\n${smuggled}`,
      `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n${smuggled}\r\n0\r\n\r\n`,
    ]) {
      const answer = await exchange(bytes);
      expect(statusOf(answer)).toBe(400);
      expect(answer).not.toContain('101 Switching Protocols');
    }
  });

  test('a body that nobody asked for is refused with its method, and not read', async () => {
    const session = await cookie();
    const head =
      `POST /line HTTP/1.1\r\nHost: ${authority()}\r\nOrigin: ${loopback.origin}\r\nCookie: ${session}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${String(100 * 1024 * 1024)}\r\n\r\n{`;
    const answer = await exchange(head);
    expect(statusOf(answer)).toBe(405);
    expect(answer).toContain('Connection: close');
  });

  test('a line that announces 100 MB is ended before a byte of it is read', async () => {
    // The head of one frame of 100 MB (RFC 6455, section 5.2), and nothing behind it.
    const answer = await onLine([0x81, 0xff, 0, 0, 0, 0, 0x06, 0x40, 0, 0, 1, 2, 3, 4]);
    expect(answer).toEqual({ status: 101, closedWith: 1009 });
  });

  test.each([
    ['not masked', [0x81, 0x02, 0x7b, 0x7d]],
    ['with reserved bits', [0xf1, 0x82, 1, 2, 3, 4, 0x7a, 0x7f]],
    ['of a kind that there isn’t', [0x83, 0x82, 1, 2, 3, 4, 0x7a, 0x7f]],
    ['going on with nothing', [0x80, 0x82, 1, 2, 3, 4, 0x7a, 0x7f]],
  ])('a frame %s ends the line with «protocol error», and no handler is reached', async (_, bytes) => {
    expect(await onLine(bytes)).toEqual({ status: 101, closedWith: 1002 });
    expect(inFlight).toEqual([]);
  });

  test('a text that is not UTF-8 ends the line', async () => {
    expect(await onLine([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28])).toEqual({ status: 101, closedWith: 1007 });
  });

  test('a head of 64 kB is cut off', async () => {
    const answer = await get('/', `Host: ${authority()}\r\nX-Long: ${'a'.repeat(64 * 1024)}`);
    expect([431, 0]).toContain(statusOf(answer));
  });

  test('the token stands in no line of the log, whatever comes with it', async () => {
    const { search } = new URL(loopback.newUrl());
    const token = search.slice('?token='.length);
    await exchange(`GET /${search} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`);
    await exchange(
      `POST /${search} HTTP/1.1\r\nHost: ${authority()}\r\nReferer: ${token}\r\nContent-Length: 0\r\n\r\n`,
    );
    const session = await cookie();
    const said = await openLine(loopback.origin, { cookie: session, origin: loopback.origin });
    if (said.kind === 'refused') throw new Error(String(said.status));
    const answer = await sayOnLine(
      said.socket,
      JSON.stringify({ number: 1, group: 'host', name: 'setInFlight', argument: { count: token } }),
    );
    expect(answer).toBe('{"kind":"refused","number":1}');
    said.socket.close();
    expect(lines.join('\n')).not.toContain(token);
    expect(lines.join('\n')).not.toContain(session.split('=')[1]);
  });
});

describe('who holds connections open', () => {
  test('a request that drips in byte by byte is ended, and others are served meanwhile', async () => {
    const session = await cookie();
    const { socket, ended } = open();
    socket.write('GET / HTTP/1.1\r\n');
    const drip = setInterval(() => socket.write('X-A: b\r\n'), 40);
    const answer = await exchange(
      `GET / HTTP/1.1\r\nHost: ${authority()}\r\nCookie: ${session}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain('<title>Ersatzschein</title>');
    expect([408, 0]).toContain(statusOf(await ended));
    clearInterval(drip);
  });

  test('a line that is asked for byte by byte is ended', async () => {
    const request = await lineRequest();
    const { socket, ended } = open();
    let at = 0;
    const drip = setInterval(() => socket.write(request.slice(at, (at += 1))), 40);
    expect([408, 0]).toContain(statusOf(await ended));
    clearInterval(drip);
  });

  test('a line that rests outlives every limit of a request', async () => {
    const opened = await openLine(loopback.origin, { cookie: await cookie(), origin: loopback.origin });
    if (opened.kind === 'refused') throw new Error(String(opened.status));
    await new Promise((resolve) => setTimeout(resolve, 900));
    const call = JSON.stringify({ number: 1, group: 'host', name: 'setInFlight', argument: { count: 2 } });
    expect(await sayOnLine(opened.socket, call)).toBe('{"kind":"result","number":1,"result":{}}');
    opened.socket.close();
  });

  test('a hundred connections that say nothing are sent away, and the page is served again', async () => {
    const session = await cookie();
    const silent = Array.from({ length: 100 }, open);
    await Promise.all(silent.map(({ ended }) => ended));
    const answer = await exchange(
      `GET / HTTP/1.1\r\nHost: ${authority()}\r\nCookie: ${session}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain('<title>Ersatzschein</title>');
  });
});
