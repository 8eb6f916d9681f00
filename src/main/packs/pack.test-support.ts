/** Packs for tests: a small, whole, valid one written to a temporary directory, to be spoiled by the test. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { packChunkBytes } from '#shared/pack-manifest';
import { field, message, model, node, tensor, type TestModel, type TestValue } from './onnx/onnx.test-support';

/** A manifest as plain data, to be changed at will. */
export type Draft = Record<string, unknown> & {
  files: Record<string, unknown>[];
  stages: Record<string, unknown>[];
  text: Record<string, unknown>;
  capabilities: Record<string, unknown>;
};

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'sluice-packs-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

const float = 1;
const int64 = 7;
const text: readonly TestValue[] = [
  { name: 'text', dims: ['P', 8, 4] },
  { name: 'text_mask', dims: ['P', 8] },
  { name: 'text_of_frame', type: int64, dims: ['F'] },
];

/** Inputs and outputs of the graphs of `packContents`, which copy some of their inputs to their outputs. */
export const testGraphs: Readonly<Record<string, Required<Pick<TestModel, 'inputs' | 'outputs' | 'nodes'>>>> = {
  'base.onnx': {
    inputs: [
      { name: 'z_t', dims: ['F', 3, 8, 16] },
      { name: 'log_snr', dims: [1] },
      ...text,
      { name: 'given', dims: ['F', 3, 8, 16] },
      { name: 'given_mask', dims: ['F', 1, 8, 16] },
    ],
    outputs: [{ name: 'prediction', dims: ['F', 3, 8, 16] }],
    nodes: [node('Identity', ['z_t'], ['prediction'])],
  },
  'ssr.onnx': {
    inputs: [
      { name: 'z_t', dims: ['F', 3, 'H', 'W'] },
      { name: 'log_snr', dims: [1] },
      { name: 'low_res', dims: ['F', 3, 'h', 'w'] },
      { name: 'low_res_log_snr', dims: [1] },
      { name: 'guidance_weight', dims: [1] },
      { name: 'state_0', dims: [2, 3, 'H', 'W'] },
    ],
    outputs: [
      { name: 'prediction', dims: ['F', 3, 'H', 'W'] },
      { name: 'next_state_0', dims: ['K', 3, 'H', 'W'] },
    ],
    nodes: [node('Identity', ['z_t'], ['prediction']), node('Identity', ['state_0'], ['next_state_0'])],
  },
  'text.onnx': {
    inputs: [
      { name: 'token_ids', type: int64, dims: ['P', 8] },
      { name: 'token_mask', dims: ['P', 8] },
    ],
    outputs: [{ name: 'text', type: float, dims: ['P', 'N', 4] }],
    nodes: [
      node('Unsqueeze', ['token_mask', 'axis'], ['column']),
      node('Concat', ['column', 'column', 'column', 'column'], ['text'], field(5, intAttribute('axis', 2))),
    ],
  },
};

function intAttribute(name: string, value: number): Uint8Array {
  return message(field(1, name), field(3, value), field(20, 2));
}

/** The contents of a whole pack of two stages, except for its manifest. */
export function packContents(): Map<string, Uint8Array> {
  const utf8 = (content: string) => new TextEncoder().encode(content);
  const axis = tensor({ name: 'axis', type: int64, dims: [1], raw: new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0]) });
  const pieces = ['<pad>', '</s>', '<unk>', '▁a'].map((piece) => [piece, 0]);
  return new Map([
    ['base.onnx', model(testGraphs['base.onnx'])],
    ['ssr.onnx', model(testGraphs['ssr.onnx'])],
    ['text.onnx', model({ ...testGraphs['text.onnx'], tensors: [axis] })],
    ['tokenizer.json', utf8(JSON.stringify({ version: '1.0', model: { type: 'Unigram', unk_id: 2, vocab: pieces } }))],
    ['golden.json', utf8('{}')],
    ['card.md', utf8('# A card')],
  ]);
}

export function fileEntry(name: string, bytes: Uint8Array): Record<string, unknown> {
  const chunks: string[] = [];
  for (let from = 0; from < bytes.length; from += packChunkBytes)
    chunks.push(sha256(bytes.subarray(from, from + packChunkBytes)));
  return { path: name, sizeBytes: bytes.length, sha256: sha256(bytes), chunkSha256: chunks };
}

/** The manifest of `contents`, changed by `change`. */
export function draftManifest(contents = packContents(), change: (draft: Draft) => void = () => undefined): Draft {
  const cost = { parameters: 10, flopsPerFrame: 10, bytesPerFrame: 10 };
  const cosine = { kind: 'cosine', logSnrMin: -20, logSnrMax: 20 };
  const defaults = {
    steps: 8,
    sampler: { kind: 'ddim' },
    guidance: { kind: 'constant', weight: 2 },
    thresholding: { kind: 'static' },
  };
  const draft: Draft = {
    schemaVersion: 1,
    name: 'tiny',
    version: '1.0.0',
    title: 'Tiny',
    licence: 'MIT',
    description: 'For tests.',
    card: 'card.md',
    language: 'en',
    capabilities: { givenFrames: true, promptParts: true },
    files: [...contents].map(([name, bytes]) => fileEntry(name, bytes)),
    text: { graph: 'text.onnx', tokenizer: 'tokenizer.json', maxTokens: 8, width: 4, padId: 0, endId: 1 },
    stages: [
      {
        id: 'base',
        kind: 'base',
        title: 'Base',
        graph: 'base.onnx',
        output: { frames: 4, height: 8, width: 16, fps: 3 },
        inputs: ['z_t', 'log_snr', 'text', 'text_mask', 'text_of_frame', 'given', 'given_mask'],
        parameterisation: 'v',
        schedule: cosine,
        guidance: { kind: 'classifier-free' },
        window: { kind: 'whole' },
        cost,
        defaults,
      },
      {
        id: 'ssr-16',
        kind: 'ssr',
        title: 'Super-resolution',
        graph: 'ssr.onnx',
        output: { frames: 4, height: 16, width: 32, fps: 3 },
        inputs: ['z_t', 'log_snr', 'low_res', 'low_res_log_snr', 'guidance_weight'],
        parameterisation: 'v',
        schedule: cosine,
        guidance: { kind: 'distilled', weightMin: 0, weightMax: 8 },
        lowRes: { resize: 'graph', augmentation: { logSnrMin: -2, logSnrMax: 12, default: 4 } },
        window: {
          kind: 'causal',
          haloPixels: 8,
          multipleOf: 4,
          states: [{ frames: 2, channels: 3, cellPixels: 1 }],
        },
        cost,
        defaults,
      },
    ],
    golden: 'golden.json',
  };
  // Unlike a structured clone, a copy by JSON shares no object between stages.
  const copy = JSON.parse(JSON.stringify(draft)) as Draft;
  change(copy);
  return copy;
}

/** Writes the pack into a new directory and returns its path. */
export async function writePack(
  contents = packContents(),
  manifest: unknown = draftManifest(contents),
): Promise<string> {
  const directory = await temporaryDirectory();
  for (const [name, bytes] of contents) {
    await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
    await writeFile(path.join(directory, name), bytes);
  }
  await writeFile(path.join(directory, 'manifest.json'), JSON.stringify(manifest, null, 2));
  return directory;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
