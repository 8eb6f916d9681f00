import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { model, node, tensor, type Part, type TestModel, type TestValue } from '../main/packs/onnx/onnx.test-support';
import { runStage } from './run-stage';
import { SessionPool } from './session';
import { StageTexts } from './stage-texts';
import { packCopy, stageRequest, temporaryDirectory, withFile } from './test-pack.test-support';

const clip = ['F', 3, 'H', 'W'];
const baseInputs: TestValue[] = [
  { name: 'z_t', dims: clip },
  { name: 'log_snr', dims: [1] },
  { name: 'text', dims: ['P', 'N', 'D'] },
  { name: 'text_mask', dims: ['P', 'N'] },
  { name: 'text_of_frame', type: 7, dims: ['F'] },
  { name: 'given', dims: clip },
  { name: 'given_mask', dims: ['F', 1, 'H', 'W'] },
];

/** A graph with the inputs and outputs of the test pack's base. */
function baseGraph(nodes: Part[], changes: TestModel = {}): Uint8Array {
  return model({ inputs: baseInputs, outputs: [{ name: 'prediction', dims: clip }], nodes, ...changes });
}

/** What running the base says when its graph is `bytes`, listed with their true hash. */
async function runWith(bytes: Uint8Array, negativePrompt = ''): Promise<unknown> {
  const pack = await withFile(await packCopy(), 'base.onnx', bytes);
  return runPack(pack, negativePrompt);
}

async function runPack(pack: Awaited<ReturnType<typeof packCopy>>, negativePrompt = ''): Promise<unknown> {
  const pool = new SessionPool();
  const request = { ...stageRequest('base', await temporaryDirectory(), { negativePrompt }), ...pack };
  try {
    for await (const event of runStage(request, { pool, texts: new StageTexts(pool) }, new AbortController().signal))
      if (event.kind === 'finished') return event;
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await pool.release();
  }
}

describe('graphs that are not what they should be', () => {
  test('the graphs of this file run when they are sound', async () => {
    expect(await runWith(baseGraph([node('Neg', ['z_t'], ['prediction'])]))).toMatchObject({ kind: 'finished' });
  });

  test('NaN from the network fails the stage and names step and tensor', async () => {
    const zero = node('Sub', ['z_t', 'z_t'], ['zero']);
    const error = await runWith(baseGraph([zero, node('Div', ['zero', 'zero'], ['prediction'])]));
    expect(error).toMatchObject({ code: 'network-not-finite', message: expect.stringMatching(/step/) as string });
    expect((error as Error).message).toMatch(/prediction/);
  });

  test.each([
    ['truncated', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['bit-flipped', (bytes: Buffer) => bytes.fill((bytes[5000] ?? 0) ^ 4, 5000, 5001)],
    ['empty', () => Buffer.alloc(0)],
  ])('a %s file is refused before the runtime sees it', async (_, spoil) => {
    const pack = await packCopy();
    const file = path.join(pack.packDirectory, 'base.onnx');
    await writeFile(file, spoil(await readFile(file)));
    expect(await runPack(pack)).toMatchObject({ code: 'pack-invalid' });
  });

  const sound = baseGraph([node('Neg', ['z_t'], ['prediction'])]);
  const huge = tensor({
    name: 's',
    type: 7,
    dims: [4],
    raw: new Uint8Array(new BigInt64Array([1n << 20n, 3n, 1n << 12n, 1n << 12n]).buffer),
  });
  const broad = { outputs: [{ name: 'prediction', dims: ['A', 'B', 'C', 'D'] }] };
  const graphs: [what: string, code: string, graph: Uint8Array][] = [
    ['cut short', 'pack-invalid', sound.subarray(0, sound.length - 20)],
    ['no ONNX at all', 'pack-invalid', new TextEncoder().encode('hello, I am a text file')],
    ['with a dangling node', 'pack-invalid', baseGraph([node('Neg', ['nothing'], ['prediction'])])],
    ['with an unknown operator', 'pack-unsupported', baseGraph([node('Frobnicate', ['z_t'], ['prediction'])])],
    [
      'of an opset to come',
      'pack-unsupported',
      baseGraph([node('Neg', ['z_t'], ['prediction'])], { opsets: [['', 99]] }),
    ],
    [
      'of another stage',
      'pack-incompatible',
      model({
        inputs: baseInputs.slice(1),
        outputs: [{ name: 'prediction', dims: [1] }],
        nodes: [node('Neg', ['log_snr'], ['prediction'])],
      }),
    ],
    [
      'with another output',
      'pack-incompatible',
      baseGraph([node('Neg', ['z_t'], ['x'])], { outputs: [{ name: 'x', dims: clip }] }),
    ],
    [
      'with an output of another type',
      'pack-incompatible',
      baseGraph([node('Neg', ['text_of_frame'], ['prediction'])], {
        outputs: [{ name: 'prediction', type: 7, dims: ['F'] }],
      }),
    ],
    [
      'whose output has another shape',
      'pack-incompatible',
      baseGraph([node('Transpose', ['z_t'], ['prediction'])], broad),
    ],
    [
      'whose inside does not fit',
      'pack-incompatible',
      baseGraph([node('MatMul', ['z_t', 'z_t'], ['prediction'])], broad),
    ],
    [
      'that asks for terabytes',
      'out-of-memory',
      baseGraph([node('Expand', ['log_snr', 's'], ['prediction'])], { ...broad, tensors: [huge] }),
    ],
  ];
  test.each(graphs)('a graph %s gives %s', async (_, code, graph) => {
    expect(await runWith(graph)).toMatchObject({ code });
  });
});
