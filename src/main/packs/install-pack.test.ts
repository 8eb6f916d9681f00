import { link, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isCancellation } from '#shared/errors';
import { type PackFile } from '#shared/pack-manifest';
import { sha256Schema } from '#shared/units';
import { nodeFileSystem } from '../files/file-system';
import { folderSource } from './folder-source';
import { newLibrary } from './installation.test-support';
import { PackLibrary } from './library';
import { type OpenPackSource, type PackSource } from './pack-source';
import { temporaryDirectory, writePack } from './pack.test-support';

describe('installing from a folder', () => {
  test('copies every byte under the hash, once', async () => {
    const { library, installed } = await newLibrary();
    const folder = await writePack();
    const progress: [number, number][] = [];
    const first = await library.installFromFolder(folder, { onProgress: (...step) => progress.push(step) });
    expect(first.isNew).toBe(true);
    expect(path.basename(first.pack.directory)).toBe(first.pack.hash);
    for (const name of await readdir(folder))
      expect(await readFile(path.join(first.pack.directory, name))).toEqual(await readFile(path.join(folder, name)));
    expect(progress.at(-1)?.[0]).toBe(progress.at(-1)?.[1]);
    expect(await library.installFromFolder(folder)).toEqual({ pack: first.pack, isNew: false });
    expect(await installed()).toEqual([first.pack.hash]);
    expect((await library.resolve('tiny')).directory).toBe(first.pack.directory);
  });

  test('refuses links in it, and files that the manifest does not list', async () => {
    const { library, installed } = await newLibrary();
    for (const spoil of [
      (folder: string) => symlink('/etc/passwd', path.join(folder, 'x.txt')),
      (folder: string) => link(path.join(folder, 'card.md'), `${folder}.card`),
      (folder: string) => writeFile(path.join(folder, 'x.txt'), ''),
    ]) {
      const folder = await writePack();
      await spoil(folder);
      await expect(library.installFromFolder(folder)).rejects.toMatchObject({ code: 'pack-invalid' });
      await rm(`${folder}.card`, { force: true });
    }
    await expect(library.installFromFolder('/nowhere')).rejects.toMatchObject({ code: 'pack-not-found' });
    expect(await installed()).toEqual([]);
  });

  test('refuses damaged contents before they have a name', async () => {
    const { library, installed } = await newLibrary();
    const folder = await writePack();
    await writeFile(path.join(folder, 'card.md'), '# A care');
    await expect(library.installFromFolder(folder)).rejects.toThrow('"card.md" is damaged');
    expect(await installed()).toEqual([]);
  });

  test('refuses another pack than the one that was asked for, and names both', async () => {
    const { library, installed } = await newLibrary();
    const folder = await writePack();
    const { hash } = await library.resolve(folder);
    const other = sha256Schema.parse('0'.repeat(64));
    const refused = library.installFromFolder(folder, { expectedHash: other });
    await expect(refused).rejects.toThrow(new RegExp(`${hash}.*${other}`));
    expect(await installed()).toEqual([]);
    expect((await library.installFromFolder(folder, { expectedHash: hash })).isNew).toBe(true);
  });

  test('repairs an installed pack that is damaged', async () => {
    const { library, installed } = await newLibrary();
    const folder = await writePack();
    const { pack } = await library.installFromFolder(folder);
    await writeFile(path.join(pack.directory, 'card.md'), '# A care');
    await expect(library.resolve('tiny')).rejects.toThrow('damaged');
    expect((await library.installFromFolder(folder)).isNew).toBe(true);
    expect((await library.resolve('tiny')).hash).toBe(pack.hash);
    expect(await installed()).toEqual([pack.hash]);
  });

  test('can be cancelled, and leaves nothing', async () => {
    const { library, installed } = await newLibrary();
    const controller = new AbortController();
    const installing = library.installFromFolder(await writePack(), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(installing).rejects.toSatisfy(isCancellation);
    expect(await installed()).toEqual([]);
  });

  test('says so where nothing may be written', async () => {
    const readOnly = () => Promise.reject(Object.assign(new Error('read-only'), { code: 'EROFS' }));
    const files = { ...nodeFileSystem, mkdir: readOnly };
    const library = new PackLibrary({ builtInDirectories: [], home: await temporaryDirectory(), files });
    await expect(library.installFromFolder(await writePack())).rejects.toMatchObject({ code: 'disk-read-only' });
  });
});

describe('a source that is not what it says', () => {
  /** The whole pack, with the contents of one file replaced while it is copied. */
  function source(replace: (file: PackFile) => AsyncIterable<Uint8Array> | undefined): PackSource {
    return {
      description: 'a test',
      open: async (): Promise<OpenPackSource> => {
        const opened = await folderSource(await writePack()).open();
        return { ...opened, readFile: (file) => replace(file) ?? opened.readFile(file) };
      },
    };
  }

  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) yield await Promise.resolve(new Uint8Array(1024));
  }

  async function* broken(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(new Uint8Array(1));
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  }

  test.each<[string, object, () => AsyncIterable<Uint8Array>]>([
    ['goes on for ever', { code: 'pack-invalid' }, endless],
    ['fills the disk', { code: 'disk-full' }, broken],
  ])('%s: refused, nothing left', async (_name, error, contents) => {
    const { library, installed } = await newLibrary();
    const installing = library.install(source((file) => (file.path === 'card.md' ? contents() : undefined)));
    await expect(installing).rejects.toMatchObject(error);
    expect(await installed()).toEqual([]);
  });
});
