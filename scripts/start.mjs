/**
 * `npm start`: opens the studio by the best door that this machine has: a window of its own where Electron's program and a display are
 * there, the browser otherwise; and says which. `--browser` asks for the browser; other arguments go on to the door.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chooseDoor } from './choose-door.mjs';
import { electronProgram, hasDisplay } from './setup/electron.mjs';

const root = path.resolve(import.meta.dirname, '..');
const shell = path.join(root, 'out', 'shell.js');
/** An Electron that lacks a library of the system, or its sandbox, ends sooner than any person. */
const atOnceMs = 5000;

/** Exit status of the program, and whether it ended before anyone can have used it. */
function run(program, args, directory) {
  const from = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: directory, stdio: 'inherit' });
    // Ctrl-C reaches the door by itself, and twice would mean: at once.
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    const ended = (status) => resolve({ status, isAtOnce: performance.now() - from < atOnceMs });
    child.once('error', () => ended(1));
    child.once('exit', (status) => ended(status ?? 1));
  });
}

async function serve(reason, args) {
  process.stderr.write(`Electron cannot be used here (${reason}): the studio is served to your browser.\n`);
  return (await run(process.execPath, [path.join(root, 'out', 'cli.js'), 'serve', '--open', ...args], root)).status;
}

const door = chooseDoor(process.argv.slice(2), {
  electron: electronProgram(),
  isBuilt: existsSync(shell),
  hasDisplay: hasDisplay(),
  isLinuxRoot: process.platform === 'linux' && process.getuid?.() === 0,
});
if (door.kind === 'browser') process.exitCode = await serve(door.reason, door.args);
else {
  process.stderr.write('The studio opens in its own window (Electron).\n');
  // Projects are named from where npm was called.
  const { status, isAtOnce } = await run(door.program, [shell, ...door.args], process.env.INIT_CWD ?? root);
  process.exitCode = status !== 0 && isAtOnce ? await serve(`it ended at once, with ${status}`, []) : status;
}
