/** `npm run setup` and the program must look for ffmpeg in the same places, or setup would provide what is not found. */
import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { locateFfmpeg } from './ffmpeg';
import { needFfmpeg, scratchFolder } from './ffmpeg.test-support';

const script = path.resolve(import.meta.dirname, '../../../scripts/setup/main.mjs');
const folder = scratchFolder();

function setup(args: readonly string[], variables: Record<string, string | undefined>) {
  const env = { SLUICE_FFMPEG: process.env['SLUICE_FFMPEG'], PATH: process.env['PATH'], ...variables };
  return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env, timeout: 20_000 });
}

describe('setup', () => {
  needFfmpeg();

  it('finds the ffmpeg that the program finds, and says nothing more of it when it shall be quiet', () => {
    const { path: found } = locateFfmpeg({
      chosen: process.env['SLUICE_FFMPEG'],
      searchPath: process.env['PATH'] ?? '',
    });
    const { status, stderr, stdout } = setup(['--for', 'generate'], {});
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toContain(found);
    expect(setup(['--for', 'generate', '--quiet'], {})).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('takes the one that the user chose, and neither passes over nor replaces a wrong choice', () => {
    const program = path.join(folder, 'my-ffmpeg');
    writeFileSync(program, '');
    chmodSync(program, 0o755);
    expect(setup(['--for', 'start'], { SLUICE_FFMPEG: program }).stderr).toContain(program);
    const wrong = setup(['--for', 'start'], { SLUICE_FFMPEG: path.join(folder, 'none') });
    expect(wrong.status).toBe(0);
    expect(wrong.stderr).toMatch(/missing, needed for .*SLUICE_FFMPEG names/);
  });
});

it('refuses a purpose that it does not know', () => {
  expect(setup(['--for', 'fun'], {})).toMatchObject({ status: 2, stdout: '' });
});
