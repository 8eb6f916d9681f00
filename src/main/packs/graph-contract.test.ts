import { describe, expect, test } from 'vitest';
import { SluiceError } from '#shared/errors';
import { MemoryBytes } from './onnx/bytes';
import { model, type TestValue } from './onnx/onnx.test-support';
import { readModel } from './onnx/read-model';
import { checkStageGraph, checkTextGraph } from './graph-contract';
import { parseManifest } from './manifest/manifest';
import { type Draft, draftManifest, packContents, testGraphs } from './pack.test-support';

function manifestWith(change: (draft: Draft) => void = () => undefined) {
  return parseManifest(new TextEncoder().encode(JSON.stringify(draftManifest(packContents(), change)))).manifest;
}

type Change = (values: { inputs: TestValue[]; outputs: TestValue[] }) => void;

/** Checks a graph of the test pack after `change`, against the test pack's manifest. */
function check(file: 'base.onnx' | 'ssr.onnx' | 'text.onnx', change: Change, manifest = manifestWith()): void {
  const values = { inputs: [...testGraphs[file]!.inputs], outputs: [...testGraphs[file]!.outputs] };
  change(values);
  const graph = readModel(new MemoryBytes(model(values)));
  if (file === 'text.onnx') checkTextGraph(manifest, graph);
  else checkStageGraph(manifest, manifest.stages[file === 'base.onnx' ? 0 : 1]!, graph);
}

const input =
  (name: string, changed: Partial<TestValue>): Change =>
  ({ inputs }) => {
    const at = inputs.findIndex((value) => value.name === name);
    inputs[at] = { ...inputs[at]!, ...changed };
  };

describe('a graph that fits its manifest', () => {
  test.each(['base.onnx', 'ssr.onnx', 'text.onnx'] as const)('%s is accepted', (file) => {
    expect(() => check(file, () => undefined)).not.toThrow();
  });

  test('may fix what can only have one value, and leave open what an exporter could not infer', () => {
    check('base.onnx', input('z_t', { dims: [4, 3, 8, 16] }));
    check('base.onnx', input('text', { dims: ['P', 'N', 4] }));
    check('base.onnx', ({ outputs }) => (outputs[0] = { name: 'prediction', dims: ['a', 'b', 'c', 'd'] }));
    const onePart = manifestWith((draft) => (draft.capabilities['promptParts'] = false));
    check('base.onnx', input('text', { dims: [1, 8, 4] }), onePart);
  });
});

describe('a manifest that lies about its graphs', () => {
  test.each<[string, 'base.onnx' | 'ssr.onnx' | 'text.onnx', Change, string]>([
    ['an input too few', 'base.onnx', ({ inputs }) => inputs.pop(), 'inputs'],
    [
      'an input too many',
      'base.onnx',
      ({ inputs }) => inputs.push({ name: 'low_res', dims: ['F', 3, 8, 16] }),
      'inputs',
    ],
    ['an input twice', 'base.onnx', ({ inputs }) => inputs.push(inputs[0]!), 'inputs'],
    ['another output', 'base.onnx', ({ outputs }) => (outputs[0] = { ...outputs[0]!, name: 'x' }), 'outputs'],
    ['an output too many', 'base.onnx', ({ outputs }) => outputs.push({ name: 'x', dims: [1] }), 'outputs'],
    ['a state without its successor', 'ssr.onnx', ({ outputs }) => outputs.pop(), 'outputs'],
    ['four channels', 'base.onnx', input('z_t', { dims: ['F', 4, 8, 16] }), 'z_t'],
    ['open channels', 'base.onnx', input('z_t', { dims: ['F', 'C', 8, 16] }), 'z_t'],
    ['another size', 'base.onnx', input('z_t', { dims: ['F', 3, 8, 32] }), 'z_t'],
    ['other frames', 'base.onnx', input('z_t', { dims: [5, 3, 8, 16] }), 'z_t'],
    ['a batch axis', 'base.onnx', input('z_t', { dims: ['B', 'F', 3, 8, 16] }), 'z_t'],
    ['half precision at the boundary', 'base.onnx', input('z_t', { type: 10 }), 'z_t is float16, not float32'],
    ['frame indices of 32 bits', 'base.onnx', input('text_of_frame', { type: 6 }), 'text_of_frame'],
    ['a narrower text', 'base.onnx', input('text', { dims: ['P', 8, 3] }), 'text'],
    ['other tokens', 'base.onnx', input('text_mask', { dims: ['P', 9] }), 'text_mask'],
    ['one prompt only', 'base.onnx', input('text', { dims: [1, 8, 4] }), 'text'],
    ['a mask of three channels', 'base.onnx', input('given_mask', { dims: ['F', 3, 8, 16] }), 'given_mask'],
    ['a scalar noise level', 'base.onnx', input('log_snr', { dims: [] }), 'log_snr'],
    ['tiles of one size', 'ssr.onnx', input('z_t', { dims: ['F', 3, 16, 32] }), 'z_t'],
    ['a window of all frames', 'ssr.onnx', input('z_t', { dims: [4, 3, 'H', 'W'] }), 'z_t'],
    ['another state', 'ssr.onnx', input('state_0', { dims: [1, 3, 'H', 'W'] }), 'state_0'],
    ['states of other channels', 'ssr.onnx', input('state_0', { dims: [2, 4, 'H', 'W'] }), 'state_0'],
    [
      'an output of other channels',
      'base.onnx',
      ({ outputs }) => (outputs[0] = { name: 'prediction', dims: ['F', 4, 8, 16] }),
      'prediction',
    ],
    [
      'an output without a frame axis',
      'base.onnx',
      ({ outputs }) => (outputs[0] = { name: 'prediction', dims: [3, 8, 16] }),
      'prediction',
    ],
    [
      'a text of another width',
      'text.onnx',
      ({ outputs }) => (outputs[0] = { name: 'text', dims: ['P', 'N', 5] }),
      'text',
    ],
    ['tokens as floats', 'text.onnx', input('token_ids', { type: 1 }), 'token_ids'],
  ])('%s (%s) is refused and named', (_name, file, change, named) => {
    expect(() => check(file, change)).toThrow(SluiceError);
    expect(() => check(file, change)).toThrow(named);
  });
});
