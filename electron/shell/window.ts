import { BrowserWindow, type Session } from 'electron';
import { texts } from '../texts';
import { appUrl } from './app-scheme';
import { guardNavigation } from './guards';

export interface WindowOptions {
  readonly session: Session;
  /** Absolute path of the bundled preload script. */
  readonly preload: string;
  readonly devTools: boolean;
}

/** Makes the program's one window. It shows itself when the page has drawn something; made for 1024×768 and up. */
export function createWindow({ session, preload, devTools }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: texts.program,
    width: 1280,
    height: 900,
    minWidth: 1000,
    minHeight: 700,
    show: false,
    backgroundColor: '#ffffff',
    webPreferences: {
      session,
      preload,
      devTools,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      // Outbox and poller live in the page: their timers must run while the window is hidden.
      backgroundThrottling: false,
    },
  });
  guardNavigation(window.webContents);
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Loads the page. Rejects where it can't be loaded. */
export function loadPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(appUrl);
}
