import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { newLibrary } from './installation.test-support';
import { PackLibrary } from './library';
import { temporaryDirectory, writePack } from './pack.test-support';

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
