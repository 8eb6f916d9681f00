import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SluiceError } from '#shared/errors';
import { FileBytes, MemoryBytes } from './bytes';
import {
  concat,
  field,
  graph,
  message,
  model,
  node,
  type Part,
  tensor,
  type TestModel,
  varint,
} from './onnx.test-support';
import { type OnnxModel, readModel } from './read-model';

const testPack = path.join(import.meta.dirname, '../../../../models/test-pack');
const identity: TestModel = {
  inputs: [{ name: 'x', dims: ['F', 3, 8] }],
  outputs: [{ name: 'y', dims: ['F', 3, 8] }],
  nodes: [node('Identity', ['x'], ['y'])],
};

const read = (bytes: Part): OnnxModel => readModel(new MemoryBytes(bytes));

function refusal(bytes: Part): string {
  try {
    read(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(SluiceError);
    expect(error).toMatchObject({ code: 'pack-invalid' });
    return error instanceof Error ? error.message : '';
  }
  throw new Error('The model was accepted.');
}

describe('a whole model', () => {
  test('is described: inputs, outputs, nodes, weights', () => {
    const weights = tensor({ dims: [2, 3], raw: new Uint8Array(24) });
    const found = read(model({ ...identity, tensors: [weights] }));
    expect(found.inputs).toEqual([{ name: 'x', elementType: 1, dims: ['F', 3, 8] }]);
    expect(found.outputs).toEqual([{ name: 'y', elementType: 1, dims: ['F', 3, 8] }]);
    expect(found).toMatchObject({ nodes: 1, tensors: 1, tensorBytes: 24 });
    expect(found.operators).toEqual(new Map([['', new Set(['Identity'])]]));
  });

  test('reads the same from a file, in windows, as from memory', () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'sluice-onnx-'));
    const bytes = model({
      ...identity,
      tensors: Array.from({ length: 50 }, () => tensor({ dims: [9973], type: 2, raw: new Uint8Array(9973) })),
    });
    writeFileSync(path.join(directory, 'm.onnx'), bytes);
    const fd = openSync(path.join(directory, 'm.onnx'), 'r');
    try {
      expect(readModel(new FileBytes(fd, bytes.length))).toEqual(read(bytes));
      expect(() => readModel(new FileBytes(fd, bytes.length + 9))).toThrow(SluiceError);
    } finally {
      closeSync(fd);
      rmSync(directory, { recursive: true });
    }
  });

  test.each([
    [
      'packed dimensions',
      tensor({ dims: [], raw: new Uint8Array(24), parts: [field(1, concat([varint(2), varint(3)]))] }),
    ],
    ['typed floats, packed', tensor({ dims: [2], parts: [field(4, new Uint8Array(8))] })],
    [
      'typed floats, in two runs',
      tensor({ dims: [2], parts: [field(4, new Uint8Array(4)), field(4, new Uint8Array(4))] }),
    ],
    ['typed integers', tensor({ type: 7, dims: [3], parts: [field(7, concat([varint(1), varint(-1), varint(300)]))] })],
    ['one integer, not packed', tensor({ type: 6, dims: [], parts: [field(5, 7)] })],
    ['nothing', tensor({ dims: [0, 4] })],
  ])('a tensor may have %s', (_name, part) => {
    expect(read(model({ ...identity, tensors: [part] })).tensors).toBe(1);
  });

  test('may use the other name of the domain, and operators of ONNX Runtime', () => {
    const gelu = node('Gelu', ['x'], ['y'], field(7, 'com.microsoft'));
    expect(
      read(
        model({
          ...identity,
          nodes: [gelu],
          opsets: [
            ['ai.onnx', 18],
            ['com.microsoft', 1],
          ],
        }),
      ).operators,
    ).toEqual(new Map([['com.microsoft', new Set(['Gelu'])]]));
  });

  test('every graph of the test pack is read in full', () => {
    const files = readdirSync(testPack).filter((name) => name.endsWith('.onnx'));
    expect(files.length).toBe(8);
    for (const file of files) {
      const bytes = readFileSync(path.join(testPack, file));
      expect(read(bytes).tensorBytes).toBeLessThan(bytes.length);
      expect(read(bytes).nodes).toBeGreaterThan(100);
    }
  });
});

