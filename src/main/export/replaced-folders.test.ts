import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeFileSystem, type FileSystem } from '../files/file-system';
import type { Presence } from '../files/presence';
import { scratchFolder } from '../media/ffmpeg.test-support';
import { Sluice } from '../sluice';
import { beginOutput, commitOutput } from './commit-output';
import { asideOf, prepareOutput, type OutputTarget } from './output-target';
import { ReplacedFolders } from './replaced-folders';

const scratch = scratchFolder();
const presenceOf = (id: string, living: readonly string[]): Presence => ({
  id,
  isAlive: (other) => Promise.resolve(living.includes(other)),
  close: () => Promise.resolve(),
});
const [killed, next] = ['1-0123456789abcdef', '2-0123456789abcdef'];

let home: string;
let exports: string;
let pictures: string;
beforeEach(({ task }) => {
  const own = path.join(scratch, task.id);
  [home, exports] = [path.join(own, 'home'), path.join(own, 'exports')];
  pictures = path.join(exports, 'pictures');
  mkdirSync(pictures, { recursive: true });
  writeFileSync(path.join(pictures, 'frame-000000.png'), 'old');
});

const notes = (): string => path.join(home, 'replaced');
const shown = (): string => readFileSync(path.join(pictures, 'frame-000000.png'), 'utf8');
const hidden = (): string[] => readdirSync(exports).filter((name) => name.startsWith('.'));

async function written(): Promise<OutputTarget> {
  const target = await prepareOutput(pictures, 'folder', true);
  writeFileSync(path.join(await beginOutput(target), 'frame-000000.png'), 'new');
  return target;
}

/** Replaces the pictures up to the `call`th call of `name`, which never returns: so far a killed process came. */
async function killedBefore(name: 'rename' | 'rm', call: number): Promise<OutputTarget> {
  const target = await written();
  let calls = 0;
  await new Promise<void>((resolve) => {
    const last = (): boolean => (calls += 1) === call;
    const forever = (): Promise<void> => {
      resolve();
      return new Promise(() => undefined);
    };
    const files: FileSystem = {
      ...nodeFileSystem,
      rename: (from, to) => (name === 'rename' && last() ? forever() : nodeFileSystem.rename(from, to)),
      rm: (gone, options) => (name === 'rm' && last() ? forever() : nodeFileSystem.rm(gone, options)),
    };
    const replacing = ReplacedFolders.open(notes(), presenceOf(killed, []));
    void replacing.then((replaced) => replaced.during(target, () => commitOutput(target, undefined, files)));
  });
  return target;
}

/** @returns what was said to have its name again */
async function started(living: readonly string[] = []): Promise<readonly string[]> {
  const restored: string[] = [];
  await ReplacedFolders.open(notes(), presenceOf(next, living), (folder) => restored.push(folder));
  return restored;
}

describe('a folder that is being replaced', () => {
  it('is the new one, and nothing is kept of the old one', async () => {
    const target = await written();
    const replaced = await ReplacedFolders.open(notes(), presenceOf(killed, [killed]));
    await replaced.during(target, () => commitOutput(target, undefined));
    expect([shown(), hidden(), readdirSync(notes())]).toEqual(['new', [], []]);
  });

  it('has its name again at the next start, after a kill between the two renames', async () => {
    await killedBefore('rename', 2);
    expect(existsSync(pictures)).toBe(false);
    expect(await started()).toEqual([pictures]);
    expect([shown(), readdirSync(notes())]).toEqual(['old', []]);
    expect(await started()).toEqual([]);
  });

  it('is found by whatever door Sluice is started, and said', async () => {
    await killedBefore('rename', 2);
    const said: string[] = [];
    const sluice = new Sluice({
      ...{ home, builtInPacks: [], ffmpeg: { chosen: undefined, searchPath: '' }, inferenceEntry: '/none' },
      ...{ environment: {}, version: '0.0.0', onNotice: (message: string) => said.push(message) },
    });
    await sluice.jobs();
    await sluice.close();
    expect(shown()).toBe('old');
    expect(said).toEqual([expect.stringContaining(pictures)]);
  });

  it('stays the old one after a kill before the renames, and the new one after a kill behind them', async () => {
    await killedBefore('rename', 1);
    await started();
    expect(shown()).toBe('old');
    const { passingName } = await killedBefore('rm', 1);
    expect(hidden()).toContain(asideOf(passingName));
    expect(await started()).toEqual([]);
    expect([shown(), hidden().includes(asideOf(passingName))]).toEqual(['new', false]);
  });

  it('is left to the process that replaces it, as long as that lives', async () => {
    await killedBefore('rename', 2);
    expect(await started([killed])).toEqual([]);
    expect(existsSync(pictures)).toBe(false);
  });

  it('is waited for where its disk is out', async () => {
    await killedBefore('rename', 2);
    renameSync(exports, `${exports}-out`);
    expect(await started()).toEqual([]);
    renameSync(`${exports}-out`, exports);
    expect(await started()).toEqual([pictures]);
  });

  it('is not cleared away by another export, however old it is', async () => {
    const { passingName } = await killedBefore('rename', 2);
    const old = new Date(Date.now() - 25 * 3600 * 1000);
    for (const name of hidden()) utimesSync(path.join(exports, name), old, old);
    await beginOutput(await prepareOutput(path.join(exports, 'other.mp4'), 'file', false));
    expect(hidden()).toEqual([asideOf(passingName)]);
    expect(await started()).toEqual([pictures]);
  });

  it('has its name again where what replaces it ends half-way', async () => {
    const target = await written();
    const replaced = await ReplacedFolders.open(notes(), presenceOf(killed, [killed]));
    const ended = replaced.during(target, () => {
      renameSync(pictures, path.join(exports, asideOf(target.passingName)));
      return Promise.reject(new Error('the thread was ended'));
    });
    await expect(ended).rejects.toThrow('the thread was ended');
    expect([shown(), readdirSync(notes())]).toEqual(['old', []]);
  });
});
