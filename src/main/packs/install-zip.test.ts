import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { newLibrary, packEntries, zipFile } from './installation.test-support';
import { packContents, temporaryDirectory, writePack } from './pack.test-support';
import { zip, type ZipEntry } from './zip.test-support';

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
