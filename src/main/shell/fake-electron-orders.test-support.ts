/** What a test can have the fake Electron do: each order comes over this process's IPC and is answered there. */
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import {
  app,
  emitCancellable,
  ipcMain,
  nativeTheme,
  noted,
  session,
  type BrowserWindow,
} from './fake-electron.test-support';

/** `MessagePortMain` around an end of a real `MessageChannel`. */
class PortMain extends EventEmitter {
  constructor(private readonly port: MessagePort) {
    super();
    this.on('newListener', (name) => {
      if (name === 'message') port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
    });
    port.on('close', () => this.emit('close'));
  }
  postMessage = (message: unknown): void => this.port.postMessage(message);
  start = (): void => this.port.start();
  close = (): void => this.port.close();
}

const ports = new Map<number, MessagePort>();

function windowOf(id: number): BrowserWindow {
  const window = noted.windows.find((one) => one.id === id);
  if (window === undefined) throw new Error(`there is no window ${id}`);
  return window;
}

interface Offer {
  readonly window: number;
  readonly port: number;
  readonly frameUrl?: string;
  readonly fromFrame?: boolean;
  readonly fromStranger?: boolean;
  readonly portCount?: number;
}

/** As the preload script does: main's end of a new channel, with who sends it. */
function offer({ window, port, frameUrl, fromFrame, fromStranger, portCount = 1 }: Offer): void {
  const { webContents } = windowOf(window);
  if (frameUrl !== undefined) webContents.mainFrame.url = frameUrl;
  const { port1, port2 } = new MessageChannel();
  ports.set(port, port1);
  port1.on('message', (message: unknown) => process.send?.({ port, message }));
  port1.on('close', () => process.send?.({ port, closed: true }));
  const sender = fromStranger === true ? { mainFrame: webContents.mainFrame } : webContents;
  const senderFrame = fromFrame === true ? { url: webContents.mainFrame.url } : webContents.mainFrame;
  const extra = Array.from({ length: portCount - 1 }, () => new PortMain(new MessageChannel().port2));
  ipcMain.emit('sluice:channel', { sender, senderFrame, ports: [new PortMain(port2), ...extra].slice(0, portCount) });
}

async function request({
  url,
  method = 'GET',
  headers = {},
}: {
  url: string;
  method?: string;
  headers?: Record<string, string>;
}) {
  const handler = noted.handlers.get('sluice');
  if (handler === undefined) throw new Error('nothing answers the scheme');
  // A URL as Chromium hands it over may hold what the constructor of Request would already have tidied.
  const asked = new Request('http://studio/', { method, headers });
  const answer = await handler(
    new Proxy(asked, { get: (of, name) => (name === 'url' ? url : (Reflect.get(of, name, of) as unknown)) }),
  );
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: new Uint8Array(await answer.arrayBuffer()),
  };
}

function permission(name: string) {
  let decided: unknown;
  const call = (handler: string, ...args: unknown[]): unknown =>
    Reflect.apply(noted.sessionHandlers.get(handler) ?? (() => 'no handler'), undefined, args);
  call('permissionRequest', {}, name, (isGranted: boolean) => (decided = isGranted), {});
  return {
    request: decided,
    check: call('permissionCheck', {}, name, 'sluice://studio', {}),
    device: call('devicePermission', {}),
  };
}

function mayLoad(url: string): boolean {
  let isCancelled: boolean | undefined;
  const decide = ({ cancel }: { cancel: boolean }): void => void (isCancelled = cancel);
  Reflect.apply(noted.sessionHandlers.get('onBeforeRequest') ?? (() => undefined), undefined, [{ url }, decide]);
  return isCancelled === false;
}

interface Item {
  readonly label?: string;
  readonly submenu?: readonly Item[];
  readonly click?: (item: unknown, window: unknown) => void;
}

function chooseMenu([first, ...rest]: readonly string[], window: number, items = noted.menu as readonly Item[]): void {
  const item = items.find(({ label }) => label === first);
  if (item === undefined) throw new Error(`the menu has no ${first}`);
  if (rest.length > 0) chooseMenu(rest, window, item.submenu);
  else item.click?.(item, windowOf(window));
}

function state() {
  const { calls, paths, schemes, handedOver, dialogs, external, awake, forks } = noted;
  const windows = noted.windows.map(({ id, options, isShown, isGone, webContents }) => {
    const { mainFrame, done } = webContents;
    return { id, options, isShown, isGone, url: mainFrame.url, done };
  });
  const menu: unknown = noted.menu === undefined ? null : JSON.parse(JSON.stringify(noted.menu));
  const plain = {
    calls,
    paths,
    schemes,
    handedOver,
    dialogs,
    external,
    awake,
    forks,
    windows,
    menu,
    theme: nativeTheme.themeSource,
  };
  return structuredClone(plain);
}

const orders = {
  state: () => state(),
  offer: (order: Offer) => offer(order),
  send: ({ port, message }: { port: number; message: unknown }) => ports.get(port)?.postMessage(message),
  closePort: ({ port }: { port: number }) => ports.get(port)?.close(),
  request,
  permission: ({ name }: { name: string }) => permission(name),
  mayLoad: ({ url }: { url: string }) => mayLoad(url),
  contentsEvent: ({ window, name, details }: { window: number; name: string; details: object }) =>
    emitCancellable(windowOf(window).webContents, name, details),
  sessionEvent: ({ name }: { name: string }) => emitCancellable(session.defaultSession, name),
  appEvent: ({ name, args }: { name: string; args: unknown[] }) =>
    void app.emit(name, { preventDefault: () => undefined }, ...args),
  openWindow: ({ window, url }: { window: number; url: string }) => windowOf(window).webContents.openHandler?.({ url }),
  answerDialog: ({ answer }: { answer: unknown }) => void noted.dialogAnswers.push(answer),
  chooseMenu: ({ path, window }: { path: string[]; window: number }) => chooseMenu(path, window),
  close: ({ window }: { window: number }) => windowOf(window).close(),
  quit: () => app.quit(),
};
export type Orders = typeof orders;

export function followOrders(): void {
  process.on('message', ({ id, name, order }: { id: number; name: keyof Orders; order: never }) => {
    const answer = async (): Promise<unknown> => await orders[name](order);
    answer().then(
      (result) => process.send?.({ id, result }),
      (error: unknown) => process.send?.({ id, problem: String(error) }),
    );
  });
}
