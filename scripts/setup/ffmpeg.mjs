/**
 * ffmpeg, which reads and writes media: SLUICE_FFMPEG, the binary of ffmpeg-static, the PATH, a download by ffmpeg-static,
 * Debian's package. The program itself looks in the same places (src/main/media/ffmpeg.ts) but installs nothing.
 */
import { renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { installDebianPackage } from './debian-package.mjs';
import { findOnPath, isExecutable } from './find-executable.mjs';
import { runCommand } from './run-command.mjs';

const require = createRequire(import.meta.url);
/** The binary has 30 MB compressed: 2.5 Mbit/s make it in time. */
const downloadLimitSec = 100;
const packageLimitSec = 300;

/** @type {import('./needs.mjs').Need} */
export const ffmpeg = {
  name: 'ffmpeg',
  neededFor: 'writing MP4, WebM and GIF files and reading your videos',
  find() {
    const chosen = process.env.SLUICE_FFMPEG;
    if (chosen !== undefined && chosen !== '')
      return isExecutable(chosen) ? { at: chosen, note: 'chosen by SLUICE_FFMPEG' } : undefined;
    const bundled = bundledPath();
    if (bundled !== undefined && isExecutable(bundled)) return { at: bundled, note: 'from ffmpeg-static' };
    const onPath = findOnPath(['ffmpeg']);
    return onPath === undefined ? undefined : { at: onPath, note: 'on the PATH' };
  },
  async provide(say) {
    const chosen = process.env.SLUICE_FFMPEG;
    if (chosen) return `SLUICE_FFMPEG names ${chosen}, which is not a program: correct or unset it`;
    say('downloading (ffmpeg-static) …');
    const notDownloaded = await download();
    if (notDownloaded === undefined) return undefined;
    say(`download not possible (${notDownloaded}); installing the system's package …`);
    const notInstalled = await installDebianPackage('ffmpeg', packageLimitSec);
    if (notInstalled === undefined) return undefined;
    return `${notInstalled}. Install ffmpeg yourself (https://ffmpeg.org/download.html) or set SLUICE_FFMPEG to its path`;
  },
};

/** Where ffmpeg-static keeps its binary; undefined where it has none for this platform, or is not installed. */
function bundledPath() {
  try {
    const binary = require('ffmpeg-static');
    return typeof binary === 'string' ? binary : undefined;
  } catch {
    return undefined;
  }
}

/** Under another name first: the script of ffmpeg-static takes a half-written file for a whole one. */
async function download() {
  const binary = bundledPath();
  if (binary === undefined) return `ffmpeg-static has no binary for ${process.platform} ${process.arch}`;
  const script = path.join(path.dirname(require.resolve('ffmpeg-static/package.json')), 'install.js');
  const partial = `${binary}.${process.pid}.part`;
  try {
    const environment = { FFMPEG_BIN: partial, CI: '1' };
    const fetched = await runCommand(process.execPath, [script], { limitSec: downloadLimitSec, environment });
    if (!isExecutable(partial)) return networkReason(fetched);
    const tried = await runCommand(partial, ['-hide_banner', '-version'], { limitSec: 20 });
    if (!tried.ok) return `the downloaded binary does not run: ${tried.reason}`;
    renameSync(partial, binary);
    return undefined;
  } finally {
    for (const ending of ['', '.README', '.LICENSE']) rmSync(partial + ending, { force: true });
  }
}

function networkReason({ output, reason }) {
  return /\b(E[A-Z]{4,}|statusCode: \d+)\b/.exec(output)?.[0] ?? reason;
}
