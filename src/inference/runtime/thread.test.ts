import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openFrameFile } from '#frames/reader';
import { createFrameFile } from '#frames/writer';
import { isCancellation } from '#shared/errors';
import { mebibyte } from '#shared/units';
import { readPackFile } from '../pack-file';
import { runStage } from '../run-stage';
import { SessionPool } from '../session';
import { StageTexts } from '../stage-texts';
import { stageRequest, temporaryDirectory, testPack } from '../test-pack.test-support';
import { runtimeAt, runtimeThread } from './thread';
import { serveRuntime } from './thread-server';

vi.setConfig({ testTimeout: 120_000 });

const openGraph = runtimeThread(path.resolve(import.meta.dirname, '../../../out/inference.js'));
const never = new AbortController().signal;

async function textGraph(open = openGraph) {
  const bytes = await readPackFile(testPack(), 'text.onnx');
  return open({ bytes, name: 'text.onnx', provider: 'cpu', threads: 1, arena: false });
}

function prompt(tokens = 32) {
  const dims = [1, tokens];
  return {
    token_ids: { type: 'int64', data: new BigInt64Array(tokens).fill(1n), dims },
    token_mask: { type: 'float32', data: new Float32Array(tokens).fill(1), dims },
  };
}

/** A frame file of the clip that `stage` enlarges. */
async function inputOf(stage: string, directory: string): Promise<string> {
  const { stages } = testPack().manifest;
  const shape = stages[stages.findIndex(({ id }) => id === stage) - 1]!.output;
  const file = path.join(directory, 'input.frames');
  const writer = await createFrameFile(file, shape);
  await writer.write(Uint8Array.from({ length: shape.frames * shape.height * shape.width * 3 }, (_, i) => i * 7));
  await writer.finish();
  return file;
}

describe('graphs in a thread of their own', () => {
  test.each(['tsr-6', 'ssr-768'])('%s gives the frames that it gives in this one, bit by bit', async (stage) => {
    const directory = await temporaryDirectory();
    const inputPath = await inputOf(stage, directory);
    const hashes = [];
    for (const pool of [new SessionPool(), new SessionPool(openGraph)]) {
      onTestFinished(() => pool.release());
      const request = stageRequest(stage, await temporaryDirectory(), { inputPath, memoryBytes: 256 * mebibyte });
      for await (const event of runStage(request, { pool, texts: new StageTexts(pool) }, never))
        if (event.kind === 'finished') expect(event.evaluations).toBeGreaterThan(1);
      const reader = await openFrameFile(request.outputPath);
      hashes.push(reader.framesSha256);
      await reader.close();
    }
    expect(hashes[0]).toBe(hashes[1]);
  });

  test('what is fed is handed over to the other thread and comes back', async () => {
    const graph = await textGraph();
    const feeds = prompt();
    const answer = await graph.run(feeds, ['text']);
    expect(feeds.token_mask.data).toHaveLength(0);
    expect(answer.feeds).toEqual(prompt());
    expect(answer.outputs['text']?.data).toBeInstanceOf(Float32Array);
    await graph.release();
  });

  test('a run that has not begun can be withdrawn; the others are answered', async () => {
    // Both ends in this thread: all is asked before anything is begun, however busy the machine.
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    serveRuntime(port2);
    const graph = await textGraph(runtimeAt(port1));
    const abort = new AbortController();
    const first = graph.run(prompt(), ['text']);
    const second = graph.run(prompt(), ['text'], { signal: abort.signal });
    const third = graph.run(prompt(), ['text']);
    abort.abort();
    await expect(second).rejects.toSatisfy(isCancellation);
    for (const answer of [await first, await third]) expect(answer.outputs['text']?.dims).toEqual([1, 32, 24]);
    await graph.release();
  });

  test('failures keep their code, and the next question is answered', async () => {
    const garbage = {
      bytes: new Uint8Array(100),
      name: 'base.onnx',
      provider: 'cpu',
      threads: 1,
      arena: false,
    } as const;
    await expect(openGraph(garbage)).rejects.toMatchObject({ code: 'pack-invalid' });
    const graph = await textGraph();
    const flat = { ...prompt(), token_ids: { type: 'int64', data: new BigInt64Array(32), dims: [32] } };
    await expect(graph.run(flat, ['text'])).rejects.toMatchObject({ code: 'pack-incompatible' });
    await expect(graph.run(prompt(), ['text'])).resolves.toMatchObject({ outputs: { text: { dims: [1, 32, 24] } } });
    await graph.release();
    await expect(graph.run(prompt(), ['text'])).rejects.toMatchObject({ code: 'internal' });
  });
});
