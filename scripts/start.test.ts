/** `npm start` and what it needs, on machines that have and have not. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseDoor } from './choose-door.mjs';
import { hasDisplay } from './setup/electron.mjs';

const setup = path.join(import.meta.dirname, 'setup/main.mjs');

describe('the door', () => {
  const whole = { electron: '/electron', isBuilt: true, hasDisplay: true, isLinuxRoot: false };

  it('is a window where there can be one, and gets the arguments', () => {
    expect(chooseDoor(['Harbour.sluice'], whole)).toEqual({
      kind: 'window',
      program: '/electron',
      args: ['Harbour.sluice'],
    });
  });

  it.each([
    [{ ...whole, electron: undefined }, 'its program is not installed'],
    [{ ...whole, isBuilt: false }, 'its window is not built'],
    [{ ...whole, hasDisplay: false }, 'there is no display'],
    [{ ...whole, isLinuxRoot: true }, 'it does not run as root'],
  ])('is the browser otherwise, and says why', (machine, reason) => {
    expect(chooseDoor(['--port', '8000'], machine)).toEqual({ kind: 'browser', reason, args: ['--port', '8000'] });
  });

  it('is the browser for whoever wants it', () => {
    expect(chooseDoor(['--browser', '--port', '8000'], whole)).toMatchObject({ args: ['--port', '8000'] });
  });

  it('needs a display on Linux, which every other system has', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
  });
});

describe('setup --for start', () => {
  async function emptyCache(): Promise<string> {
    const cache = await mkdtemp(path.join(tmpdir(), 'sluice-electron-'));
    onTestFinished(() => rm(cache, { recursive: true, force: true }));
    return cache;
  }

  function run(cache: string, args: readonly string[], variables: Readonly<Record<string, string>>) {
    // Nobody listens there, so whatever network this machine has, there is none.
    const env = {
      ...process.env,
      ELECTRON_MIRROR: 'http://127.0.0.1:9/',
      ELECTRON_OVERRIDE_DIST_PATH: path.join(cache, 'dist'),
      electron_config_cache: cache,
      SLUICE_FFMPEG: process.execPath,
      ...variables,
    };
    return spawnSync(process.execPath, [setup, '--for', 'start', ...args], { env, encoding: 'utf8' });
  }

  it('says in plain words that Electron cannot be had, fails nothing, and does not try again at every start', async () => {
    const cache = await emptyCache();
    const first = run(cache, [], { DISPLAY: ':0' });
    expect(first.status).toBe(0);
    expect(first.stderr).toMatch(/electron +missing, needed for a window of its own; the studio opens in your browser/);
    expect(first.stderr).toContain('its server cannot be reached from here');
    const second = run(cache, ['--quiet'], { DISPLAY: ':0' });
    expect(second.stderr).toContain('tried before');
    expect(second.stderr).not.toContain('downloading');
  });

  it.runIf(process.platform === 'linux')('leaves Electron alone where nothing could show it', async () => {
    const { status, stderr } = run(await emptyCache(), [], { DISPLAY: '', WAYLAND_DISPLAY: '' });
    expect(status).toBe(0);
    expect(stderr).toMatch(/electron +not needed \(there is no display here\)/);
  });
});
