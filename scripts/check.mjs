/**
 * `npm run check`: types, lint and format at the same time, since each keeps one core busy. What each says is shown when it is done; the
 * exit status is that of the first that failed.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const checks = ['typecheck', 'lint', 'format:check'];
/** npm's own program; without npm around us, the one on the path. */
const npm = process.env['npm_execpath'];
const [program, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];

/** Exit status of one npm script; its output goes to ours, whole. */
function run(name) {
  return new Promise((resolve) => {
    const child = spawn(program, [...first, 'run', '--silent', name], { cwd: root });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes));
    child.once('error', (error) => said.push(`${error.message}\n`));
    child.once('close', (status) => {
      process.stdout.write(`${name}: ${status === 0 ? 'passed' : 'failed'}\n`);
      process.stdout.write(Buffer.concat(said.map((bytes) => Buffer.from(bytes))));
      resolve(status ?? 1);
    });
  });
}

const statuses = await Promise.all(checks.map(run));
process.exitCode = statuses.find((status) => status !== 0) ?? 0;
