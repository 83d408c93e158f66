import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startLoopback } from '../../../electron/loopback/server';
import { connectHost } from '../../../renderer/app/host-connection';
import { handlersWith } from './handlers';

afterEach(() => vi.unstubAllGlobals());

describe('the page connects', () => {
  test('to Electron’s bridge where there is one', async () => {
    const call = vi.fn(() => Promise.resolve({ kind: 'electron', version: '1', platform: 'win32' }));
    vi.stubGlobal('window', { ersatzschein: { call } });
    await expect(connectHost().host.describe({})).resolves.toMatchObject({ kind: 'electron' });
    expect(call).toHaveBeenCalledExactlyOnceWith('host', 'describe', {});
  });

  test('else to the loopback host, and rejects when that refuses or is gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'page-'));
    writeFileSync(join(folder, 'index.html'), '');
    const loopback = await startLoopback({ handlers: handlersWith({}), pageFolder: folder, log: () => undefined });
    const opened = await fetch(loopback.url, { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    const real = fetch;
    // What a browser adds by itself: the address, the cookie, the origin.
    vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
      real(`${loopback.origin}${path}`, {
        ...init,
        headers: { ...Object.fromEntries(new Headers(init.headers)), cookie, origin: loopback.origin },
      }),
    );
    vi.stubGlobal('window', {});
    const host = connectHost();
    await expect(host.host.describe({})).resolves.toEqual({ kind: 'loopback', version: '1.2.3', platform: 'test' });
    await expect(host.host.setInFlight({ count: -1 })).rejects.toThrow('host.setInFlight: HTTP 400');
    await loopback.stop();
    await expect(host.host.describe({})).rejects.toThrow();
    rmSync(folder, { recursive: true });
  });
});
