/**
 * The `electron` module at its boundary, for plain Node: notes what main says to it, and does what a test tells it over this process's IPC
 * (`fake-electron-orders.test-support.ts`). Windows show nothing; ports, requests and the inference process are real.
 */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { followOrders } from './fake-electron-orders.test-support';

type Listener = (...args: never[]) => unknown;
type Handler = (request: Request) => Promise<Response>;

/** What there is to see of main's dealings with Electron. */
export const noted = {
  calls: [] as string[],
  paths: {} as Record<string, string>,
  schemes: [] as unknown[],
  handedOver: undefined as unknown,
  handlers: new Map<string, Handler>(),
  sessionHandlers: new Map<string, Listener>(),
  windows: [] as BrowserWindow[],
  menu: undefined as unknown,
  dialogs: [] as { readonly kind: string; readonly options: unknown }[],
  dialogAnswers: [] as unknown[],
  external: [] as string[],
  /** What holds the machine awake, and what let it go again. */
  awake: [] as string[],
  forks: [] as {
    readonly entry: string;
    readonly options: Record<string, unknown>;
    readonly pid: number | undefined;
  }[],
};

/** Whether a listener prevented what the event is of. */
export function emitCancellable(target: EventEmitter, name: string, details: object = {}): boolean {
  const event = { ...details, isPrevented: false, preventDefault: () => void (event.isPrevented = true) };
  target.emit(name, event, details);
  return event.isPrevented;
}

class App extends EventEmitter {
  readonly isPackaged = process.env['FAKE_RESOURCES'] !== undefined;
  enableSandbox = (): void => void noted.calls.push('enableSandbox');
  setPath = (name: string, value: string): void => void (noted.paths[name] = value);
  getPath = (name: string): string => path.join(process.env['FAKE_DOCUMENTS'] ?? tmpdir(), name);
  whenReady = (): Promise<void> => {
    noted.calls.push('whenReady');
    return new Promise((resolve) => setImmediate(resolve));
  };
  requestSingleInstanceLock = (data: unknown): boolean => {
    noted.handedOver = data;
    return process.env['FAKE_LOCKED'] === undefined;
  };
  quit = (): void => {
    if (emitCancellable(this, 'before-quit')) return;
    process.send?.({ ended: 'quit' }, () => process.exit(0));
  };
  exit = (code: number): void => process.exit(code);
}
export const app = new App();
if (app.isPackaged) Object.assign(process, { resourcesPath: process.env['FAKE_RESOURCES'] });

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]) => {
    noted.calls.push('registerSchemesAsPrivileged');
    noted.schemes.push(...schemes);
  },
  handle: (scheme: string, handler: Handler) => void noted.handlers.set(scheme, handler),
};

class Session extends EventEmitter {
  readonly webRequest = { onBeforeRequest: this.noting('onBeforeRequest') };
  setPermissionRequestHandler = this.noting('permissionRequest');
  setPermissionCheckHandler = this.noting('permissionCheck');
  setDevicePermissionHandler = this.noting('devicePermission');
  setSpellCheckerEnabled = (isOn: boolean): void => void noted.calls.push(`spellChecker ${isOn}`);

  private noting(name: string): (handler: Listener) => void {
    return (handler) => void noted.sessionHandlers.set(name, handler);
  }
}
export const session = { defaultSession: new Session() };

let lastId = 0;

export class WebContents extends EventEmitter {
  readonly id = (lastId += 1);
  readonly mainFrame = { url: 'about:blank' };
  readonly done: string[] = [];
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  setWindowOpenHandler = (handler: typeof this.openHandler): void => void (this.openHandler = handler);
  reload = (): void => void this.done.push('reload');
  undo = (): void => void this.done.push('undo');
  copy = (): void => void this.done.push('copy');
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents();
  readonly id = this.webContents.id;
  isShown = false;
  isGone = false;

  constructor(readonly options: Record<string, unknown>) {
    super();
    noted.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
  }

  static getFocusedWindow(): BrowserWindow | null {
    return noted.windows.findLast(({ isGone }) => !isGone) ?? null;
  }

