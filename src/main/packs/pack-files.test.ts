import { execFileSync } from 'node:child_process';
import { copyFile, link, mkdir, readFile, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packChunkBytes } from '#shared/pack-manifest';
import { inspectPack, validatePack } from './inspect-pack';
import { checkFileHash, findFiles } from './pack-files';
import { draftManifest, fileEntry, packContents, temporaryDirectory, writePack } from './pack.test-support';
import { verificationMemory } from './verification-memory';

describe('a whole pack', () => {
  test('is valid, with the droppings of file managers in it', async () => {
    const directory = await writePack();
    await writeFile(path.join(directory, '.DS_Store'), 'x');
    expect((await validatePack(directory)).manifest.name).toBe('tiny');
  });

  test('is reported check by check', async () => {
    const directory = await writePack();
    await writeFile(path.join(directory, 'card.md'), '# A care');
    const { checks } = await inspectPack(directory);
    expect(checks.map(({ subject, outcome }) => [subject, outcome.kind])).toEqual([
      ['manifest', 'passed'],
      ['files', 'passed'],
      ['base.onnx', 'passed'],
      ['ssr.onnx', 'passed'],
      ['text.onnx', 'passed'],
      ['tokenizer.json', 'passed'],
      ['golden.json', 'passed'],
      ['card.md', 'failed'],
    ]);
  });

  test('the test pack of this repository is valid', async () => {
    const pack = await validatePack(path.join(import.meta.dirname, '../../../models/test-pack'));
    expect(pack.manifest.stages).toHaveLength(7);
  });
});

const spoilt: [string, RegExp, (directory: string) => Promise<unknown>][] = [
  ['a missing file', /"base.onnx" is missing/, (d) => rm(path.join(d, 'base.onnx'))],
  ['a surplus file', /"run.py", which its manifest does not list/, (d) => writeFile(path.join(d, 'run.py'), '')],
  [
    'a surplus file in a folder',
    /"a\/b.txt"/,
    (d) => mkdir(path.join(d, 'a')).then(() => writeFile(path.join(d, 'a/b.txt'), '')),
  ],
  ['a shorter file', /has \d+ bytes instead of/, (d) => truncate(path.join(d, 'ssr.onnx'), 40)],
  ['a longer file', /has \d+ bytes instead of/, (d) => writeFile(path.join(d, 'card.md'), 'x', { flag: 'a' })],
  ['a flipped bit', /"ssr.onnx" is damaged \(piece 1 of 1\)/, (d) => flipBit(path.join(d, 'ssr.onnx'))],
  ['a file under another case', /missing/, (d) => rename(path.join(d, 'card.md'), path.join(d, 'Card.md'))],
  ['a symbolic link', /"card.md" is a symbolic link/, (d) => replaceByLink(d, symlink)],
  ['a hard link', /"card.md" has 2 names/, (d) => replaceByLink(d, link)],
  ['a link to a folder', /"more" is a symbolic link/, (d) => symlink('/etc', path.join(d, 'more'))],
  [
    'a manifest that is a link',
    /manifest.json" cannot be opened/,
    (d) =>
      rename(path.join(d, 'manifest.json'), `${d}.json`).then(() =>
        symlink(`${d}.json`, path.join(d, 'manifest.json')),
      ),
  ],
  ['no manifest', /holds no pack: there is no manifest\.json in it/, (d) => rm(path.join(d, 'manifest.json'))],
  [
    'a manifest that is a folder',
    /not a regular file/,
    (d) => rm(path.join(d, 'manifest.json')).then(() => mkdir(path.join(d, 'manifest.json'))),
  ],
  ['a pipe', /"pipe" is not a regular file/, (d) => Promise.resolve(execFileSync('mkfifo', [path.join(d, 'pipe')]))],
  [
    'a pipe for a manifest',
    /not a regular file/,
    (d) => rm(path.join(d, 'manifest.json')).then(() => execFileSync('mkfifo', [path.join(d, 'manifest.json')])),
  ],
  ['folders without end', /nested deeper/, (d) => mkdir(path.join(d, 'a/'.repeat(12)), { recursive: true })],
  [
    'a thousand folders',
    /more than 1024 entries/,
    async (d) => {
      for (let i = 0; i < 1100; i++) await mkdir(path.join(d, `f${i}`));
    },
  ],
];

