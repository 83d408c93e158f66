import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lineLimit } from '../../../electron/contract/line';
import { startLoopback, type Loopback } from '../../../electron/loopback/server';
import { openLine, sayOnLine, type LineHeaders } from '../../support/line-client';
import { handlersWith } from './handlers';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}
interface Ask {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

let folder: string;
let loopback: Loopback;
let lines: string[];
let inFlight: number[];
let printed: number;
let describeNow: () => void;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loopback-'));
  const page = join(folder, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Ersatzschein</title>');
  writeFileSync(join(page, 'assets', 'index-1a2b.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'outside the page');
  symlinkSync(join(folder, 'secret.txt'), join(page, 'link.txt'));
  lines = [];
  inFlight = [];
  printed = 0;
  loopback = await startLoopback({
    pageFolder: page,
    log: (line) => lines.push(line),
    handlers: handlersWith({
      describe: () =>
        new Promise((resolve) => {
          describeNow = () => resolve({ kind: 'loopback', version: '1.2.3', platform: 'test' });
        }),
      setInFlight: ({ count }) => {
        inFlight.push(count);
        return Promise.resolve({});
      },
      printers: () => Promise.reject(new TypeError('Patientin Erika Mustermann steckt im Drucker')),
      print: ({ pdf }) => {
        printed += pdf.length;
        return Promise.resolve({ kind: 'ok', value: { jobId: '1', done: true } });
      },
    }),
  });
});

afterEach(async () => {
  await loopback.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A request with exactly these headers (fetch would set Host and Origin by itself). */
function ask({ method = 'GET', path = '/', headers = {}, body }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(loopback.origin);
    const sent = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Opens the link and returns the cookie the browser would keep. */
async function openPage(url = loopback.url): Promise<string> {
  const { pathname, search } = new URL(url);
  const answer = await ask({ path: pathname + search });
  expect(answer.status).toBe(303);
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** A line as our own page opens it, or with other headers. */
async function line(headers: LineHeaders = {}) {
  const opened = await openLine(loopback.origin, {
    cookie: await openPage(loopback.newUrl()),
    origin: loopback.origin,
    ...headers,
  });
  if (opened.kind === 'refused') throw new Error(`HTTP ${String(opened.status)}`);
  return opened.socket;
}

/** One call on a line of its own: the answer, or the code with which the line was ended. */
async function call(group: string, name: string, argument: unknown): Promise<unknown> {
  const socket = await line();
  const said = await sayOnLine(socket, JSON.stringify({ number: 7, group, name, argument }));
  socket.close();
  return typeof said === 'string' ? JSON.parse(said) : said;
}

describe('the link', () => {
  test('opens the page: its token is exchanged for a cookie no script can read and no other site can send', async () => {
    const { pathname, search } = new URL(loopback.url);
    const first = await ask({ path: pathname + search });
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(first.headers['set-cookie']?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    const cookie = first.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const page = await ask({ headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.text).toContain('<title>Ersatzschein</title>');
    expect((await ask({ headers: { cookie } })).status, 'reload').toBe(200);
  });

  test('works once', async () => {
    await openPage();
    const { pathname, search } = new URL(loopback.url);
    const second = await ask({ path: pathname + search });
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  test('opened again by the browser that has the session, leads to the page without its token', async () => {
    const cookie = await openPage();
    const { pathname, search } = new URL(loopback.url);
    const again = await ask({ path: pathname + search, headers: { cookie } });
    expect([again.status, again.headers.location]).toEqual([303, '/']);
  });

  test('is replaced by a new one, which kills the old', async () => {
    const next = loopback.newUrl();
    const old = new URL(loopback.url);
    expect((await ask({ path: old.pathname + old.search })).status).toBe(403);
    expect(await openPage(next)).not.toBe('');
  });

  test.each(['/?token=', '/?token=wrong', '/?token=0&token=1'])(
    '%s opens nothing, and the right one still works',
    async (path) => {
      expect((await ask({ path })).status).toBe(403);
      expect(await openPage()).not.toBe('');
    },
  );

  test('is not used up by a HEAD request (a link preview)', async () => {
    const { pathname, search } = new URL(loopback.url);
    expect((await ask({ method: 'HEAD', path: pathname + search })).status).toBe(403);
    expect(await openPage()).not.toBe('');
  });
});

describe('the door', () => {
  test('without the session there is nothing, not even the page', async () => {
    for (const path of ['/', '/index.html', '/assets/index-1a2b.js']) expect((await ask({ path })).status).toBe(403);
    const guessed = `ersatzschein-${new URL(loopback.origin).port}=guess`;
    expect((await ask({ headers: { cookie: guessed } })).status).toBe(403);
  });

  test.each(['localhost', 'evil.example', '127.0.0.1', '[::1]'])('another Host is refused: %s', async (name) => {
    const { port, pathname, search } = new URL(loopback.url);
    const cookie = await openPage();
    const host = name === '127.0.0.1' ? '127.0.0.1:1' : `${name}:${port}`;
    expect((await ask({ headers: { host, cookie } })).status).toBe(421);
    const token = new URL(loopback.newUrl());
    expect((await ask({ path: token.pathname + token.search, headers: { host } })).status).toBe(421);
    expect(pathname + search).not.toBe('');
  });

  test('the line is our own page’s alone: another origin, or none, gets none', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      `http://localhost:${new URL(loopback.origin).port}`,
      undefined,
    ]) {
      const cookie = await openPage(loopback.newUrl());
      const opened = await openLine(loopback.origin, { cookie, ...(origin === undefined ? {} : { origin }) });
      expect(opened).toMatchObject({ kind: 'refused', status: 403, text: 'Falsche Herkunft.' });
    }
    const cookie = await openPage(loopback.newUrl());
    expect(await openLine(loopback.origin, { cookie, origin: loopback.origin })).toMatchObject({ kind: 'open' });
  });

  test('the line needs the session and the right Host, and has one address', async () => {
    const { origin } = loopback;
    const cookie = await openPage();
    const guessed = `ersatzschein-${new URL(origin).port}=guess`;
    expect(await openLine(origin, { origin })).toMatchObject({ status: 403 });
    expect(await openLine(origin, { origin, cookie: guessed })).toMatchObject({ status: 403 });
    expect(await openLine(origin, { origin, cookie, host: 'evil.example' })).toMatchObject({ status: 421 });
    for (const path of ['/', '/line/', '/line?x', '/call', '/%6cine', '/assets/index-1a2b.js'])
      expect(await openLine(origin, { origin, cookie }, path), path).toMatchObject({ status: 404 });
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is not allowed', async (method) => {
    const answer = await ask({ method, headers: { cookie: await openPage(), origin: 'https://evil.example' } });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..\\..\\secret.txt',
    '//secret.txt',
    '/link.txt',
    '/index.html%00.js',
    '/assets',
    '/assets/',
  ])('%s is not found: only the built files are served', async (path) => {
    const answer = await ask({ path, headers: { cookie: await openPage() } });
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('outside');
  });

  test('every answer carries the security headers; built files may be kept, nothing else', async () => {
    const cookie = await openPage();
    const asset = await ask({ path: '/assets/index-1a2b.js', headers: { cookie } });
    expect(asset.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(asset.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    const refused = await ask({});
    expect(refused.headers['cache-control']).toBe('no-store');
    for (const { headers } of [asset, refused]) {
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe-inline');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    }
    const head = await ask({ method: 'HEAD', headers: { cookie } });
    expect([head.status, head.text]).toEqual([200, '']);
  });

  test('listens on 127.0.0.1 only', () => {
    expect(new URL(loopback.url).hostname).toBe('127.0.0.1');
  });

  test('a taken port is told, not worked around', async () => {
    const port = Number(new URL(loopback.origin).port);
    const second = startLoopback({ handlers: handlersWith({}), pageFolder: join(folder, 'page'), port });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('without a built page it does not start', async () => {
    await expect(startLoopback({ handlers: handlersWith({}), pageFolder: folder })).rejects.toThrow('no built page');
  });
});

describe('a call', () => {
  test('reaches its handler and brings back its result under its own number', async () => {
    expect(await call('host', 'setInFlight', { count: 3 })).toEqual({ kind: 'result', number: 7, result: {} });
    expect(inFlight).toEqual([3]);
  });

  test('that is slow holds no other one up', async () => {
    const socket = await line();
    const answers: unknown[] = [];
    const both = new Promise<void>((resolve) =>
      socket.on('message', (data: Buffer) => {
        answers.push(JSON.parse(data.toString('utf8')));
        if (answers.length === 2) resolve();
      }),
    );
    socket.send(JSON.stringify({ number: 1, group: 'host', name: 'describe', argument: {} }));
    socket.send(JSON.stringify({ number: 2, group: 'host', name: 'setInFlight', argument: { count: 1 } }));
    await vi.waitFor(() => expect(answers).toEqual([{ kind: 'result', number: 2, result: {} }]));
    describeNow();
    await both;
    expect(answers[1]).toMatchObject({ kind: 'result', number: 1 });
    socket.close();
  });

  test.each([
    ['nosuch', 'call'],
    ['host', 'nosuch'],
    ['constructor', 'name'],
    ['host', 'toString'],
  ])('that the contract does not know is refused: %s/%s', async (group, name) => {
    expect(await call(group, name, {})).toEqual({ kind: 'refused', number: 7 });
  });

  test.each([{ count: -1 }, { count: '1' }, {}, null, [], 'text'])(
    'with a bad argument is refused and reaches no handler: %j',
    async (argument) => {
      expect(await call('host', 'setInFlight', argument)).toEqual({ kind: 'refused', number: 7 });
      expect(inFlight).toEqual([]);
    },
  );

  test.each([
    ['', 1008],
    ['not json', 1008],
    ['null', 1008],
    ['{"number":1,"group":"host","name":"setInFlight"}', 1008],
    ['{"number":1,"group":"host","name":"setInFlight","argument":{"count":1}', 1008],
    ['{"number":-1,"group":"host","name":"setInFlight","argument":{"count":1}}', 1008],
    ['{"number":1,"group":"__proto__","name":"x","argument":{}}', 1008],
    ['{"number":1,"group":"host","name":"setInFlight","argument":{"count":1},"more":1}', 1008],
    [Buffer.from('{"number":1,"group":"host","name":"setInFlight","argument":{"count":1}}'), 1003],
  ])('what is none ends the line, and no handler is reached: %s', async (data, code) => {
    const socket = await line();
    expect(await sayOnLine(socket, data)).toBe(code);
    expect(inFlight).toEqual([]);
    expect(lines.join('\n')).not.toContain('count');
  });

  test('whose handler throws is answered without details, and the log has no patient data', async () => {
    expect(await call('printing', 'printers', {})).toEqual({ kind: 'failed', number: 7 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('call printing.printers failed: TypeError at ');
    expect(lines.join('\n')).not.toContain('Mustermann');
  });

  test('may carry a large print job', async () => {
    const pdf = 'A'.repeat(20 * 1024 * 1024);
    expect(await call('printing', 'print', { printerId: 'p', paper: 'A5', jobName: 'j', pdf })).toMatchObject({
      kind: 'result',
    });
    expect(printed).toBe(pdf.length);
  });

  test('of 100 MB in pieces ends the line at the limit', async () => {
    const socket = await line();
    socket.on('error', () => undefined);
    const ended = new Promise<number>((resolve) => socket.once('close', resolve));
    const piece = Buffer.alloc(1024 * 1024, 0x20);
    let sent = 0;
    while (sent < 100 * 1024 * 1024 && socket.readyState === socket.OPEN) {
      sent += piece.length;
      await new Promise<void>((resolve) => socket.send(piece, { binary: false, fin: false }, () => resolve()));
    }
    expect(await ended).toBe(1009);
    expect(sent).toBeGreaterThanOrEqual(lineLimit);
    expect(sent).toBeLessThan(100 * 1024 * 1024);
    expect(printed).toBe(0);
  });

  test('reaches nothing once the host has stopped, and the line is ended', async () => {
    const socket = await line();
    const ended = new Promise<number>((resolve) => socket.once('close', resolve));
    await loopback.stop();
    expect(await ended).toBe(1006);
  });
});
