import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { expect, test } from './fixtures';

/** A page on another port of the same machine, as another program of the practice might serve it. */
async function withForeignPage<T>(html: string, work: (origin: string) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  try {
    return await work(`http://127.0.0.1:${String(address.port)}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('a link opens the page once: in another browser it opens nothing', async ({ page, host, playwright }) => {
  await page.goto(host.url);
  const stranger = await playwright.request.newContext();
  const second = await stranger.get(host.url, { maxRedirects: 0 });
  expect(second.status()).toBe(403);
  expect(await second.text()).not.toContain('<script');
  await stranger.dispose();
});

test('another link is to be had while the host runs', async ({ page, host }) => {
  await page.goto(host.url);
  const next = await host.newUrl();
  expect(next).not.toBe(host.url);
  const answer = await page.goto(next);
  expect(answer?.status()).toBe(200);
});

test('a page of another origin can neither call, nor read, nor frame the program, though the cookie goes along', async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await withForeignPage('<!doctype html><title>foreign</title>', async (origin) => {
    await page.goto(origin);
    const outcome: unknown = await page.evaluate(async (target) => {
      const attempt = async (init: RequestInit, path: string): Promise<string> => {
        try {
          const response = await fetch(`${target}${path}`, { credentials: 'include', ...init });
          return `${response.type} ${String(response.status)}`;
        } catch {
          return 'failed';
        }
      };
      const line = (path: string) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(`${target.replace('http', 'ws')}${path}`);
          socket.onopen = () => resolve('open');
          socket.onclose = () => resolve('failed');
        });
      return {
        line: await line('/line'),
        simple: await attempt({ method: 'POST', body: '{}', mode: 'no-cors' }, '/line'),
        read: await attempt({}, '/'),
      };
    }, host.origin);
    const parsed = z.object({ line: z.string(), simple: z.string(), read: z.string() }).parse(outcome);
    expect(parsed.line, 'refused by its Origin').toBe('failed');
    expect(parsed.simple, 'blocked by Cross-Origin-Resource-Policy, or opaque').toMatch(/^(failed|opaque 0)$/);
    expect(parsed.read).toBe('failed');

    await page.setContent(`<iframe src="${host.origin}/"></iframe>`);
    const frame = page.frames().find((candidate) => candidate !== page.mainFrame());
    await expect(async () => expect(frame?.url()).not.toBe('about:blank')).toPass();
    expect(frame?.url()).toContain('chrome-error:');
  });
  // None of it reached a handler: the world was not started, and the host lives.
  expect(host.errors()).toBe('');
});

for (const hostile of [
  '/?token=%00',
  '/?token=x&next=https://evil.example',
  '//evil.example/',
  '/\\evil.example',
  '/%2e%2e/%2e%2e/etc/passwd',
]) {
  test(`a hostile address leads nowhere: ${hostile}`, async ({ page, host }) => {
    await page.goto(host.url);
    const answer = await page.goto(`${host.origin}${hostile}`);
    expect(new URL(page.url()).origin).toBe(host.origin);
    expect([200, 404]).toContain(answer?.status());
    expect(await page.content()).not.toContain('root:');
  });
}

test('the page’s own scripts can reach nothing but the host, and no string is run as code', async ({ page, host }) => {
  await page.goto(host.url);
  await withForeignPage('ok', async (origin) => {
    const outcome: unknown = await page.evaluate(async (target) => {
      const reached = await fetch(target, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      );
      const script = document.createElement('script');
      script.textContent = 'window.ranInline = true';
      document.body.append(script);
      return { reached, ranInline: 'ranInline' in window };
    }, origin);
    expect(outcome).toEqual({ reached: false, ranInline: false });
  });
});
