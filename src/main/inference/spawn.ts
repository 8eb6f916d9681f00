/**
 * How the inference process is started: here as a child of Node. Electron's utility process (`../shell`) is another function of the
 * same type. The child gets a clean environment and, as working directory, the folder of its own program.
 */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { processTransport } from '#shared/channel/process-transport';
import type { Transport } from '#shared/channel/transport';
import { SluiceError } from '#shared/errors';
import { childEnvironment } from './child-environment';
import { deathReport, lastWordsLength } from './death-report';

export interface InferenceChild {
  readonly pid: number | undefined;
  /** Closes with the reason of the death: `inference-crashed`, or `out-of-memory` where its last words say so. */
  readonly transport: Transport;
  /** Resolves when the process is gone. */
  readonly exited: Promise<unknown>;
  /** At once and without asking: the runtime cannot be interrupted. */
  kill(): void;
}

export type SpawnInference = () => InferenceChild;

/** `entryPath`: the bundled `src/inference/main.ts`, absolute. `environment`: this process's. */
export function forkInference(
  entryPath: string,
  environment: Readonly<Record<string, string | undefined>>,
): SpawnInference {
  const env = childEnvironment(environment);
  return () => {
    const child = fork(entryPath, [], {
      cwd: path.dirname(entryPath),
      env,
      execArgv: [],
      execPath: process.execPath,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const death = deathOf(child);
    return {
      pid: child.pid,
      transport: {
        ...processTransport(child),
        onClose: (listener) => void death.then(listener),
      },
      exited: death,
      kill: () => void child.kill('SIGKILL'),
    };
  };
}

/** Resolves with the reason when the process is gone and its last words are read. */
function deathOf(child: ChildProcess): Promise<Error> {
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-lastWordsLength);
  });
  // A child without a channel is of no use, and would not hear that it should end.
  child.once('disconnect', () => child.kill('SIGKILL'));
  // Not the child's own `close` event: after `disconnect()` it never comes (Node 20).
  const heard = new Promise<void>((resolve) => child.stderr?.once('close', resolve));
  return new Promise((resolve) => {
    child.once('error', (cause) =>
      resolve(
        new SluiceError('inference-crashed', `The inference process could not be started: ${cause.message}`, { cause }),
      ),
    );
    child.once('exit', (exitCode, signal) => {
      void heard.then(() => resolve(deathReport({ exitCode, signal, lastWords: lastWords.trim() })));
    });
  });
}
