import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { link, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isCancellation } from '#shared/errors';
import type { PackFile } from '#shared/pack-manifest';
import { sha256Schema } from '#shared/units';
import { nodeFileSystem } from '../files/file-system';
import { folderSource } from './folder-source';
import { PackLibrary } from './library';
import type { OpenPackSource, PackSource } from './pack-source';
import { draftManifest, packContents, temporaryDirectory, writePack } from './pack.test-support';
import { zip, type ZipEntry } from './zip.test-support';

async function newLibrary(): Promise<{ library: PackLibrary; home: string; installed: () => Promise<string[]> }> {
  const home = await temporaryDirectory();
  const library = new PackLibrary({ builtInDirectories: [], home });
  const names = () => readdir(path.join(home, 'packs')).catch(() => []);
  return { library, home, installed: async () => (await names()).filter((name) => name !== '.verified') };
}

/** The entries of a whole pack. */
function packEntries(prefix = ''): ZipEntry[] {
  const contents = packContents();
  const manifest = new TextEncoder().encode(JSON.stringify(draftManifest(contents)));
  return [...contents, ['manifest.json', manifest] as const].map(([name, bytes]) => ({
    name: prefix + name,
    bytes,
    method: 'deflated',
  }));
}

async function zipFile(entries: readonly ZipEntry[]): Promise<string> {
  const file = path.join(await temporaryDirectory(), 'pack.zip');
  await writeFile(file, zip(entries));
  return file;
}

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

describe('installing from a zip file', () => {
  test.each(['', 'tiny-1.0.0/'])('takes a pack at %j, stored or deflated', async (prefix) => {
    const { library, installed } = await newLibrary();
    const droppings = ['__MACOSX/._card.md', `${prefix}.DS_Store`].map((name) => ({ name, bytes: new Uint8Array(4) }));
    const folder = prefix === '' ? [] : [{ name: prefix, bytes: new Uint8Array(), mode: 0o040755 }];
    const entries = packEntries(prefix).map((entry, i) => (i % 2 === 0 ? { ...entry, method: 0 } : entry));
    const { pack, isNew } = await library.installFromZip(await zipFile([...folder, ...entries, ...droppings]));
    expect(isNew).toBe(true);
    expect(await installed()).toEqual([pack.hash]);
    expect((await readdir(pack.directory)).sort()).toEqual([...packContents().keys(), 'manifest.json'].sort());
    expect((await library.installFromFolder(await writePack())).isNew).toBe(false);
  });

  const zeros = new Uint8Array(32 * 1024 ** 2);
  const link = { name: 'x.txt', bytes: new TextEncoder().encode('/etc/passwd'), mode: 0o120777 };
  const without = (name: string) => packEntries().filter((entry) => entry.name !== name);
  const text = (name: string) => ({ name, bytes: new TextEncoder().encode('x') });
  test.each<[string, string, () => readonly ZipEntry[]]>([
    ['a path upwards', '..', () => [...packEntries(), text('../evil.txt')]],
    ['a path upwards inside', '..', () => [...packEntries(), text('a/../../evil.txt')]],
    ['a path with backslashes', 'evil', () => [...packEntries(), text('..\\evil.txt')]],
    ['an absolute path', 'absolute', () => [...packEntries(), text('/etc/evil.txt')]],
    ['a path on a drive', 'C:', () => [...packEntries(), text('C:/evil.txt')]],
    ['a name with a null', 'no plain path', () => [...packEntries(), text('evil\u0000.txt')]],
    ['a symbolic link', 'link', () => [...packEntries(), link]],
    ['a symbolic link for a file of the pack', 'link', () => [...without('card.md'), { ...link, name: 'card.md' }]],
    ['a link to a folder', 'link', () => [...packEntries(), { ...link, name: 'folder/' }]],
    ['a device', 'link or a device', () => [...packEntries(), { ...text('dev'), mode: 0o020666 }]],
    ['a name twice', 'twice', () => [...packEntries(), text('card.md')]],
    ['a name in two cases', 'twice', () => [...packEntries(), text('Card.MD')]],
    ['a file and a folder of one name', 'twice', () => [...packEntries(), { ...text('card.md/'), mode: 0o040755 }]],
    [
      'an encrypted entry',
      'encrypted',
      () => [...without('card.md'), { ...text('card.md'), method: 'deflated', flags: 1 }],
    ],
    ['a compression that nobody knows', 'method 93', () => [...without('card.md'), { ...text('card.md'), method: 93 }]],
    ['a file that the manifest does not list', 'does not list', () => [...packEntries(), text('run.py')]],
    ['a missing file', 'missing', () => without('card.md')],
    ['no manifest', 'manifest.json', () => without('manifest.json')],
    ['a pack beside another folder', 'only folder', () => [...packEntries('a/'), text('b/x.txt')]],
    ['a bomb by ratio', 'would unpack', () => [...packEntries(), { name: 'z.txt', bytes: zeros, method: 'deflated' }]],
    ['a bomb by count', 'entries', () => Array.from({ length: 2000 }, (_, i) => text(`f${i}.txt`))],
    [
      'a bomb by shared bytes',
      'overlaps',
      () => [...packEntries(), text('a.txt'), { ...text('b.txt'), sharesBytesOf: 7 }],
    ],
    [
      'a size that is a lie',
      'bytes',
      () => [
        ...without('card.md'),
        { name: 'card.md', bytes: zeros.subarray(0, 1e5), method: 'deflated', claimedSize: 8 },
      ],
    ],
    [
      'a manifest of megabytes',
      'manifest',
      () => [...without('manifest.json'), { name: 'manifest.json', bytes: zeros.subarray(0, 2e6), method: 'deflated' }],
    ],
  ])('refuses %s', async (_name, because, entries) => {
    const { library, home, installed } = await newLibrary();
    await expect(library.installFromZip(await zipFile(entries()))).rejects.toMatchObject({
      code: 'pack-invalid',
      message: expect.stringContaining(because) as string,
    });
    expect(await installed()).toEqual([]);
    expect((await readdir(home)).filter((name) => name.includes('evil'))).toEqual([]);
  });

  test('refuses what is no zip file', async () => {
    const { library } = await newLibrary();
    const whole = zip(packEntries());
    const file = path.join(await temporaryDirectory(), 'pack.zip');
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('<html>404</html>'),
      whole.subarray(0, whole.length - 100),
      whole.subarray(500),
    ]) {
      await writeFile(file, bytes);
      await expect(library.installFromZip(file)).rejects.toMatchObject({ code: 'pack-invalid' });
    }
    for (const nowhere of ['/nowhere.zip', path.dirname(file)])
      await expect(library.installFromZip(nowhere)).rejects.toMatchObject({ code: 'pack-not-found' });
  });

  test('refuses, or installs whole, a zip file with any byte changed', async () => {
    const whole = zip(packEntries());
    const { library } = await newLibrary();
    const file = path.join(await temporaryDirectory(), 'pack.zip');
    for (let at = 1; at < whole.length; at += 89) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 0x55;
      await writeFile(file, bytes);
      const outcome: unknown = await library.installFromZip(file).catch((error: unknown) => error);
      expect(outcome).toMatchObject(
        outcome instanceof Error ? { code: 'pack-invalid' } : { pack: { manifest: { name: 'tiny' } } },
      );
      if (!(outcome instanceof Error)) await library.remove('tiny');
    }
  });
});

