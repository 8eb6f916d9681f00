import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { PackLibrary } from '../library';
import { inspectPack, validatePack } from '../inspect-pack';
import { packContents, writePack } from '../pack.test-support';
import { contentThread } from './content-thread';

// Starting a thread takes a while on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const entry = path.resolve(import.meta.dirname, '../../../../out/pack-thread.js');
const testPack = path.resolve(import.meta.dirname, '../../../../models/test-pack');

/** A thread whose reader does what `body` says with whatever it is asked. */
async function threadThat(body: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-thread-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'thread.mjs');
  await writeFile(
    file,
    `import { workerData } from 'node:worker_threads';\nworkerData.on('message', () => {${body}});\n`,
  );
  return file;
}

/** How often this thread's event loop turned until `work` was over. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 5);
  await work.catch(() => undefined);
  clearInterval(timer);
  return turns;
}

describe('a thread that looks into packs', () => {
  test('finds what this thread finds', async () => {
    const there = await inspectPack(testPack, { contents: contentThread(entry) });
    expect(there).toEqual(await inspectPack(testPack));
    expect(there.checks.every(({ outcome }) => outcome.kind === 'passed')).toBe(true);
  });

  test('refuses what this thread refuses, in the same words', async () => {
    const directory = await writePack(packContents().set('base.onnx', new Uint8Array(200).fill(7)));
    const here = await validatePack(directory).catch((error: unknown) => error);
    expect(here).toMatchObject({ code: 'pack-invalid' });
    await expect(validatePack(directory, { contents: contentThread(entry) })).rejects.toMatchObject({
      code: 'pack-invalid',
      message: (here as Error).message,
    });
  });

  test('is ended when a file keeps its reader busy for ever, and nobody else waits', async () => {
    const limits = { fileMs: 300, memoryMebibytes: 64 };
    const contents = contentThread(await threadThat('for (;;);'), limits);
    const refused = validatePack(testPack, { contents });
    expect(await turnsDuring(refused)).toBeGreaterThan(0);
    await expect(refused).rejects.toMatchObject({ code: 'pack-invalid', message: /within 0\.3 s/ });
  });

  test('is ended when a file takes too much memory, and this process keeps its own', async () => {
    const limits = { fileMs: 50_000, memoryMebibytes: 32 };
    const explosion = 'const kept = []; for (;;) kept.push(Array.from({ length: 1000 }, () => ({})));';
    const contents = contentThread(await threadThat(explosion), limits);
    await expect(validatePack(testPack, { contents })).rejects.toMatchObject({
      code: 'pack-invalid',
      message: /more than 32 MiB/,
    });
    expect((await validatePack(testPack, { contents: contentThread(entry) })).manifest.name).toBe('papercut-test');
  });

  test('lets go at once when whoever asked no longer wants to know', async () => {
    const abort = new AbortController();
    const contents = contentThread(await threadThat('for (;;);'));
    const library = new PackLibrary({
      builtInDirectories: [testPack],
      home: path.join(tmpdir(), 'sluice-none'),
      contents,
    });
    const listing = library.list(abort.signal);
    setTimeout(() => abort.abort(new Error('enough')), 200);
    await expect(listing).rejects.toThrow('enough');
  });
});
