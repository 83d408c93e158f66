import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLoopback, type Loopback } from '../../../electron/loopback/server';
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
    '/call/../secret.txt',
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

  test('two lengths, or a length beside chunks (request smuggling), are no request, and no handler is reached', async () => {
    const session = await cookie();
    const head =
      `POST /call/host/setInFlight HTTP/1.1\r\nHost: ${authority()}\r\nOrigin: ${loopback.origin}\r\n` +
      `Cookie: ${session}\r\nContent-Type: application/json\r\n`;
    for (const bytes of [
      `${head}Content-Length: 11\r\nContent-Length: 12\r\n\r\n{"count":1}`,
      `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{"count":1}\r\n0\r\n\r\n`,
    ])
      expect(statusOf(await exchange(bytes))).toBe(400);
    expect(inFlight).toEqual([]);
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
    const body = JSON.stringify({ count: token });
    const answer = await exchange(
      `POST /call/host/setInFlight HTTP/1.1\r\nHost: ${authority()}\r\nOrigin: ${loopback.origin}\r\nCookie: ${session}\r\n` +
        `Connection: close\r\nContent-Type: application/json\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`,
    );
    expect(statusOf(answer)).toBe(400);
    expect(answer).not.toContain(token);
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

  test('a body that drips in is ended, and no handler is reached', async () => {
    const session = await cookie();
    const { socket, ended } = open();
    socket.write(
      `POST /call/host/setInFlight HTTP/1.1\r\nHost: ${authority()}\r\nOrigin: ${loopback.origin}\r\nCookie: ${session}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"count":1}',
    );
    const drip = setInterval(() => socket.write(' '), 40);
    expect([408, 0]).toContain(statusOf(await ended));
    clearInterval(drip);
    expect(inFlight).toEqual([]);
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
