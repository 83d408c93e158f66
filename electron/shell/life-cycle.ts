import { join } from 'node:path';
import { app, dialog, powerMonitor, safeStorage, session, type BrowserWindow } from 'electron';
import { serve, type Handlers } from '../contract/serve';
import { describeWithoutData } from '../failure-log';
import { texts } from '../texts';
import { registerAppScheme, serveApp } from './app-scheme';
import { askBeforeClosing, createInFlight } from './closing';
import { guardDownloads, guardNetwork, guardPermissions } from './guards';
import { serveCalls, stopServingCalls } from './ipc';
import { createKeyring } from './keyring';
import { setMenu } from './menu';
import { createPauses } from './pauses';
import { withWindowsPrinters } from './printing';
import { createWindow, loadPage } from './window';

export interface ShellOptions {
  /** The folder `dist`, with `page`, `print` and `electron`. */
  readonly distFolder: string;
  /** Everything but what the shell itself answers. */
  readonly createHandlers: (onInFlight: (count: number) => void) => Handlers;
  /** Called once before the program ends, and waited for. */
  readonly stop: () => Promise<void>;
  readonly log: (line: string) => void;
}

/** Runs the program in Electron: one instance, one window, until it is closed. */
export function runShell(options: ShellOptions): void {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerAppScheme();
  app.enableSandbox();

  const inFlight = createInFlight();
  let window: BrowserWindow | null = null;
  let stopped = false;

  app.on('second-instance', () => {
    if (window === null) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    stopped = true;
    options
      .stop()
      .catch((error: unknown) => options.log(`stop failed: ${describeWithoutData(error)}`))
      .finally(() => app.quit());
  });

  app
    .whenReady()
    .then(async () => {
      const devTools = !app.isPackaged;
      setMenu(devTools);
      const pageSession = session.defaultSession;
      guardPermissions(pageSession);
      guardNetwork(pageSession);
      guardDownloads(pageSession);
      serveApp(pageSession, join(options.distFolder, 'page'));

      const opened = createWindow({
        session: pageSession,
        preload: join(options.distFolder, 'electron', 'preload.cjs'),
        devTools,
      });
      window = opened;
      opened.on('closed', () => {
        window = null;
        stopServingCalls();
      });
      askBeforeClosing(opened, inFlight);
      reloadAfterCrash(opened, options.log);

      const handlers = options.createHandlers((count) => inFlight.set(count));
      const printing =
        process.platform === 'win32'
          ? withWindowsPrinters(handlers.printing, () => opened.webContents, join(options.distFolder, 'print'))
          : handlers.printing;
      const host = { ...handlers.host, awaitPause: createPauses(powerMonitor) };
      const own: Handlers = { ...handlers, host, printing, keyring: createKeyring(safeStorage, process.platform) };
      serveCalls(opened.webContents, serve(own), options.log);
      await loadPage(opened);
    })
    .catch((error: unknown) => {
      options.log(`start failed: ${describeWithoutData(error)}`);
      app.exit(1);
    });
}

/** A crashed page is told and loaded again: what it had stored is stored. */
function reloadAfterCrash(window: BrowserWindow, log: (line: string) => void): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log(`page gone: ${reason}`);
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    void dialog
      .showMessageBox(window, {
        type: 'error',
        title: texts.program,
        message: texts.pageGone.message,
        detail: texts.pageGone.detail,
        buttons: [texts.pageGone.reload, texts.pageGone.quit],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      })
      .then(({ response }) => {
        if (response === 1) app.quit();
        else window.webContents.reload();
      });
  });
}
