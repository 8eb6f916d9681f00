/**
 * The hostile graphs tried against ONNX Runtime alone, in a process of its own: what our reader lets through it must be able to
 * open, and what reaches out of a file it must refuse by itself, too, should anything ever come past the reader.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SluiceError } from '#shared/errors';
import { packContents } from '../pack.test-support';
import { MemoryBytes } from './bytes';
import { field, message, model, node, type Part, tensor, type TestModel } from './onnx.test-support';
import { readModel } from './read-model';

const root = mkdtempSync(path.join(os.tmpdir(), 'sluice-ort-'));
const folder = path.join(root, 'pack');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const float = new Uint8Array([0, 0, 128, 63]);
const addWeight: TestModel = {
  inputs: [{ name: 'x', dims: [1] }],
  outputs: [{ name: 'y', dims: [1] }],
  nodes: [node('Add', ['x', 'w'], ['y'])],
};
const withWeight = (weight: Part) => model({ ...addWeight, tensors: [weight] });

function external(location: string, offset: string): Part {
  const entries = { location, offset, length: '4' };
  const parts = Object.entries(entries).map(([key, value]) => field(13, message(field(1, key), field(2, value))));
  return tensor({ dims: [1], parts: [...parts, field(14, 1)] });
}

const farIndex = tensor({ type: 7, dims: [1], raw: new Uint8Array([255, 255, 255, 0, 0, 0, 0, 0]) });
const sparse = message(field(1, tensor({ dims: [1], raw: float })), field(2, farIndex), field(3, 4));

const whole: Readonly<Record<string, Part>> = {
  'one weight': withWeight(tensor({ dims: [1], raw: float })),
  ...Object.fromEntries([...packContents()].filter(([name]) => name.endsWith('.onnx'))),
};
const hostile: Readonly<Record<string, Part>> = {
  'data above the folder': withWeight(external('../secret.bin', '0')),
  'data at an absolute path': withWeight(external(path.join(root, 'secret.bin'), '0')),
  'data in the memory of the process': withWeight(external('*/_ORT_MEM_ADDR_/*', '4096')),
  'data past the end of a file': withWeight(external('weights.bin', '1000000')),
  'an offset that overflows': withWeight(external('weights.bin', '9223372036854775807')),
  'a sparse index outside': model({ ...addWeight, graphParts: [field(15, sparse)] }),
  'dimensions of an exabyte': withWeight(tensor({ dims: [2 ** 31, 2 ** 31] })),
  'dimensions that overflow': withWeight(tensor({ dims: [2n ** 33n, 2n ** 31n], raw: float })),
  'a negative dimension': withWeight(tensor({ dims: [-1], raw: float })),
  'an unknown domain': model({
    ...addWeight,
    nodes: [node('Read', ['x'], ['y'], field(7, 'ai.evil'))],
    opsets: [
      ['', 18],
      ['ai.evil', 1],
    ],
  }),
};

const openEach = `
  const { InferenceSession } = require('onnxruntime-node');
  (async () => {
    for (const file of process.argv.slice(1))
      console.log(await InferenceSession.create(file, { logSeverityLevel: 4 }).then(() => 'opened', () => 'refused'));
  })();`;

/** What ONNX Runtime does with each graph, in order. A process that dies of one is an error. */
function outcomes(graphs: Readonly<Record<string, Part>>): readonly string[] {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(root, 'secret.bin'), float);
  writeFileSync(path.join(folder, 'weights.bin'), float);
  const files = Object.values(graphs).map((bytes, index) => {
    const file = path.join(folder, `${index}.onnx`);
    writeFileSync(file, bytes);
    return file;
  });
  const options = { encoding: 'utf8', stdio: 'pipe', cwd: import.meta.dirname } as const;
  return execFileSync(process.execPath, ['-e', openEach, ...files], options)
    .trim()
    .split('\n');
}

test('whole graphs are read by us and opened by ONNX Runtime', () => {
  for (const bytes of Object.values(whole)) readModel(new MemoryBytes(bytes));
  expect(outcomes(whole)).toEqual(Object.keys(whole).map(() => 'opened'));
});

test('hostile graphs are refused by us, and by ONNX Runtime alone', () => {
  for (const bytes of Object.values(hostile)) expect(() => readModel(new MemoryBytes(bytes))).toThrow(SluiceError);
  const found = outcomes(hostile);
  expect(Object.fromEntries(Object.keys(hostile).map((name, i) => [name, found[i]]))).toEqual(
    Object.fromEntries(Object.keys(hostile).map((name) => [name, 'refused'])),
  );
});
