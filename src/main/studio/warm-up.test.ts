import { cp, open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { stageIdSchema } from '#shared/pack-manifest';
import { testPack, testPackDirectory } from '../jobs/jobs.test-support';
import { startStudio, temporaryHome, type TestStudio } from './studio.test-support';
import { firstOf, makeShot } from './window.test-support';

const base = stageIdSchema.parse('base');
const packHash = testPack().hash;

/** What is kept of providers. */
const remembered = ({ folder }: TestStudio): Promise<string> =>
  readFile(path.join(folder, 'home/providers.json'), 'utf8').catch(() => '');

/** A new shot; has its first stage made, and says what became of that. */
async function shotIn(test: TestStudio) {
  const window = await test.open();
  const opened = await window.request('createProject', { title: 'Harbour' });
  const { takeId } = await makeShot(window, opened, { packHash });
  const wanted = { open: opened.open, takes: [takeId] };
  return async () => {
    await window.request('generate', { ...wanted, upTo: base });
    const { ladder } = await firstOf(window.stream('ladders', wanted), (event) =>
      ['done', 'failed'].includes(event.ladder?.stages[0]?.state.kind ?? ''),
    );
    return ladder?.stages[0]?.state;
  };
}

async function packCopy(folder: string): Promise<string> {
  const copy = path.join(folder, 'pack');
  await cp(testPackDirectory, copy, { recursive: true });
  return copy;
}

/** One bit of the first stage's graph is another; its size is not. */
async function damage(pack: string): Promise<void> {
  const file = path.join(pack, 'base.onnx');
  await using handle = await open(file, 'r+');
  const at = Math.floor((await stat(file)).size / 2);
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, at);
  await handle.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, at);
}

test('a studio that nobody has asked for anything chooses the provider, and then draws with it', async () => {
  const test = await startStudio(await temporaryHome());
  await test.studio.warmUp();
  const known = await remembered(test);
  expect(known).toMatch(/"provider": "cpu",\s*"usable": true/);
  const make = await shotIn(test);
  expect(await make()).toMatchObject({ kind: 'done' });
  expect(await remembered(test)).toBe(known);
  expect(test.notices).toEqual([]);
});

test('it closes at once in the middle of that, and remembers nothing of a provider that did not answer', async () => {
  const test = await startStudio(await temporaryHome());
  const warming = test.studio.warmUp();
  await test.close();
  await warming;
  expect(await remembered(test)).toBe('');
});

test('a pack that was damaged before is told where packs are listed; nothing of it is tried', async () => {
  const folder = await temporaryHome();
  const pack = await packCopy(folder);
  await damage(pack);
  const test = await startStudio(folder, { packs: [pack] });
  await test.studio.warmUp();
  const window = await test.open();
  expect((await window.request('packs', {})).packs).toMatchObject([
    { state: 'invalid', problem: { code: 'pack-invalid', message: expect.stringContaining('base.onnx') as string } },
  ]);
  expect(await remembered(test)).toBe('');
  expect(test.notices).toEqual([]);
});

test('one that is damaged after it was validated and loaded gives an error, and no picture', async () => {
  const folder = await temporaryHome();
  const pack = await packCopy(folder);
  const test = await startStudio(folder, { packs: [pack] });
  const make = await shotIn(test);
  await test.studio.warmUp();
  await damage(pack);
  await expect(make()).rejects.toMatchObject({ code: 'pack-invalid' });
});
