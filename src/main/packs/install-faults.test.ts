/** Installing and removing while the disk fails, or the process ends, at any one file-system call, for every one of them. */
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type FileSystem, nodeFileSystem, type OpenFile } from '../files/file-system';
import { PackLibrary } from './library';
import { temporaryDirectory, writePack } from './pack.test-support';

type Fault = 'disk full once' | 'the process ends';

/**
 * Node's file system until call `at`, which does half of a write and fails; after the end of a process nothing happens any more.
 * Nothing is synced: that protects against power cuts, not against this, and takes most of the time.
 */
class FaultyFiles implements FileSystem {
  calls = 0;

  constructor(
    private readonly at: number,
    private readonly fault: Fault,
  ) {}

  async #call<T>(action: () => Promise<T>, half: () => Promise<unknown> = () => Promise.resolve()): Promise<T> {
    const call = this.calls++;
    if (call === this.at) await half();
    if (call === this.at && this.fault === 'disk full once') throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    if (call >= this.at && this.fault === 'the process ends') throw new Error('dead');
    return await action();
  }

  async open(file: string, flags: 'a' | 'r' | 'r+' | 'wx'): Promise<OpenFile> {
    const handle = await this.#call(() => nodeFileSystem.open(file, flags));
    return {
      writeFile: (content) =>
        this.#call(
          () => handle.writeFile(content),
          () => handle.writeFile(content.slice(0, content.length / 2)),
        ),
      truncate: (length) => this.#call(() => handle.truncate(length)),
      sync: () => this.#call(() => Promise.resolve()),
      stat: () => this.#call(() => handle.stat()),
      close: () => handle.close(),
    };
  }

  readFile = (file: string) => this.#call(() => nodeFileSystem.readFile(file));
  readdir = (folder: string) => this.#call(() => nodeFileSystem.readdir(folder));
  mkdir = (folder: string, options: { readonly recursive: true }) =>
    this.#call(() => nodeFileSystem.mkdir(folder, options));
  rename = (from: string, to: string) => this.#call(() => nodeFileSystem.rename(from, to));
  copyFile = (from: string, to: string) => this.#call(() => nodeFileSystem.copyFile(from, to));
  rm = (target: string, options: { readonly force: true; readonly recursive?: boolean }) =>
    this.#call(() => nodeFileSystem.rm(target, options));
  stat = (target: string) => this.#call(() => nodeFileSystem.stat(target));
}

const faults: readonly Fault[] = ['disk full once', 'the process ends'];
/** More than an installation makes: a test that gets here never came to an end. */
const tooMany = 500;
/** Those after the new copy was written: the old one is renamed and removed, the new one renamed and its folder synced, and a few more. */
const callsOfReplacing = 8;

describe.each(faults)('%s', (fault) => {
  let home: string;
  let folder: string;
  const whole = () => failing(Infinity).library;
  const failing = (at: number) => {
    const files = new FaultyFiles(at, fault);
    return { files, library: new PackLibrary({ builtInDirectories: [], home, files }) };
  };
  const names = async () =>
    (await readdir(path.join(home, 'packs')).catch(() => [])).filter((name) => name !== '.verified');

  beforeEach(async () => {
    home = await temporaryDirectory();
    folder = await writePack();
  });

  /** What bears a final name is a whole pack, and whoever installs next finds nothing in the way and leaves nothing behind. */
  async function expectSoundAndRepairable(): Promise<void> {
    for (const entry of await whole().list()) expect(entry.state).toBe('valid');
    const { pack } = await whole().installFromFolder(folder);
    expect(await names()).toEqual([pack.hash]);
    expect((await whole().resolve('tiny')).hash).toBe(pack.hash);
  }

  test('while installing', async () => {
    for (let at = 0; at < tooMany; at++) {
      const { files, library } = failing(at);
      const outcome: unknown = await library.installFromFolder(folder).catch((error: unknown) => error);
      if (outcome instanceof Error && fault === 'disk full once') expect(outcome).toMatchObject({ code: 'disk-full' });
      if (!(outcome instanceof Error) && files.calls <= at) return;
      await expectSoundAndRepairable();
      await rm(path.join(home, 'packs'), { recursive: true });
    }
    expect.unreachable();
  });

  test('while a new copy takes the place of a damaged one', async () => {
    const { pack } = await whole().installFromFolder(folder);
    const damage = () => writeFile(path.join(pack.directory, 'card.md'), '# A care');
    await damage();
    const counting = failing(Infinity);
    await counting.library.installFromFolder(folder);
    for (let at = counting.files.calls - callsOfReplacing; at < counting.files.calls; at++) {
      await damage();
      await failing(at)
        .library.installFromFolder(folder)
        .catch((error: unknown) => error);
      await whole().installFromFolder(folder);
      await expectSoundAndRepairable();
    }
  });

  test('while removing', async () => {
    for (let at = 0; at < tooMany; at++) {
      await whole().installFromFolder(folder);
      const { files, library } = failing(at);
      const outcome: unknown = await library.remove('tiny').catch((error: unknown) => error);
      if (!(outcome instanceof Error) && files.calls <= at) return;
      await expectSoundAndRepairable();
    }
    expect.unreachable();
  });
});
