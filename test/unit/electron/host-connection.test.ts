import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { startLoopback, type Loopback } from '../../../electron/loopback/server';
import { connectHost } from '../../../renderer/app/host-connection';
import { overLine } from '../../../renderer/app/host-line';
import { cookieOf } from '../../support/line-client';
import { handlersWith } from './handlers';

afterEach(() => vi.unstubAllGlobals());

describe('the page connects', () => {
  test('to Electron’s bridge where there is one', async () => {
    const call = vi.fn(() => Promise.resolve({ kind: 'electron', version: '1', platform: 'win32' }));
    vi.stubGlobal('window', { ersatzschein: { call } });
    await expect(connectHost().host.describe({})).resolves.toMatchObject({ kind: 'electron' });
    expect(call).toHaveBeenCalledExactlyOnceWith('host', 'describe', {});
  });

  describe('else to the loopback host over its line', () => {
    let folder: string;
    let loopback: Loopback;
    let describeNow: (() => void) | null;
    let opened: number;
    const start = (port = 0) =>
      startLoopback({
        ...{ port, pageFolder: folder, log: () => undefined },
        handlers: handlersWith({
          describe: () =>
            new Promise((resolve) => {
              const now = () => resolve({ kind: 'loopback', version: '1.2.3', platform: 'test' });
              if (describeNow === null) now();
              else describeNow = now;
            }),
        }),
      });

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'page-'));
      writeFileSync(join(folder, 'index.html'), '');
      [describeNow, opened] = [null, 0];
      loopback = await start();
      let cookie = await cookieOf(loopback.url);
      const { origin } = loopback;
      // What a browser adds by itself: the cookie, the origin.
      class BrowserSocket extends WebSocket {
        constructor(address: string) {
          super(address, { headers: { cookie, origin } });
          // A browser’s socket tells of an error by its end alone.
          this.on('error', () => undefined);
          opened += 1;
        }
      }
      vi.stubGlobal('WebSocket', BrowserSocket);
      vi.stubGlobal('location', { origin });
      vi.stubGlobal('window', {});
      restart = async () => {
        await loopback.stop();
        loopback = await start(Number(new URL(origin).port));
        cookie = await cookieOf(loopback.url);
      };
    });
    let restart: () => Promise<void>;
    afterEach(async () => {
      await loopback.stop();
      rmSync(folder, { recursive: true });
    });

    test('one line for all calls', async () => {
      const host = connectHost();
      const loopbackHost = { kind: 'loopback', version: '1.2.3', platform: 'test' };
      expect(await Promise.all([host.host.describe({}), host.host.describe({})])).toEqual([loopbackHost, loopbackHost]);
      expect(await connectHost().host.describe({})).toEqual(loopbackHost);
      expect(opened).toBe(1);
    });

    test('rejects what the contract does not allow, and goes on', async () => {
      const { host } = connectHost();
      await expect(host.setInFlight({ count: -1 })).rejects.toThrow('host.setInFlight: refused');
      await expect(host.describe({})).resolves.toMatchObject({ version: '1.2.3' });
    });

    test('a call whose line is lost rejects, and the next one opens another when the host is back', async () => {
      const { host } = connectHost();
      await host.setInFlight({ count: 1 });
      describeNow = () => undefined;
      const lost = expect(host.describe({})).rejects.toThrow('host.describe: the line was lost.');
      await loopback.stop();
      await lost;
      await expect(host.describe({}), 'the host is gone').rejects.toThrow('can’t be reached');
      describeNow = null;
      await restart();
      await expect(host.describe({})).resolves.toMatchObject({ version: '1.2.3' });
    });

    test('a line that says what is no answer is given up', async () => {
      const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
      server.on('connection', (line) => line.on('message', () => line.send('{"kind":"result"}')));
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      const call = overLine(() => new WebSocket(`ws://127.0.0.1:${String(address.port)}`));
      await expect(call('host', 'describe', {})).rejects.toThrow('the line was lost');
      server.close();
    });
  });
});
