import { cp, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { expect, it } from 'vitest';
import { testPack, testPackDirectory } from '../jobs/jobs.test-support';
import { startStudio, temporaryHome } from './studio.test-support';
import { firstOf, makeShot, type Window } from './window.test-support';

/** The test pack under another name, with a picture. */
async function otherPack(folder: string): Promise<string> {
  const directory = path.join(folder, 'pack');
  await cp(testPackDirectory, directory, { recursive: true });
  const picture = Buffer.from(`\x89PNG\r\n\x1a\n${'x'.repeat(60)}`, 'latin1');
  await writeFile(path.join(directory, 'sheet.png'), picture);
  const manifest = JSON.parse(await readFile(path.join(directory, 'manifest.json'), 'utf8')) as {
    name: string;
    files: unknown[];
  };
  const sha256 = createHash('sha256').update(picture).digest('hex');
  manifest.name = 'other';
  manifest.files.push({ path: 'sheet.png', sizeBytes: picture.byteLength, sha256, chunkSha256: [sha256] });
  await writeFile(path.join(directory, 'manifest.json'), JSON.stringify(manifest));
  return directory;
}

async function installed(window: Window, from: string) {
  const done = await firstOf(window.stream('installPack', { path: from }), ({ kind }) => kind === 'installed');
  if (done.kind !== 'installed') throw new Error('not installed');
  return done.hash;
}

it('shows every window what was installed, preferred and removed', async () => {
  const folder = await temporaryHome();
  const test = await startStudio(folder);
  const [one, other] = [await test.open(), await test.open()];
  const lists = other.stream('packList', {})[Symbol.asyncIterator]();
  const next = async () => (await lists.next()).value?.packs.flatMap((pack) => (pack.state === 'valid' ? pack : []));
  expect(await next()).toMatchObject([{ hash: testPack().hash, isPreferred: true }]);
  const hash = await installed(one, await otherPack(folder));
  expect(await next()).toMatchObject([{ isPreferred: true }, { hash, origin: 'installed', isPreferred: false }]);
  await one.request('changeSettings', { set: { pack: hash } });
  expect(await next()).toMatchObject([{ isPreferred: false }, { hash, isPreferred: true }]);
  const { bytes, type } = await one.request('packPicture', { hash, path: 'sheet.png' });
  expect([type, bytes.byteLength > 50]).toEqual(['image/png', true]);
  for (const none of ['card.md', 'nothing.png', 'base.onnx'])
    await expect(one.request('packPicture', { hash, path: none }), none).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  await one.request('removePack', { hash });
  expect(await next()).toMatchObject([{ hash: testPack().hash, isPreferred: true }]);
});

it('says of a folder without a pack that it is none, and of a damaged pack what is wrong with it', async () => {
  const folder = await temporaryHome();
  const window = await (await startStudio(folder)).open();
  await expect(installed(window, folder)).rejects.toThrow('There is no pack in');
  const directory = await otherPack(folder);
  await writeFile(path.join(directory, 'base.onnx'), 'x');
  await expect(installed(window, directory)).rejects.toMatchObject({ code: 'pack-invalid' });
  expect((await window.request('packs', {})).packs).toHaveLength(1);
});

it('does not remove a pack that an open project or a waiting job needs', async () => {
  const folder = await temporaryHome();
  const test = await startStudio(folder);
  const window = await test.open();
  const hash = await installed(window, await otherPack(folder));
  const opened = await window.request('createProject', { title: 'Harbour' });
  const { takeId } = await makeShot(window, opened, { packHash: hash });
  await expect(window.request('removePack', { hash })).rejects.toThrow('“Harbour” is open and has 1 shot');
  await window.request('changeQueue', { kind: 'hold' });
  const { jobs } = await window.request('generate', { open: opened.open, takes: [takeId] });
  await window.request('closeProject', { open: opened.open });
  await expect(window.request('removePack', { hash })).rejects.toThrow('1 job in the queue needs it');
  await window.request('changeQueue', { kind: 'cancel', id: jobs[0]! });
  await window.request('removePack', { hash });
  expect((await window.request('packs', {})).packs).toHaveLength(1);
});
