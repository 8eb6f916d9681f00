/** Runs a command with a time limit and says how it went; never throws and never asks. Knows nothing of what it installs. */
import { spawn } from 'node:child_process';

const keptOutputCharacters = 4000;
/** Time between asking a command to end and ending it. */
const graceSec = 5;

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ readonly limitSec: number, readonly environment?: Readonly<Record<string, string>> }} options
 * @returns {Promise<{ readonly ok: boolean, readonly output: string, readonly reason: string }>} `output` is the tail of both
 *   streams; `reason` says in plain words why it is not `ok`.
 */
export function runCommand(command, args, { limitSec, environment = {} }) {
  return new Promise((resolve) => {
    let output = '';
    let timedOut = false;
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
    const keep = (chunk) => (output = (output + String(chunk)).slice(-keptOutputCharacters));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let kill;
    const limit = setTimeout(() => {
      timedOut = true;
      child.kill();
      kill = setTimeout(() => child.kill('SIGKILL'), graceSec * 1000);
    }, limitSec * 1000);
    const finish = (ok, reason) => {
      clearTimeout(limit);
      clearTimeout(kill);
      resolve({ ok, output, reason });
    };
    child.on('error', (error) => finish(false, `${command} did not start: ${error.message}`));
    child.on('close', (status) => {
      if (status === 0) finish(true, '');
      else
        finish(
          false,
          timedOut ? `no end within ${limitSec} s` : (lastLine(output) ?? `${command} ended with ${status}`),
        );
    });
  });
}

function lastLine(text) {
  return text.trim().split('\n').at(-1)?.trim() || undefined;
}
