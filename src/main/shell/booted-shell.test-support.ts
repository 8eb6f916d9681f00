/** Starts the built shell in plain Node with the fake Electron, and holds both: the orders to Electron, and a window's end of the channel. */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { build } from 'vite';
import { connect, type Channel } from '#shared/channel/channel';
import type { Transport } from '#shared/channel/transport';
import { studioContract, type StudioContract } from '#shared/studio/studio-contract';
import type { Orders } from './fake-electron-orders.test-support';

const root = path.resolve(import.meta.dirname, '../../..');

const fakeElectron = await buildFakeElectron();

export type Window = Channel<StudioContract['requests'], StudioContract['streams']>;

interface FromShell {
  readonly id?: number;
  readonly result?: unknown;
  readonly problem?: string;
  readonly port?: number;
  readonly message?: unknown;
  readonly closed?: boolean;
}

export interface BootedShell {
  /** Has the fake Electron do something. Throws what it says is wrong. */
  order<Name extends keyof Orders>(
    name: Name,
    ...order: Parameters<Orders[Name]>
  ): Promise<Awaited<ReturnType<Orders[Name]>>>;
  /** A channel of a window, as its page would open it; the first window's if none is named. */
  connect(window?: number): Promise<Window>;
  /** A port that main is offered in some other way; resolves when main has closed it. */
  offerRefused(offer: Omit<Parameters<Orders['offer']>[0], 'port'>): Promise<void>;
  /** Exit code of the whole program. */
  readonly exited: Promise<number | null>;
  readonly stderr: () => string;
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-shell-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** One JavaScript file that stands for the module `electron`; its path. */
async function buildFakeElectron(): Promise<string> {
  const folder = path.join(root, 'out', 'test', `electron-${process.env['VITEST_POOL_ID'] ?? ''}`);
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: path.join(import.meta.dirname, 'fake-electron.test-support.ts'),
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'electron.mjs' } },
    },
  });
  return path.join(folder, 'electron.mjs');
}

/** Makes `import 'electron'` that module, for everything that is loaded after. */
function standIn(module: string): string {
  const hooks = `export const resolve = (name, context, next) =>
    name === 'electron' ? { url: ${JSON.stringify(pathToFileURL(module).href)}, shortCircuit: true } : next(name, context);`;
  const code = `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

export interface BootOptions {
  /** Of the command line. */
  readonly args?: readonly string[];
  /** Another instance has the lock. */
  readonly isLocked?: boolean;
  /** As it is packaged: where its code lies, and what lies beside that. */
  readonly packaged?: { readonly program: string; readonly resources: string };
}

/** @param folder of this user: home, documents */
export function bootIn(folder: string, { args = [], isLocked = false, packaged }: BootOptions = {}): BootedShell {
  const env = {
    ...process.env,
    SLUICE_HOME: path.join(folder, 'home'),
    FAKE_DOCUMENTS: folder,
    ...(isLocked && { FAKE_LOCKED: '1' }),
    ...(packaged && { FAKE_RESOURCES: packaged.resources }),
  };
  // Electron's arguments begin with the program and the script, as Node's do.
  const child = fork(path.join(packaged?.program ?? root, 'out/shell.js'), [...args], {
    ...{ cwd: folder, env, execArgv: ['--import', standIn(fakeElectron)], serialization: 'advanced' },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const answers = new Map<number, (message: FromShell) => void>();
  const ports = new Map<number, (message: FromShell) => void>();
  child.on('message', (message: FromShell) => {
    if (message.id !== undefined) answers.get(message.id)?.(message);
    if (message.port !== undefined) ports.get(message.port)?.(message);
  });
  let last = 0;

  const order: BootedShell['order'] = (name, ...[given]) =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      answers.set(id, ({ result, problem }) => {
        answers.delete(id);
        if (problem === undefined) resolve(result as never);
        else reject(new Error(problem));
      });
      child.send({ id, name, order: given ?? {} });
    });

  const firstWindow = async (): Promise<number> => {
    for (;;) {
      const { windows } = await order('state');
      const [first] = windows;
      if (first !== undefined) return first.id;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  return {
    order,
    exited,
    stderr: () => errors,
    connect: async (window) => {
      const port = (last += 1);
      const transport = portTransport(port, ports, order);
      await order('offer', { window: window ?? (await firstWindow()), port });
      return connect(transport, studioContract);
    },
    offerRefused: async (offer) => {
      const port = (last += 1);
      const closed = new Promise<void>((resolve) => ports.set(port, (message) => message.closed && resolve()));
      await order('offer', { ...offer, port });
      await closed;
    },
  };
}

function portTransport(
  port: number,
  ports: Map<number, (message: FromShell) => void>,
  order: BootedShell['order'],
): Transport {
  const early: unknown[] = [];
  let deliver = (message: unknown): void => void early.push(message);
  let close = (): void => undefined;
  ports.set(port, (message) => (message.closed === true ? close() : deliver(message.message)));
  return {
    post: async (message) => {
      await order('send', { port, message });
    },
    onMessage: (listener) => {
      deliver = listener;
      for (const message of early.splice(0)) listener(message);
    },
    onClose: (listener) => (close = listener),
    close: () => void order('closePort', { port }),
  };
}

export async function boot(): Promise<BootedShell & { readonly folder: string }> {
  const folder = await temporaryFolder();
  return { folder, ...bootIn(folder) };
}

/** Waits until there are as many. */
export async function windowsOf(shell: BootedShell, count = 1) {
  await expect.poll(async () => (await shell.order('state')).windows.length, { timeout: 20_000 }).toBe(count);
  return (await shell.order('state')).windows;
}