describe.skipIf(process.platform === 'win32')('a spoilt pack', () => {
  test.each(spoilt)('%s is refused', async (_name, message, spoil) => {
    const directory = await writePack();
    await spoil(directory);
    await expect(validatePack(directory)).rejects.toMatchObject({
      code: 'pack-invalid',
      message: expect.stringMatching(message) as string,
    });
  });

  test('that is not there is not found', async () => {
    const directory = await writePack();
    for (const nowhere of [path.join(directory, 'nowhere'), path.join(directory, 'card.md'), '\u0000'])
      await expect(validatePack(nowhere)).rejects.toMatchObject({ code: 'pack-not-found' });
  });

  test('with a tokenizer of another kind, or too small a one, is refused', async () => {
    for (const tokenizer of [
      '{',
      '{"model":{"type":"BPE","vocab":[]}}',
      '{"model":{"type":"Unigram","vocab":[["a",0]]}}',
      '{"model":{"type":"Unigram","byte_fallback":1,"vocab":[["a",0],["b",0],["c",0]]}}',
    ]) {
      const contents = packContents().set('tokenizer.json', new TextEncoder().encode(tokenizer));
      await expect(validatePack(await writePack(contents))).rejects.toMatchObject({ code: 'pack-invalid' });
    }
  });

  test('with a tokenizer that spells what it lacks in bytes is taken', async () => {
    const tokenizer = JSON.parse(new TextDecoder().decode(packContents().get('tokenizer.json'))) as { model: object };
    const spelling = JSON.stringify({ ...tokenizer, model: { ...tokenizer.model, byte_fallback: true } });
    const contents = packContents().set('tokenizer.json', new TextEncoder().encode(spelling));
    expect((await validatePack(await writePack(contents))).manifest.name).toBe('tiny');
  });

  test('with a graph whose weights lie outside is refused though every hash is right', async () => {
    const contents = packContents();
    const graph = contents.get('base.onnx')!;
    contents.set('base.onnx', graph.slice(0, graph.length - 3));
    await expect(validatePack(await writePack(contents))).rejects.toThrow('ONNX file is refused');
  });
});

describe('a file of several pieces', () => {
  test('is hashed piece by piece, and the damaged one is named', async () => {
    const directory = await temporaryDirectory();
    const bytes = new Uint8Array(2 * packChunkBytes + 5).map((_, i) => i % 251);
    const file = path.join(directory, 'w.onnx');
    await writeFile(file, bytes);
    const contents = packContents().set('w.onnx', bytes);
    const entry = { ...fileEntry('w.onnx', bytes), path: 'w.onnx' };
    const draft = draftManifest(contents);
    expect(draft.files.at(-1)).toEqual(entry);
    const listed = entry as unknown as Parameters<typeof checkFileHash>[1];
    await checkFileHash(directory, listed);
    await flipBit(file, packChunkBytes + 7);
    await expect(checkFileHash(directory, listed)).rejects.toThrow('piece 2 of 3');
    await truncate(file, packChunkBytes);
    await expect(checkFileHash(directory, listed)).rejects.toThrow('damaged');
    await expect(checkFileHash(directory, listed, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('what was verified', () => {
  test('is remembered until a file changes, also when its size and time are put back', async () => {
    const directory = await writePack();
    const folder = await temporaryDirectory();
    const { hash } = await validatePack(directory, { memory: verificationMemory(folder) });
    const knows = async () => verificationMemory(folder).knows(directory, hash, await findFiles(directory));
    expect(await knows()).toBe(true);
    const time = new Date(2020, 1, 1);
    await utimes(path.join(directory, 'base.onnx'), time, time);
    await validatePack(directory, { memory: verificationMemory(folder) });
    expect(await knows()).toBe(true);
    await flipBit(path.join(directory, 'base.onnx'));
    await utimes(path.join(directory, 'base.onnx'), time, time);
    expect(await knows()).toBe(false);
    await expect(validatePack(directory, { memory: verificationMemory(folder) })).rejects.toThrow('damaged');
  });

  test('is forgotten, and nothing else, when its record is empty or nonsense', async () => {
    const directory = await writePack();
    const folder = await temporaryDirectory();
    const memory = verificationMemory(folder);
    const { hash } = await validatePack(directory, { memory });
    const [record] = await findFiles(folder);
    for (const nonsense of ['', '{', '{"rules":1}', '[]']) {
      await writeFile(path.join(folder, record!.path), nonsense);
      expect(await memory.knows(directory, hash, await findFiles(directory))).toBe(false);
      await validatePack(directory, { memory });
      expect(await memory.knows(directory, hash, await findFiles(directory))).toBe(true);
    }
  });

  test('cannot be kept where nothing can be written, which is no error', async () => {
    const directory = await writePack();
    const file = path.join(await temporaryDirectory(), 'file');
    await writeFile(file, '');
    await validatePack(directory, { memory: verificationMemory(path.join(file, 'folder')) });
  });
});

async function flipBit(file: string, at = 9): Promise<void> {
  const bytes = await readFile(file);
  bytes[at]! ^= 1;
  await writeFile(file, bytes);
}

async function replaceByLink(directory: string, make: (target: string, name: string) => Promise<void>): Promise<void> {
  const file = path.join(directory, 'card.md');
  const elsewhere = path.join(await temporaryDirectory(), 'card.md');
  await copyFile(file, elsewhere);
  await rm(file);
  await make(elsewhere, file);
}
