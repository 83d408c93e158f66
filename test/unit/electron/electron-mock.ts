import { EventEmitter } from 'node:events';

/**
 * A stand-in for the `electron` module, which can't be loaded without its program: it records what the shell sets up, and lets a test do
 * what Electron would do. It proves the wiring, not that Electron behaves so.
 */

type Handler = (...values: unknown[]) => unknown;

function asHandler(value: unknown): Handler | null {
  if (typeof value !== 'function') return null;
  return (...values) => {
    const result: unknown = Reflect.apply(value, null, values);
    return result;
  };
}

/** Keeps handlers by the name of the method they were given to. */
class Registrar {
  readonly handlers = new Map<string, Handler | null>();
  protected keep(name: string, handler: unknown): void {
    this.handlers.set(name, asHandler(handler));
  }
  run(name: string, ...values: unknown[]): unknown {
    const handler = this.handlers.get(name);
    if (handler === undefined || handler === null) throw new Error(`Nothing was set for ${name}.`);
    return handler(...values);
  }
}

class FakeProtocol extends Registrar {
  readonly privileged: unknown[] = [];
  registerSchemesAsPrivileged(schemes: unknown[]): void {
    this.privileged.push(...schemes);
  }
  handle(scheme: string, handler: unknown): void {
    this.keep(scheme, handler);
  }
}

export class FakeSession extends Registrar {
  readonly protocol = new FakeProtocol();
  readonly events = new EventEmitter();
  readonly webRequest = {
    onBeforeRequest: (handler: unknown): void => this.keep('onBeforeRequest', handler),
  };
  on(name: string, listener: (...values: unknown[]) => void): this {
    this.events.on(name, listener);
    return this;
  }
  setPermissionCheckHandler(handler: unknown): void {
    this.keep('permissionCheck', handler);
  }
  setPermissionRequestHandler(handler: unknown): void {
    this.keep('permissionRequest', handler);
  }
  setDevicePermissionHandler(handler: unknown): void {
    this.keep('devicePermission', handler);
  }
  setDisplayMediaRequestHandler(handler: unknown): void {
    this.keep('displayMedia', handler);
  }
}

export interface FakePrinter {
  readonly name: string;
  readonly displayName: string;
}

export class FakeWebContents extends EventEmitter {
  mainFrame = { url: '' };
  windowOpen: Handler | null = null;
  printers: FakePrinter[] = [];
  readonly printed: unknown[] = [];
  printOutcome = { success: true, reason: '' };
  drawn: unknown = { width: 420, height: 595, sheets: 1 };
  reloads = 0;
  setWindowOpenHandler(handler: unknown): void {
    this.windowOpen = asHandler(handler);
  }
  getPrintersAsync(): Promise<FakePrinter[]> {
    return Promise.resolve(this.printers);
  }
  executeJavaScript(): Promise<unknown> {
    return Promise.resolve(this.drawn);
  }
  print(options: unknown, done: (success: boolean, reason: string) => void): void {
    this.printed.push(options);
    done(this.printOutcome.success, this.printOutcome.reason);
  }
  reload(): void {
    this.reloads += 1;
  }
}

export class FakeWindow extends EventEmitter {
  static readonly made: FakeWindow[] = [];
  readonly webContents = new FakeWebContents();
  shown = false;
  destroyed = false;
  focused = 0;
  constructor(readonly options: { webPreferences?: Record<string, unknown> }) {
    super();
    FakeWindow.made.push(this);
  }
  loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url;
    return Promise.resolve();
  }
  show(): void {
    this.shown = true;
  }
  focus(): void {
    this.focused += 1;
  }
  isMinimized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  destroy(): void {
    this.destroyed = true;
  }
}

class FakeIpcMain extends Registrar {
  handle(channel: string, handler: unknown): void {
    this.keep(channel, handler);
  }
  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }
}

class FakeApp extends EventEmitter {
  isPackaged = true;
  name = 'Ersatzschein';
  hasLock = true;
  sandboxed = false;
  quits = 0;
  exits: number[] = [];
  requestSingleInstanceLock(): boolean {
    return this.hasLock;
  }
  enableSandbox(): void {
    this.sandboxed = true;
  }
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  quit(): void {
    this.quits += 1;
  }
  exit(code: number): void {
    this.exits.push(code);
  }
}

/** One fresh fake Electron. */
export function createFakeElectron() {
  FakeWindow.made.length = 0;
  const partitions = new Map<string, FakeSession>();
  const menus: unknown[] = [];
  const dialogs: unknown[] = [];
  const answers = { next: 0 };
  const blockers = new Set<number>();
  const exposed = new Map<string, unknown>();
  const invoked: unknown[][] = [];
  return {
    app: new FakeApp(),
    BrowserWindow: FakeWindow,
    session: {
      defaultSession: new FakeSession(),
      fromPartition: (name: string) => {
        const made = new FakeSession();
        partitions.set(name, made);
        return made;
      },
    },
    partitions,
    protocol: new FakeProtocol(),
    ipcMain: new FakeIpcMain(),
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: (menu: unknown) => menus.push(menu),
    },
    menus,
    dialog: {
      showMessageBox: (_window: unknown, options: unknown) => {
        dialogs.push(options);
        return Promise.resolve({ response: answers.next });
      },
    },
    dialogs,
    answers,
    powerMonitor: new EventEmitter(),
    safeStorage: {},
    powerSaveBlocker: {
      start: () => {
        const id = blockers.size + 1;
        blockers.add(id);
        return id;
      },
      stop: (id: number) => blockers.delete(id),
    },
    blockers,
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => exposed.set(name, value) },
    ipcRenderer: {
      invoke: (...values: unknown[]) => {
        invoked.push(values);
        return Promise.resolve('answer');
      },
    },
    exposed,
    invoked,
  };
}
