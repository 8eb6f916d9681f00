/** The real ffmpeg and a scratch folder for tests. Without ffmpeg they are reported as skipped with the reason, never passed over. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { locateFfmpeg } from './ffmpeg';
import { runFfmpeg } from './run-ffmpeg';

export const ffmpegPath = ((): string | undefined => {
  try {
    return locateFfmpeg({ chosen: process.env['SLUICE_FFMPEG'], searchPath: process.env['PATH'] ?? '' }).path;
  } catch {
    return undefined;
  }
})();

/** Call inside `describe`: every test of it then has ffmpeg, or is skipped and says why. */
export function needFfmpeg(): string {
  beforeEach((context) => {
    if (ffmpegPath === undefined) context.skip('not run: no ffmpeg on this machine, see "npm run setup"');
  });
  return ffmpegPath ?? '';
}

export function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-media-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const never: AbortSignal = new AbortController().signal;

/** A file from ffmpeg's own sources, as in `testsrc2=size=64x48:rate=24:duration=1`. */
export async function makeMedia(source: string, output: readonly string[], file: string): Promise<string> {
  const args = ['-f', 'lavfi', '-i', source, ...output, `file:${file}`];
  await runFfmpeg({ ffmpegPath: ffmpegPath ?? '', args, limitSec: 60, signal: never });
  return file;
}
