/**
 * `npm start`: opens the studio by the best door that this machine has: a window of its own where Electron's binary and a display are
 * there, the browser otherwise; and says which. Arguments go on to it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const shell = path.join(root, 'out', 'shell.js');

/** Electron's program, or why there is none, in words. */
function findElectron() {
  if (!existsSync(shell)) return { reason: 'its window is not built' };
  const isHeadless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  if (isHeadless) return { reason: 'there is no display' };
  try {
    const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const program = path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(program) ? { program } : { reason: 'its binary is not installed' };
  } catch {
    return { reason: 'it is not installed' };
  }
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  return status ?? 1;
}

const { program, reason } = findElectron();
const args = process.argv.slice(2);
if (program === undefined) {
  process.stderr.write(`Electron cannot be used here (${reason}): the studio is served to your browser.\n`);
  process.exitCode = run(process.execPath, [path.join(root, 'out', 'cli.js'), 'serve', '--open', ...args]);
} else {
  process.stderr.write('The studio opens in its own window (Electron).\n');
  process.exitCode = run(program, [shell, ...args]);
}
