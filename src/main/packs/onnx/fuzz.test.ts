import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SluiceError } from '#shared/errors';
import { MemoryBytes } from './bytes';
import { concat, model, node, tensor } from './onnx.test-support';
import { readModel } from './read-model';

const testPack = path.join(import.meta.dirname, '../../../../models/test-pack');

describe('any bytes at all', () => {
  const smallest = readdirSync(testPack)
    .filter((name) => name.endsWith('.onnx'))
    .map((name) => path.join(testPack, name))
    .sort((a, b) => statSync(a).size - statSync(b).size)[0]!;
  const real = new Uint8Array(readFileSync(smallest));

  /** Reads, or is refused as `pack-invalid`; anything else fails the property. */
  function survives(bytes: Uint8Array): void {
    try {
      readModel(new MemoryBytes(bytes));
    } catch (error) {
      if (!(error instanceof SluiceError && error.code === 'pack-invalid')) throw error;
    }
  }

  test('a real graph with a few bytes changed', () => {
    const change = fc.tuple(fc.nat(real.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = real.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        survives(bytes);
      }),
      { numRuns: 200 },
    );
  });

  test('a real graph cut, with a piece put twice or elsewhere', () => {
    const position = fc.nat(real.length);
    fc.assert(
      fc.property(position, position, position, (a, b, c) => {
        const [from = 0, to = 0] = [a, b].sort((x, y) => x - y);
        survives(real.subarray(0, from));
        survives(concat([real.subarray(0, to), real.subarray(from)]));
        survives(concat([real.subarray(0, c), real.subarray(from, to), real.subarray(c)]));
      }),
      { numRuns: 60 },
    );
  });

  test('a cut real graph is never accepted', () => {
    fc.assert(
      fc.property(fc.nat(real.length - 1), (length) => {
        expect(() => readModel(new MemoryBytes(real.subarray(0, length)))).toThrow(SluiceError);
      }),
      { numRuns: 60 },
    );
  });

  test('noise, and a tiny graph with every byte changed to every interesting value', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), survives), { numRuns: 2000 });
    const tiny = model({
      inputs: [{ name: 'x', dims: ['F', 3] }],
      outputs: [{ name: 'y', dims: ['F', 3] }],
      nodes: [node('Identity', ['x'], ['y'])],
      tensors: [tensor({ dims: [1], raw: new Uint8Array(4) })],
    });
    for (let at = 0; at < tiny.length; at++)
      for (const byte of [0, 1, 2, 7, 8, 0x0a, 0x12, 0x7f, 0x80, 0xff]) {
        const bytes = tiny.slice();
        bytes[at] = byte;
        survives(bytes);
      }
  });
});
