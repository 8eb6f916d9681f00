/**
 * Electron's program, which shows the studio in a window of its own. Its npm package brings none: `install-electron` downloads it. Where
 * that cannot be, the studio is served to the browser (scripts/start.mjs), so nobody waits for it twice: a failure is remembered for a day.
 */
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runCommand } from './run-command.mjs';

const require = createRequire(import.meta.url);
/** The archive has about 120 MB: 8 Mbit/s make it in time. */
const downloadLimitSec = 150;
const rememberedMs = 24 * 3600 * 1000;

/** @type {import('./needs.mjs').Need} */
export const electron = {
  name: 'electron',
  neededFor: 'a window of its own; the studio opens in your browser instead',
  find() {
    if (!hasDisplay()) return { at: 'not needed', note: 'there is no display here' };
    const program = electronProgram();
    return program === undefined ? undefined : { at: program, note: 'from install-electron' };
  },
  async provide(say, isAskedFor) {
    const folder = packageFolder();
    if (folder === undefined) return 'its npm package is not installed: run "npm ci"';
    const memory = path.join(distFolder(folder), '..', 'not-downloaded.txt');
    const known = isAskedFor ? undefined : remembered(memory);
    if (known !== undefined) return `${known} (tried before; "npm run setup -- --for start" tries again)`;
    say('downloading (install-electron) …');
    const reason = await download(folder);
    if (reason === undefined) rmSync(memory, { force: true });
    else writeFileSync(memory, reason);
    return reason;
  },
};

/** Whether windows can be shown at all. */
export function hasDisplay(environment = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/** @returns {string | undefined} path of Electron's program, if it is whole: `path.txt` is written last */
export function electronProgram() {
  const folder = packageFolder();
  if (folder === undefined) return undefined;
  try {
    const name = readFileSync(path.join(folder, 'path.txt'), 'utf8').trim();
    const program = path.join(distFolder(folder), name);
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

function packageFolder() {
  try {
    return path.dirname(require.resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

function distFolder(folder) {
  return process.env.ELECTRON_OVERRIDE_DIST_PATH || path.join(folder, 'dist');
}

async function download(folder) {
  const result = await runCommand(process.execPath, [path.join(folder, 'install.js')], { limitSec: downloadLimitSec });
  if (result.ok) return electronProgram() === undefined ? 'it was downloaded, but is not whole' : undefined;
  if (/fetch failed|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT/.test(result.output))
    return 'its server cannot be reached from here';
  const said = /Response code \d+[^\n]*|[A-Z]\w*Error: [^\n]+/.exec(result.output)?.[0];
  return `it could not be downloaded (${said ?? result.reason})`;
}

/** Why it failed not long ago. */
function remembered(file) {
  const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
  return Date.now() - mtimeMs < rememberedMs ? readFileSync(file, 'utf8') : undefined;
}