describe('removing a pack', () => {
  test('takes it away, also a damaged one, by name or hash', async () => {
    const { library, installed } = await newLibrary();
    const { pack } = await library.installFromFolder(await writePack());
    expect(await library.remove('tiny@1.0.0')).toMatchObject({ hash: pack.hash });
    expect(await installed()).toEqual([]);
    await library.installFromFolder(await writePack());
    await writeFile(path.join(pack.directory, 'manifest.json'), '');
    await library.remove(pack.hash.slice(0, 12));
    expect(await installed()).toEqual([]);
    await expect(library.remove('tiny')).rejects.toMatchObject({ code: 'pack-not-found' });
  });

  test('is refused for built-in packs and for paths', async () => {
    const builtIn = await writePack();
    const library = new PackLibrary({ builtInDirectories: [builtIn], home: await temporaryDirectory() });
    await expect(library.remove('tiny')).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(library.remove(builtIn)).rejects.toMatchObject({ code: 'invalid-argument' });
    await library.installFromFolder(builtIn);
    await library.remove('tiny');
    expect((await library.resolve('tiny')).directory).toBe(builtIn);
  });
});

describe('several processes', () => {
  function start(home: string, source: string): ChildProcess {
    const jiti = path.join(
      path.dirname(createRequire(import.meta.url).resolve('jiti/package.json')),
      'lib/jiti-cli.mjs',
    );
    return fork(jiti, [path.join(import.meta.dirname, 'install.test-process.ts'), home, source]);
  }

  async function result(child: ChildProcess): Promise<unknown> {
    const messages: unknown[] = [];
    child.on('message', (message) => messages.push(message));
    await once(child, 'exit');
    return messages.at(-1);
  }

  test('that install one pack at once all succeed, and one of them installs it', async () => {
    const { library, home, installed } = await newLibrary();
    const [folder, file] = [await writePack(), await zipFile(packEntries())];
    const results = await Promise.all([start(home, folder), start(home, file)].map(result));
    const { hash } = await library.resolve('tiny');
    expect(results).toEqual(
      expect.arrayContaining([
        { isNew: true, hash },
        { isNew: false, hash },
      ]),
    );
    expect(await installed()).toEqual([hash]);
  });

  test('of which one is killed while it installs: nothing has a name, the next one clears up and installs', async () => {
    const { library, home, installed } = await newLibrary();
    const folder = await writePack();
    const child = start(home, folder);
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    for (const name of await installed()) expect(name).toMatch(/^\.installing-|^[0-9a-f]{64}$/);
    const { pack } = await library.installFromFolder(folder);
    expect(await installed()).toEqual([pack.hash]);
  });
});
