import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFakeElectron, FakeWebContents, FakeWindow } from './electron-mock';
import { handlersWith } from './handlers';

let electron: ReturnType<typeof createFakeElectron>;
let dist: string;
let lines: string[];
let inFlight: number[];
let stops: number;

/** What the test runs in: the shell's modules, loaded anew on a fresh fake Electron. */
async function startShell(): Promise<FakeWindow> {
  const { runShell } = await import('../../../electron/shell/life-cycle');
  runShell({
    distFolder: dist,
    log: (line) => lines.push(line),
    stop: () => {
      stops += 1;
      return Promise.resolve();
    },
    createHandlers: (onInFlight) =>
      handlersWith({
        describe: () => Promise.resolve({ kind: 'electron', version: '1.2.3', platform: 'test' }),
        setInFlight: ({ count }) => {
          inFlight.push(count);
          onInFlight(count);
          return Promise.resolve({});
        },
        printers: () => Promise.reject(new TypeError('Patientin Erika Mustermann steckt im Drucker')),
      }),
  });
  await vi.waitFor(() => expect(FakeWindow.made[0]?.webContents.mainFrame.url).toBe('app://ersatzschein/'));
  const [window] = FakeWindow.made;
  if (window === undefined) throw new Error('No window.');
  return window;
}

beforeEach(() => {
  electron = createFakeElectron();
  vi.resetModules();
  vi.doMock('electron', () => electron);
  dist = mkdtempSync(join(tmpdir(), 'shell-'));
  for (const [folder, name] of [
    ['page', 'index.html'],
    ['print', 'print.html'],
  ] as const) {
    mkdirSync(join(dist, folder));
    writeFileSync(join(dist, folder, name), `<!doctype html><title>${folder}</title>`);
  }
  writeFileSync(join(dist, 'secret.txt'), 'outside the page');
  lines = [];
  inFlight = [];
  stops = 0;
});
afterEach(() => {
  vi.doUnmock('electron');
  rmSync(dist, { recursive: true, force: true });
});

describe('a call over IPC', () => {
  const send = (sender: unknown, senderFrame: unknown, ...message: unknown[]): Promise<unknown> =>
    Promise.resolve(electron.ipcMain.run('ersatzschein:call', { sender, senderFrame }, ...message));

  test('from the page reaches its handler', async () => {
    const { webContents } = await startShell();
    await expect(send(webContents, webContents.mainFrame, 'host', 'describe', {})).resolves.toEqual({
      kind: 'electron',
      version: '1.2.3',
      platform: 'test',
    });
  });

  test('from a foreign sender, frame or address is refused and reaches no handler', async () => {
    const { webContents } = await startShell();
    const argument = ['host', 'setInFlight', { count: 1 }];
    const ownAddress = { url: 'app://ersatzschein/' };
    await expect(send(new FakeWebContents(), ownAddress, ...argument)).rejects.toThrow('Aufruf nicht erlaubt.');
    await expect(send(webContents, ownAddress, ...argument), 'a subframe').rejects.toThrow('Aufruf nicht erlaubt.');
    await expect(send(webContents, null, ...argument), 'a frame that is gone').rejects.toThrow('Aufruf nicht erlaubt.');
    for (const url of [
      'https://evil.example/',
      'app://evil/',
      'app://ersatzschein.evil/',
      'app://ersatzschein@evil/',
      'file:///etc/passwd',
      'about:blank',
      '',
    ]) {
      webContents.mainFrame.url = url;
      await expect(send(webContents, webContents.mainFrame, ...argument), url).rejects.toThrow('Aufruf nicht erlaubt.');
    }
    expect(inFlight).toEqual([]);
  });

  test.each([
    [['host', 'setInFlight', { count: -1 }]],
    [['host', 'setInFlight', { count: 'many' }]],
    [['host', 'setInFlight']],
    [['host', 'nosuch', {}]],
    [['constructor', 'name', {}]],
    [['host', 'toString', {}]],
    [[1, 2, 3]],
    [[]],
    [['host', 'setInFlight', { count: 1 }, 'more']],
  ])('that the contract does not allow is refused: %j', async (message) => {
    const { webContents } = await startShell();
    await expect(send(webContents, webContents.mainFrame, ...message)).rejects.toThrow('Aufruf nicht erlaubt.');
    expect(inFlight).toEqual([]);
    expect(lines).toHaveLength(1);
  });

  test('whose handler throws tells the page nothing, and the log has no patient data', async () => {
    const { webContents } = await startShell();
    await expect(send(webContents, webContents.mainFrame, 'printing', 'printers', {})).rejects.toThrow(
      'Interner Fehler.',
    );
    expect(lines[0]).toContain('call printing.printers failed: TypeError at ');
    expect(lines.join('\n')).not.toContain('Mustermann');
  });

  test('is no longer served when the window is gone', async () => {
    const window = await startShell();
    window.emit('closed');
    expect(electron.ipcMain.handlers.size).toBe(0);
  });
});

