/**
 * The inference process as Electron's utility process: the one kind of child with Node in it that a packaged program has, since its fuse
 * forbids running the program itself as Node. What differs from a child of Node is how one talks to it and how it is killed.
 */
import { utilityProcess, type UtilityProcess } from 'electron';
import { messagePortTransport, type PortEndpoint } from '#shared/channel/message-port-transport';
import { childEnvironment } from '../inference/child-environment';
import { deathReport, lastWordsLength } from '../inference/death-report';
import type { SpawnInference } from '../inference/spawn';

export interface UtilityOptions {
  /** The bundled `src/inference/main.ts`, absolute; may lie in the program's archive. */
  readonly entryPath: string;
  /** A real folder. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export function utilityInference({ entryPath, cwd, environment }: UtilityOptions): SpawnInference {
  const env = { ...childEnvironment(environment) };
  return () => {
    const child = utilityProcess.fork(entryPath, [], {
      ...{ cwd, env, execArgv: [], serviceName: 'Sluice inference' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const death = deathOf(child);
    const kill = killer(child);
    return {
      get pid() {
        return child.pid;
      },
      transport: {
        ...messagePortTransport(endpointOf(child)),
        onClose: (listener) => void death.then(listener),
        close: kill,
      },
      exited: death,
      kill,
    };
  };
}

function endpointOf(child: UtilityProcess): PortEndpoint {
  return {
    // Copied, never transferred: a transferred buffer loses the message (electron#34905).
    postMessage: (message) => child.postMessage(message),
    addEventListener: (type, listener) => {
      if (type === 'message') child.on('message', (data: unknown) => listener({ data }));
    },
    start: () => undefined,
    close: () => undefined,
  };
}

/** Electron's own `kill` asks with SIGTERM, which a process inside the runtime does not hear in time. */
function killer(child: UtilityProcess): () => void {
  let isWanted = false;
  const kill = (): void => {
    isWanted = true;
    if (child.pid === undefined) return;
    try {
      process.kill(child.pid, 'SIGKILL');
    } catch {
      child.kill();
    }
  };
  child.once('spawn', () => {
    if (isWanted) kill();
  });
  return kill;
}

function deathOf(child: UtilityProcess): Promise<Error> {
  let lastWords = '';
  const hear = (text: string): void => void (lastWords = (lastWords + text).slice(-lastWordsLength));
  child.stderr?.on('data', (chunk: unknown) => hear(String(chunk)));
  child.on('error', (type, location) => hear(`\n${type} at ${location}`));
  return new Promise((resolve) => {
    child.once('exit', (exitCode) => {
      // What it wrote last may come after the news of its end.
      setImmediate(() => resolve(deathReport({ exitCode, signal: null, lastWords: lastWords.trim() })));
    });
  });
}
