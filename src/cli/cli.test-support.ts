/** Starts the real, bundled command line as a person would, in a folder and with a home of its own. */
import { spawn } from 'node:child_process';
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
      readonly onOut?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
    },
  ) => Promise<CliResult>;
}

const entry = path.resolve(import.meta.dirname, '../../out/cli.js');

export function cliWorkplace(): CliWorkplace {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-cli-'));
  const home = path.join(folder, 'home');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run: CliWorkplace['run'] = (args, { env = {}, onOut } = {}) =>
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
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk) => {
        out += String(chunk);
        onOut?.(out, (signal) => void child.kill(signal));
      });
      child.stderr.on('data', (chunk) => (err += String(chunk)));
      child.on('error', reject);
      child.on('close', (status) => resolve({ status, out, err, events: eventsOf(out) }));
    });
  return { folder, home, run };
}

function eventsOf(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