describe('the window', () => {
  test('is isolated: sandbox and context isolation on, Node off, timers not throttled', async () => {
    const { options } = await startShell();
    expect(electron.app.sandboxed).toBe(true);
    expect(options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      backgroundThrottling: false,
      devTools: false,
      preload: join(dist, 'electron', 'preload.cjs'),
    });
  });

  test('opens no other window, navigates nowhere, embeds nothing', async () => {
    const { webContents } = await startShell();
    expect(webContents.windowOpen?.({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
    expect(webContents.windowOpen?.({ url: 'app://ersatzschein/' })).toEqual({ action: 'deny' });
    for (const name of ['will-frame-navigate', 'will-redirect']) {
      const allowed = (url: string): boolean => {
        const event = { url, preventDefault: vi.fn() };
        webContents.emit(name, event);
        return event.preventDefault.mock.calls.length === 0;
      };
      expect(allowed('app://ersatzschein/')).toBe(true);
      for (const url of [
        'https://evil.example/',
        'file:///etc/passwd',
        'app://evil/',
        'data:text/html,x',
        'javascript:1',
      ]) {
        expect(allowed(url), url).toBe(false);
      }
    }
    const webview = { preventDefault: vi.fn() };
    webContents.emit('will-attach-webview', webview);
    expect(webview.preventDefault).toHaveBeenCalledOnce();
  });

  test('asks before closing while certificates are in flight', async () => {
    const window = await startShell();
    const close = (): boolean => {
      const event = { preventDefault: vi.fn() };
      window.emit('close', event);
      return event.preventDefault.mock.calls.length === 0;
    };
    const tell = (count: number): Promise<unknown> =>
      Promise.resolve(
        electron.ipcMain.run(
          'ersatzschein:call',
          { sender: window.webContents, senderFrame: window.webContents.mainFrame },
          'host',
          'setInFlight',
          { count },
        ),
      );
    await tell(3);
    expect(electron.blockers.size, 'the machine stays awake').toBe(1);
    electron.answers.next = 0;
    expect(close()).toBe(false);
    expect(close(), 'asked once, not twice').toBe(false);
    expect(electron.dialogs).toHaveLength(1);
    expect(electron.dialogs[0]).toMatchObject({
      message: '3 Bescheinigungen sind noch unterwegs.',
      defaultId: 0,
      cancelId: 0,
    });
    await vi.waitFor(() => expect(electron.app.quits).toBe(0));

    electron.answers.next = 1;
    expect(close()).toBe(false);
    await vi.waitFor(() => expect(electron.app.quits).toBe(1));
    expect(close(), 'confirmed').toBe(true);
  });

  test('closes without a question when nothing is in flight, and lets the machine sleep again', async () => {
    const window = await startShell();
    const sender = { sender: window.webContents, senderFrame: window.webContents.mainFrame };
    await Promise.resolve(electron.ipcMain.run('ersatzschein:call', sender, 'host', 'setInFlight', { count: 1 }));
    await Promise.resolve(electron.ipcMain.run('ersatzschein:call', sender, 'host', 'setInFlight', { count: 0 }));
    expect(electron.blockers.size).toBe(0);
    const event = { preventDefault: vi.fn() };
    window.emit('close', event);
    expect(event.preventDefault).not.toHaveBeenCalled();
    expect(electron.dialogs).toEqual([]);
  });

  test('loads a crashed page again', async () => {
    const { webContents } = await startShell();
    webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    await vi.waitFor(() => expect(webContents.reloads).toBe(1));
    expect(lines).toEqual(['page gone: crashed']);
  });
});

describe('the page may', () => {
  test('have only the permissions it needs, and only at its own address', async () => {
    await startShell();
    const own = electron.session.defaultSession;
    const check = (permission: string, origin: string): unknown =>
      own.run('permissionCheck', null, permission, origin, {});
    expect(check('persistent-storage', 'app://ersatzschein')).toBe(true);
    expect(check('persistent-storage', 'https://evil.example')).toBe(false);
    // What is to be done today, as counts.
    expect(check('notifications', 'app://ersatzschein')).toBe(true);
    expect(check('notifications', 'https://evil.example')).toBe(false);
    const denied = ['media', 'geolocation', 'clipboard-read', 'usb', 'serial', 'hid', 'openExternal', 'fileSystem'];
    for (const permission of denied) {
      expect(check(permission, 'app://ersatzschein'), permission).toBe(false);
      const allow = vi.fn();
      own.run('permissionRequest', null, permission, allow, { requestingUrl: 'app://ersatzschein/' });
      expect(allow, permission).toHaveBeenCalledExactlyOnceWith(false);
    }
    const allow = vi.fn();
    own.run('permissionRequest', null, 'persistent-storage', allow, { requestingUrl: 'app://ersatzschein/' });
    own.run('permissionRequest', null, 'persistent-storage', allow, { requestingUrl: 'https://evil.example/' });
    expect(allow.mock.calls).toEqual([[true], [false]]);
    expect(own.run('devicePermission', {})).toBe(false);
  });

  test('reach no address but its own files', async () => {
    await startShell();
    const reaches = (url: string): boolean => {
      const decide = vi.fn();
      electron.session.defaultSession.run('onBeforeRequest', { url }, decide);
      expect(decide).toHaveBeenCalledOnce();
      expect(decide.mock.calls[0]?.[0]).toHaveProperty('cancel');
      return JSON.stringify(decide.mock.calls[0]?.[0]) === '{"cancel":false}';
    };
    for (const url of ['app://ersatzschein/assets/a.js', 'blob:app://ersatzschein/1-2', 'data:image/png;base64,AA']) {
      expect(reaches(url), url).toBe(true);
    }
    for (const url of [
      'https://evil.example/',
      'http://127.0.0.1/',
      'ws://127.0.0.1/',
      'file:///etc/passwd',
      'app://evil/',
      'blob:https://evil.example/1',
      'ftp://evil.example/',
    ]) {
      expect(reaches(url), url).toBe(false);
    }
  });

  test('be served its own files with the security headers, and nothing outside them', async () => {
    await startShell();
    expect(electron.protocol.privileged).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    const ask = async (url: string, method = 'GET'): Promise<Response> => {
      const answer = await electron.session.defaultSession.protocol.run('app', new Request(url, { method }));
      if (!(answer instanceof Response)) throw new Error('No response.');
      return answer;
    };
    const page = await ask('app://ersatzschein/');
    expect(await page.text()).toContain('<title>page</title>');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    for (const url of [
      'app://ersatzschein/../secret.txt',
      'app://ersatzschein/%2e%2e/secret.txt',
      'app://ersatzschein/..%2fsecret.txt',
      'app://evil/index.html',
    ]) {
      expect((await ask(url)).status, url).toBe(404);
    }
    expect((await ask('app://ersatzschein/', 'POST')).status).toBe(404);
  });

  test('save only what it made itself', async () => {
    await startShell();
    const saves = (url: string): boolean => {
      const event = { preventDefault: vi.fn() };
      electron.session.defaultSession.events.emit('will-download', event, { getURL: () => url });
      return event.preventDefault.mock.calls.length === 0;
    };
    expect(saves('blob:app://ersatzschein/1-2')).toBe(true);
    expect(saves('https://evil.example/x.exe')).toBe(false);
  });
});

describe('the program', () => {
  test('runs once: a second start brings the first window forward', async () => {
    const window = await startShell();
    electron.app.emit('second-instance');
    expect(window.focused).toBe(1);

    electron.app.hasLock = false;
    const { runShell } = await import('../../../electron/shell/life-cycle');
    runShell({
      distFolder: dist,
      createHandlers: () => handlersWith({}),
      stop: () => Promise.resolve(),
      log: () => undefined,
    });
    expect(electron.app.quits).toBe(1);
    expect(FakeWindow.made).toHaveLength(1);
  });

  test('stops its services before it ends', async () => {
    await startShell();
    const event = { preventDefault: vi.fn() };
    electron.app.emit('will-quit', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(electron.app.quits).toBe(1));
    electron.app.emit('will-quit', event);
    expect([event.preventDefault.mock.calls.length, stops]).toEqual([1, 1]);
  });

  test('has a German menu, without developer tools when packaged', async () => {
    const { menuTemplate } = await import('../../../electron/shell/menu');
    const packaged = JSON.stringify(menuTemplate(false, false));
    expect(packaged).toContain('Bearbeiten');
    expect(packaged).not.toContain('toggleDevTools');
    expect(packaged).not.toContain('reload');
    expect(JSON.stringify(menuTemplate(true, true))).toContain('toggleDevTools');
  });

  test('without a built page ends instead of showing an empty window', async () => {
    rmSync(join(dist, 'page'), { recursive: true });
    const { runShell } = await import('../../../electron/shell/life-cycle');
    runShell({
      distFolder: dist,
      createHandlers: () => handlersWith({}),
      stop: () => Promise.resolve(),
      log: (line) => lines.push(line),
    });
    await vi.waitFor(() => expect(electron.app.exits).toEqual([1]));
    expect(lines).toHaveLength(1);
  });
});

describe('the preload script', () => {
  test('exposes one function on the one channel, and nothing else', async () => {
    await import('../../../electron/preload');
    expect([...electron.exposed.keys()]).toEqual(['ersatzschein']);
    const bridge = electron.exposed.get('ersatzschein');
    if (typeof bridge !== 'object' || bridge === null || !('call' in bridge)) throw new Error('No bridge.');
    expect(Object.keys(bridge)).toEqual(['call']);
    if (typeof bridge.call !== 'function') throw new Error('No function.');
    const answer: unknown = await Reflect.apply(bridge.call, null, ['host', 'describe', {}]);
    expect(answer).toBe('answer');
    expect(electron.invoked).toEqual([['ersatzschein:call', 'host', 'describe', {}]]);
  });
});

describe('printing on Windows', () => {
  async function windowsPrinting(contents = new FakeWebContents()) {
    const { withWindowsPrinters } = await import('../../../electron/shell/printing');
    const services = handlersWith({
      printers: () => Promise.resolve([{ id: 'folder', name: 'Ordner', isDefault: false, trays: [] }]),
      print: () => Promise.resolve({ kind: 'ok', value: { jobId: 'from the services', done: true } }),
    }).printing;
    return withWindowsPrinters(services, () => contents, join(dist, 'print'));
  }
  const pdf = Buffer.from('%PDF-1.7 made up').toString('base64');

  test('lists Windows’ printers beside those of the services', async () => {
    const contents = new FakeWebContents();
    contents.printers = [
      { name: 'HP-1', displayName: 'HP am Empfang' },
      { name: 'OKI', displayName: '' },
    ];
    const printing = await windowsPrinting(contents);
    expect(await printing.printers({})).toEqual([
      { id: 'windows:HP-1', name: 'HP am Empfang', isDefault: false, trays: [] },
      { id: 'windows:OKI', name: 'OKI', isDefault: false, trays: [] },
      { id: 'folder', name: 'Ordner', isDefault: false, trays: [] },
    ]);
  });

  test('leaves the services’ printers to the services', async () => {
    const printing = await windowsPrinting();
    const outcome = await printing.print({ printerId: 'folder', paper: 'A5', jobName: 'j', pdf });
    expect(outcome).toEqual({ kind: 'ok', value: { jobId: 'from the services', done: true } });
    expect(FakeWindow.made).toEqual([]);
  });

  test('prints silently from a hidden window of its own session, in the size of the PDF, and leaves nothing behind', async () => {
    const printing = await windowsPrinting();
    const outcome = await printing.print({ printerId: 'windows:HP-1', paper: 'A5', jobName: 'Schein', pdf });
    // The spooler has it; whether it came out is the user's to say.
    expect(outcome).toMatchObject({ kind: 'ok', value: { done: false } });
    const [window] = FakeWindow.made;
    expect(window?.shown).toBe(false);
    expect(window?.destroyed).toBe(true);
    expect(window?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    });
    expect(window?.webContents.printed).toEqual([
      {
        silent: true,
        deviceName: 'HP-1',
        printBackground: true,
        margins: { marginType: 'none' },
        scaleFactor: 100,
        pageSize: { width: 148167, height: 209903 },
      },
    ]);
    const [[name, jobSession] = ['', undefined]] = electron.partitions;
    expect(name, 'in memory: not persist:').toMatch(/^print-/);
    const job = await jobSession?.protocol.run('app', new Request('app://ersatzschein/job.pdf'));
    expect(job instanceof Response ? await job.text() : '').toBe('%PDF-1.7 made up');
    const decide = vi.fn();
    jobSession?.run('onBeforeRequest', { url: 'https://evil.example/' }, decide);
    expect(decide).toHaveBeenCalledExactlyOnceWith({ cancel: true });
  });

  test('tells a printer that refuses, and a job that can’t be drawn', async () => {
    const printing = await windowsPrinting();
    const setUp = vi.spyOn(FakeWebContents.prototype, 'print');
    setUp.mockImplementationOnce((_options, done) => done(false, 'Invalid deviceName provided'));
    expect(await printing.print({ printerId: 'windows:gone', paper: 'A5', jobName: 'j', pdf })).toEqual({
      kind: 'failed',
      failure: { reason: 'printer', code: 'gone', text: 'Invalid deviceName provided' },
    });
    vi.spyOn(FakeWebContents.prototype, 'executeJavaScript').mockRejectedValueOnce(new TypeError('Erika Mustermann'));
    const undrawn = await printing.print({ printerId: 'windows:HP-1', paper: 'A5', jobName: 'j', pdf });
    expect(undrawn).toMatchObject({
      kind: 'failed',
      failure: { reason: 'printer', text: 'The job could not be drawn: TypeError' },
    });
    expect(FakeWindow.made.every(({ destroyed }) => destroyed)).toBe(true);
  });
});
