/** Starts the real, bundled command line as a person would, in a folder and with a home of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

export interface CliResult {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
  /** Lines of standard output that are JSON. */
  readonly events: readonly Record<string, unknown>[];
}

export interface CliWorkplace {
  readonly folder: string;
  readonly home: string;
  readonly run: (
    args: readonly string[],
    more?: {
      readonly env?: Record<string, string>;
      /** With all that was written so far. */
      readonly onOut?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
      readonly onErr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
    },
  ) => Promise<CliResult>;
}

export const testPack = path.resolve(import.meta.dirname, '../../models/test-pack');
/** Its stages, in order. */
export const stages = ['base', 'tsr-6', 'ssr-48', 'ssr-192', 'tsr-12', 'tsr-24', 'ssr-768'];
/** The arguments of a clip that is quickly made. */
export const balloon = [
  'generate',
  'a red balloon',
  '--pack',
  testPack,
  '--provider',
  'cpu',
  '--threads',
  '1',
  '--json',
];

/** Each stage that was finished, and whether it was reused. */
export function finishedStages(result: CliResult): (readonly [unknown, unknown])[] {
  return result.events
    .filter(({ event }) => event === 'stage-finished')
    .map(({ stage, reused }) => [stage, reused] as const);
}

const entry = path.resolve(import.meta.dirname, '../../out/cli.js');

export function cliWorkplace(): CliWorkplace {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-cli-'));
  const home = path.join(folder, 'home');
  const running = new Set<ChildProcess>();
  // A test that failed or took too long leaves its program behind.
  afterAll(() => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const run: CliWorkplace['run'] = (args, { env = {}, onOut, onErr } = {}) =>
    new Promise((resolve, reject) => {
      const variables = {
        PATH: process.env['PATH'],
        SLUICE_FFMPEG: process.env['SLUICE_FFMPEG'],
        SLUICE_HOME: home,
        ...env,
      };
      const child = spawn(process.execPath, [entry, ...args], {
        cwd: folder,
        env: variables,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.add(child);
      let out = '';
      let err = '';
      const kill = (signal: NodeJS.Signals): void => void child.kill(signal);
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        onOut?.(out, kill);
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
        onErr?.(err, kill);
      });
      child.on('error', reject);
      child.on('close', (status) => {
        running.delete(child);
        resolve({ status, out, err, events: eventsOf(out) });
      });
    });
  return { folder, home, run };
}

function eventsOf(out: string): Record<string, unknown>[] {
  return (
    out
      .split('\n')
      // A line without an end was cut off when the program was killed.
      .slice(0, -1)
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  );
}