  loadURL = (url: string): Promise<void> => {
    this.webContents.mainFrame.url = url;
    setImmediate(() => this.emit('ready-to-show'));
    return Promise.resolve();
  };
  show = (): void => void (this.isShown = true);
  focus = (): void => void this.webContents.done.push('focus');
  isMinimized = (): boolean => false;
  isMaximized = (): boolean => false;
  isFullScreen = (): boolean => false;
  isDestroyed = (): boolean => this.isGone;
  getNormalBounds = () => ({ x: 11, y: 22, width: 1000, height: 700 });
  maximize = (): void => undefined;
  close = (): void => {
    if (!emitCancellable(this, 'close')) this.destroy();
  };
  destroy = (): void => {
    this.isGone = true;
    this.emit('closed');
    if (noted.windows.every(({ isGone }) => isGone)) app.emit('window-all-closed');
  };
}

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => void (noted.menu = menu),
};

const asking =
  (kind: string) =>
  (...args: unknown[]): Promise<unknown> => {
    noted.dialogs.push({ kind, options: args.at(-1) });
    return Promise.resolve(noted.dialogAnswers.shift());
  };
export const dialog = {
  showOpenDialog: asking('open'),
  showSaveDialog: asking('save'),
  showMessageBox: asking('message'),
  showErrorBox: (title: string, message: string) =>
    void noted.dialogs.push({ kind: 'error', options: `${title}: ${message}` }),
};

export const shell = {
  openExternal: (url: string) => Promise.resolve(void noted.external.push(url)),
  openPath: (file: string) => {
    noted.external.push(`open ${path.basename(file)}`);
    return Promise.resolve('');
  },
  showItemInFolder: (file: string) => void noted.external.push(`show ${path.basename(file)}`),
};

let lastBlocker = 0;
const blockers = new Set<number>();
export const powerSaveBlocker = {
  start: (type: string) => {
    lastBlocker += 1;
    blockers.add(lastBlocker);
    noted.awake.push(`start ${type}`);
    return lastBlocker;
  },
  stop: (id: number) => {
    if (!blockers.delete(id)) throw new Error(`nothing is held by ${id}`);
    noted.awake.push('stop');
    return true;
  },
};

export const ipcMain = new EventEmitter();
export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: true };
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };

/** A child of Node whose end is the parent's port that Electron gives its utility processes, instead of Node's IPC. Its threads have none. */
const parentPort = `data:text/javascript,${encodeURIComponent(`
import { EventEmitter } from 'node:events';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) {
  const send = process.send.bind(process);
  const early = [];
  const port = new EventEmitter();
  const give = (data) => port.emit('message', { data, ports: [] });
  port.postMessage = (message) => send(message);
  port.on('newListener', (name) => name === 'message' && setImmediate(() => early.splice(0).forEach(give)));
  process.on('message', (data) => (port.listenerCount('message') === 0 ? early.push(data) : give(data)));
  process.on('disconnect', () => process.exit());
  process.send = undefined;
  process.parentPort = port;
}
`)}`;

class UtilityProcess extends EventEmitter {
  private readonly child;
  readonly stderr;

  constructor(entry: string, options: Record<string, unknown>) {
    super();
    const { cwd, env } = options as { cwd: string; env: Record<string, string> };
    const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const;
    const execArgv = ['--import', parentPort];
    this.child = fork(entry, [], { cwd, env, execArgv, serialization: 'advanced', stdio: [...stdio] });
    this.stderr = this.child.stderr;
    this.child.on('message', (message) => this.emit('message', message));
    this.child.on('spawn', () => this.emit('spawn'));
    this.child.on('exit', (code) => this.emit('exit', code ?? 9));
    noted.forks.push({ entry, options, pid: this.child.pid });
  }

  get pid(): number | undefined {
    return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined;
  }
  postMessage = (message: unknown): void => {
    if (this.child.connected) this.child.send(message as object);
  };
  kill = (): boolean => this.child.kill();
}

export const utilityProcess = {
  fork: (entry: string, _args: string[], options: Record<string, unknown>) => new UtilityProcess(entry, options),
};

followOrders();
