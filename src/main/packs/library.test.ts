import { cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { choosePack, compareVersions, parseReference } from './find-pack';
import { listedFiles } from './inspect-pack';
import { PackLibrary } from './library';
import { type Draft, draftManifest, packContents, temporaryDirectory, writePack } from './pack.test-support';
import { verificationMemory } from './verification-memory';

async function packNamed(name: string, version: string): Promise<string> {
  const contents = packContents();
  return await writePack(
    contents,
    draftManifest(contents, (draft: Draft) => Object.assign(draft, { name, version })),
  );
}

async function libraryOf(...builtInDirectories: string[]): Promise<PackLibrary> {
  return new PackLibrary({ builtInDirectories, home: await temporaryDirectory() });
}

/** Files a pack as if it had been installed, and returns its hash. */
async function fileAway(home: string, directory: string): Promise<string> {
  const { hash } = await new PackLibrary({ builtInDirectories: [], home }).resolve(directory);
  await mkdir(path.join(home, 'packs'), { recursive: true });
  await cp(directory, path.join(home, 'packs', hash), { recursive: true });
  return hash;
}

describe('resolving a pack', () => {
  // There Node's own recursive mkdir never returns.
  test.runIf(process.platform === 'linux')(
    'works where there can be no home; installing there is refused',
    async () => {
      const directory = await packNamed('one', '1.0.0');
      const library = new PackLibrary({ builtInDirectories: [], home: '/proc/sluice' });
      expect((await library.resolve(directory)).manifest.name).toBe('one');
      await expect(library.installFromFolder(directory)).rejects.toMatchObject({ code: 'invalid-argument' });
    },
  );

  test('without a reference takes the first built-in pack that exists', async () => {
    const library = await libraryOf('/nonexistent', await packNamed('one', '1.0.0'), await packNamed('two', '1.0.0'));
    expect((await library.resolve()).manifest.name).toBe('one');
  });

  test('by name takes the newest version', async () => {
    const library = await libraryOf(
      await packNamed('one', '1.2.0'),
      await packNamed('one', '1.10.0'),
      await packNamed('two', '2.0.0'),
    );
    expect((await library.resolve('one')).manifest.version).toBe('1.10.0');
    expect((await library.resolve('one@1.2.0')).manifest.version).toBe('1.2.0');
  });

  test('by path and by the beginning of its hash', async () => {
    const directory = await packNamed('one', '1.0.0');
    const library = await libraryOf(directory);
    const pack = await library.resolve(directory);
    expect(path.isAbsolute(pack.directory)).toBe(true);
    expect((await library.resolve(pack.hash.slice(0, 8).toUpperCase())).hash).toBe(pack.hash);
  });

  test('finds the packs of the user, and what was filed wrongly is not believed', async () => {
    const home = await temporaryDirectory();
    const hash = await fileAway(home, await packNamed('mine', '1.0.0'));
    const library = new PackLibrary({ builtInDirectories: [], home });
    expect((await library.resolve('mine')).hash).toBe(hash);
    await rename(path.join(home, 'packs', hash), path.join(home, 'packs', '0'.repeat(64)));
    await expect(library.resolve('mine')).rejects.toMatchObject({ code: 'pack-invalid' });
    await expect(library.resolve('0'.repeat(64))).rejects.toThrow(hash);
    expect((await library.verify('mine')).checks.at(-1)).toMatchObject({
      subject: 'hash',
      outcome: { kind: 'failed' },
    });
  });

  test('that is not there suggests others', async () => {
    const library = await libraryOf(await packNamed('papercut', '1.0.0'), await packNamed('other', '1.0.0'));
    await expect(library.resolve('papercat')).rejects.toThrow('Did you mean papercut@1.0.0?');
    await expect(library.resolve('papercut@2.0.0')).rejects.toThrow('Did you mean papercut@1.0.0?');
    await expect(library.resolve('xyz')).rejects.toThrow('There are papercut@1.0.0, other@1.0.0.');
    await expect(library.resolve('./nowhere')).rejects.toMatchObject({ code: 'pack-not-found' });
    await expect((await libraryOf()).resolve()).rejects.toThrow('No pack is installed');
    await expect((await libraryOf()).resolve('xyz')).rejects.toThrow('No pack is installed');
  });

  test('that is damaged says so, each time', async () => {
    const directory = await packNamed('one', '1.0.0');
    const library = await libraryOf(directory);
    await library.resolve('one');
    await writeFile(path.join(directory, 'base.onnx'), 'eesb');
    for (let i = 0; i < 2; i++) await expect(library.resolve('one')).rejects.toMatchObject({ code: 'pack-invalid' });
  });
});

describe('verifying a pack', () => {
  test('reads every byte though it was verified before, and what it finds is no longer trusted', async () => {
    const home = await temporaryDirectory();
    const directory = await packNamed('one', '1.0.0');
    const library = new PackLibrary({ builtInDirectories: [directory], home });
    const { hash, manifest } = await library.resolve('one');
    const file = path.join(directory, 'base.onnx');
    const bytes = await readFile(file);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(file, bytes);
    // As on a disk that changes a bit by itself: the file's times tell nothing.
    const memory = verificationMemory(path.join(home, 'packs', '.verified'));
    await memory.remember(directory, hash, await listedFiles(directory, manifest));
    expect((await library.resolve('one')).hash).toBe(hash);
    const damaged = expect.objectContaining({
      subject: 'base.onnx',
      outcome: { kind: 'failed', error: expect.objectContaining({ code: 'pack-invalid' }) as Error },
    }) as object;
    for await (const { checks } of library.verifyAll()) expect(checks).toContainEqual(damaged);
    await expect(library.resolve('one')).rejects.toMatchObject({ code: 'pack-invalid' });
  });
});

describe('listing the packs', () => {
  test('shows broken ones with their problem', async () => {
    const home = await temporaryDirectory();
    await fileAway(home, await packNamed('mine', '1.0.0'));
    await mkdir(path.join(home, 'packs', '1'.repeat(64)));
    await mkdir(path.join(home, 'packs', '.installing-1-x'));
    const library = new PackLibrary({ builtInDirectories: [await packNamed('one', '1.0.0')], home });
    const entries = await library.list();
    expect(entries.map((entry) => entry.origin)).toEqual(['built-in', 'installed', 'installed']);
    expect(entries.map((entry) => entry.state).sort()).toEqual(['invalid', 'valid', 'valid']);
    expect(entries.find((entry) => entry.state === 'invalid')).toMatchObject({ problem: { code: 'pack-invalid' } });
  });
});

describe('references', () => {
  test.each([
    ['papercut', { kind: 'name', name: 'papercut' }],
    ['papercut@1.0.0', { kind: 'name', name: 'papercut', version: '1.0.0' }],
    ['decade', { kind: 'name', name: 'decade' }],
    ['0123ABCD', { kind: 'hash', prefix: '0123abcd' }],
    ['./papercut', { kind: 'path', path: './papercut' }],
    ['models/starter', { kind: 'path', path: 'models/starter' }],
    ['C:\\packs', { kind: 'path', path: 'C:\\packs' }],
    ['..', { kind: 'path', path: '..' }],
  ])('%s', (reference, parsed) => {
    expect(parseReference(reference)).toEqual(parsed);
  });

  test('a hash beginning that fits two packs is refused', () => {
    const candidate = (hash: string) => ({ directory: hash, name: 'x', version: '1.0.0', hash });
    const candidates = [candidate('aaaaaaaa1'), candidate('aaaaaaaa2')];
    expect(() => choosePack(candidates, { kind: 'hash', prefix: 'aaaaaaaa' })).toThrow('several');
    expect(choosePack(candidates, { kind: 'hash', prefix: 'aaaaaaaa2' }).hash).toBe('aaaaaaaa2');
  });

  test('versions are ordered', () => {
    const ordered = ['0.9.9', '1.0.0-alpha', '1.0.0-beta', '1.0.0', '1.0.1', '1.2.0', '1.10.0', '10.0.0'];
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
  });
});