/** A tensor that says that its data are elsewhere. */
const external = (location: string, offset = '0', length = '4') =>
  tensor({
    dims: [1],
    parts: [
      ...[
        ['location', location],
        ['offset', offset],
        ['length', length],
      ].map(([key, value]) => field(13, message(field(1, key!), field(2, value!)))),
      field(14, 1),
    ],
  });
const withTensor = (part: Part) => model({ ...identity, tensors: [part] });
const withNode = (...parts: Part[]) => model({ ...identity, nodes: parts });
const sparse = message(field(1, tensor({ dims: [1], raw: new Uint8Array(4) })), field(3, 1));
const attribute = (...parts: Part[]) => field(5, message(field(1, 'a'), ...parts));
const nested = (depth: number): Part =>
  depth === 0
    ? node('Identity', ['x'], ['y'])
    : node('If', ['x'], ['y'], attribute(field(6, graph({ nodes: [nested(depth - 1)] })), field(20, 5)));

describe('a model that reaches out of its file, or is not what it seems', () => {
  test.each<[string, Part, string]>([
    ['data in a file beside it', withTensor(external('weights.bin')), 'external_data'],
    ['data above it', withTensor(external('../../etc/passwd')), 'external_data'],
    ['data at an absolute path', withTensor(external('/etc/passwd')), 'external_data'],
    [
      'data in the memory of ONNX Runtime',
      withTensor(external('*/_ORT_MEM_ADDR_/*', '4096', '65536')),
      'external_data',
    ],
    ['data past the end of a file', withTensor(external('w.bin', '9223372036854775807', '1')), 'external_data'],
    [
      'an external location without entries',
      withTensor(tensor({ dims: [1], raw: new Uint8Array(4), parts: [field(14, 1)] })),
      'outside of the file',
    ],
    [
      'external data in an attribute',
      withNode(node('Constant', [], ['y'], attribute(field(5, external('x.bin'))))),
      'external_data',
    ],
    [
      'external data in a list of an attribute',
      withNode(node('Constant', [], ['y'], attribute(field(10, external('x.bin'))))),
      'external_data',
    ],
    [
      'external data in a graph inside',
      withNode(node('If', ['x'], ['y'], attribute(field(6, graph({ tensors: [external('x.bin')] }))))),
      'external_data',
    ],
    ['a sparse weight', model({ ...identity, graphParts: [field(15, sparse)] }), 'sparse_initializer'],
    ['a sparse attribute', withNode(node('Constant', [], ['y'], attribute(field(22, sparse)))), 'sparse_tensor'],
    ['sparse attributes', withNode(node('Constant', [], ['y'], attribute(field(23, sparse)))), 'sparse_tensors'],
    ['a function of its own', model({ ...identity, modelParts: [field(25, field(1, 'f'))] }), 'functions'],
    ['training', model({ ...identity, modelParts: [field(20, graph({}))] }), 'training_info'],
    [
      'settings for the runtime',
      model({ ...identity, modelParts: [field(14, message(field(1, 'ort_config'), field(2, '{}')))] }),
      'ort_config',
    ],
    [
      'an unknown domain',
      model({
        ...identity,
        opsets: [
          ['', 18],
          ['ai.evil', 1],
        ],
      }),
      'ai.evil',
    ],
    ['an operator of an unknown domain', withNode(node('Read', ['x'], ['y'], field(7, 'ai.evil'))), 'ai.evil'],
    [
      'an operator of a domain that is not imported',
      withNode(node('Gelu', ['x'], ['y'], field(7, 'com.microsoft'))),
      'without importing',
    ],
    ['an operator that does not exist', withNode(node('Evil', ['x'], ['y'])), 'Evil'],
    [
      'an operator that opens files',
      model({
        ...identity,
        nodes: [node('EPContext', ['x'], ['y'], field(7, 'com.microsoft'))],
        opsets: [
          ['', 18],
          ['com.microsoft', 1],
        ],
      }),
      'EPContext',
    ],
    ['an operator that no seed reaches', withNode(node('RandomNormalLike', ['x'], ['y'])), 'RandomNormalLike'],
    ['an operator overload', withNode(node('Identity', ['x'], ['y'], field(8, 'o'))), 'overload'],
    ['text', withTensor(tensor({ type: 8, dims: [1], parts: [field(6, 'text')] })), 'element type'],
    ['another opset', model({ ...identity, opsets: [['', 21]] }), 'opset 21'],
    [
      'two opsets',
      model({
        ...identity,
        opsets: [
          ['', 18],
          ['ai.onnx', 17],
        ],
      }),
      'twice',
    ],
    ['no opset', model({ ...identity, opsets: [] }), 'opset none'],
    ['an IR version to come', model({ ...identity, irVersion: 99 }), 'IR version'],
    ['graphs nested without end', withNode(nested(6)), 'nested'],
    ['two graphs, one for each parser', model({ ...identity, modelParts: [field(7, graph(identity))] }), 'twice'],
    ['a field that nobody knows', model({ ...identity, modelParts: [field(99, 'x')] }), 'unknown field 99'],
    ['a name of megabytes', model({ ...identity, outputs: [{ name: 'y'.repeat(5000), dims: [1] }] }), 'name'],
    [
      'a name that is not UTF-8',
      model({ ...identity, graphParts: [field(12, message(field(1, new Uint8Array([0xff]))))] }),
      'UTF-8',
    ],
  ])('%s is refused', (_name, bytes, because) => {
    expect(refusal(bytes)).toContain(because);
  });

  test.each<[string, Part]>([
    ['too little data', tensor({ dims: [2, 3], raw: new Uint8Array(20) })],
    ['too much data', tensor({ dims: [2, 3], raw: new Uint8Array(28) })],
    ['no data', tensor({ dims: [2, 3] })],
    ['data of two kinds', tensor({ dims: [1], raw: new Uint8Array(4), parts: [field(4, new Uint8Array(4))] })],
    ['data of another type', tensor({ dims: [1], parts: [field(7, 1)] })],
    ['dimensions of an exabyte', tensor({ dims: [2 ** 31, 2 ** 31] })],
    ['dimensions that overflow to its size', tensor({ type: 2, dims: [2n ** 33n, 2n ** 31n], raw: new Uint8Array(0) })],
    ['a dimension of 2^63', tensor({ dims: [2n ** 63n], raw: new Uint8Array(4) })],
    ['a negative dimension', tensor({ dims: [-1], raw: new Uint8Array(4) })],
    ['two negative dimensions', tensor({ dims: [-1, -1], raw: new Uint8Array(4) })],
    ['dimensions of zero times infinity', tensor({ dims: [0, -1] })],
    ['nine dimensions', tensor({ dims: [1, 1, 1, 1, 1, 1, 1, 1, 1], raw: new Uint8Array(4) })],
    ['a type that wraps around', tensor({ type: 2 ** 32 + 1, dims: [1], raw: new Uint8Array(4) })],
    ['no type', message(field(1, 1), field(9, new Uint8Array(4)))],
    ['half a float', tensor({ dims: [1], parts: [field(4, new Uint8Array(6))] })],
    ['a segment', tensor({ dims: [1], raw: new Uint8Array(4), parts: [field(3, message(field(1, 0), field(2, 9)))] })],
  ])('a tensor with %s is refused', (_name, part) => {
    refusal(withTensor(part));
  });

  test.each<[string, Part]>([
    ['a length past the end', concat([varint(7 * 8 + 2), varint(1000), new Uint8Array(10)])],
    ['a length of 2^63', concat([varint(7 * 8 + 2), varint(2n ** 63n)])],
    ['a number of eleven bytes', concat([varint(8), new Uint8Array(11).fill(0x80)])],
    ['a number that never ends', concat([varint(8), new Uint8Array(5).fill(0xff)])],
    ['field zero', concat([varint(2), varint(0)])],
    ['a group', concat([varint(7 * 8 + 3), varint(7 * 8 + 4)])],
    ['a graph written as a number', field(7, 1)],
    ['a version written as text', field(1, 'x')],
    ['nothing', new Uint8Array()],
    ['zeros', new Uint8Array(4096)],
    ['another kind of file', new TextEncoder().encode('<!doctype html><title>404</title>')],
    ['a pickle', new Uint8Array([0x80, 2, 0x63, 0x6f, 0x73, 0x0a, 0x73, 0x79, 0x73, 0x74, 0x65, 0x6d])],
  ])('%s is refused', (_name, bytes) => {
    refusal(bytes);
  });

  test('a list of ten million numbers is refused without being kept', () => {
    const part = tensor({ type: 7, dims: [10_000_000], parts: [field(7, new Uint8Array(10_000_000))] });
    expect(refusal(withTensor(part))).toContain('millions');
  });
});
