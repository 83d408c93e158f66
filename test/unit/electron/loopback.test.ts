import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bodyLimit, startLoopback, type Loopback } from '../../../electron/loopback/server';
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

async function call(group: string, name: string, argument: unknown, headers: Record<string, string> = {}) {
  return ask({
    method: 'POST',
    path: `/call/${group}/${name}`,
    headers: { cookie: await openPage(), origin: loopback.origin, 'content-type': 'application/json', ...headers },
    body: typeof argument === 'string' ? argument : JSON.stringify(argument),
  });
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

  test('a call from another origin, or from none, is refused before it is read', async () => {
    for (const origin of ['https://evil.example', 'null', `http://localhost:${new URL(loopback.origin).port}`]) {
      loopback.newUrl();
      const cookie = await openPage(loopback.newUrl());
      const headers = { cookie, origin, 'content-type': 'application/json' };
      const answer = await ask({ method: 'POST', path: '/call/host/setInFlight', headers, body: '{"count":1}' });
      expect(answer.status).toBe(403);
    }
    const cookie = await openPage(loopback.newUrl());
    const headers = { cookie, 'content-type': 'application/json' };
    const answer = await ask({ method: 'POST', path: '/call/host/setInFlight', headers, body: '{"count":1}' });
    expect(answer.status).toBe(403);
    expect(inFlight).toEqual([]);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is not allowed', async (method) => {
    const answer = await ask({ method, headers: { cookie: await openPage(), origin: 'https://evil.example' } });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD, POST');
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
  test('reaches its handler and brings back its result, never to be kept', async () => {
    const answer = await call('host', 'setInFlight', { count: 3 });
    expect([answer.status, answer.text]).toEqual([200, '{}']);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(inFlight).toEqual([3]);
  });

  test.each([
    ['nosuch', 'call'],
    ['host', 'nosuch'],
    ['constructor', 'name'],
    ['host', 'toString'],
  ])('that the contract does not know is refused: %s/%s', async (group, name) => {
    expect((await call(group, name, {})).status).toBe(400);
  });

  test.each(['/call/host', '/call/host/describe/more', '/call/__proto__/x', '/call/host/des%63ribe', '/'])(
    'to %s is not found',
    async (path) => {
      const headers = { cookie: await openPage(), origin: loopback.origin, 'content-type': 'application/json' };
      expect((await ask({ method: 'POST', path, headers, body: '{}' })).status).toBe(404);
    },
  );

  test.each([{ count: -1 }, { count: '1' }, {}, null, [], 'not json', '', '{"count":'])(
    'with a bad argument is refused and reaches no handler: %j',
    async (argument) => {
      const answer = await call('host', 'setInFlight', argument);
      expect(answer.status).toBe(400);
      expect(inFlight).toEqual([]);
    },
  );

  test('must be JSON: a form of another site can send only other types', async () => {
    const answer = await call('host', 'setInFlight', { count: 1 }, { 'content-type': 'text/plain' });
    expect(answer.status).toBe(415);
    expect(inFlight).toEqual([]);
  });

  test('whose handler throws answers 500 without details, and the log has no patient data', async () => {
    const answer = await call('printing', 'printers', {});
    expect([answer.status, answer.text]).toEqual([500, 'Interner Fehler.']);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('call printing.printers failed: TypeError at ');
    expect(lines.join('\n')).not.toContain('Mustermann');
  });

  test('may carry a large print job', async () => {
    const pdf = 'A'.repeat(20 * 1024 * 1024);
    const answer = await call('printing', 'print', { printerId: 'p', paper: 'A5', jobName: 'j', pdf });
    expect(answer.status).toBe(200);
    expect(printed).toBe(pdf.length);
  });

  test('that announces 100 MB is refused before a byte of it is read', async () => {
    const cookie = await openPage();
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(loopback.origin).port), '127.0.0.1', () => {
        socket.write(
          `POST /call/printing/print HTTP/1.1\r\nHost: ${new URL(loopback.origin).host}\r\nOrigin: ${loopback.origin}\r\n` +
            `Cookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: ${String(100 * 1024 * 1024)}\r\n\r\n`,
        );
      });
      let text = '';
      socket.setEncoding('utf8');
      socket.on('data', (chunk: string) => (text += chunk));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('Connection: close');
  });

  test('of 100 MB without a length is cut off at the limit', async () => {
    const cookie = await openPage();
    const total = 100 * 1024 * 1024;
    let written = 0;
    const status = await new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(loopback.origin);
      const headers = { cookie, origin: loopback.origin, 'content-type': 'application/json' };
      const sent = request(
        { hostname, port, method: 'POST', path: '/call/printing/print', headers, agent: false },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.on('error', reject);
      const block = Buffer.alloc(1024 * 1024, 0x20);
      const write = (): void => {
        while (written < total) {
          written += block.length;
          if (!sent.write(block)) {
            sent.once('drain', write);
            return;
          }
        }
        sent.end();
      };
      write();
    });
    expect(status).toBe(413);
    expect(written).toBeGreaterThan(bodyLimit);
    expect(written).toBeLessThan(total);
    expect(printed).toBe(0);
  });
});
