/**
 * Whether a graph's inputs and outputs are those that the manifest describes: names, element types, dimensions
 * (docs/pack-format.md, "A denoiser graph" and "The text graph").
 *
 * Of an input every fixed dimension must be stated; of an output one may be left open, since exporters cannot always infer
 * it, but must not differ.
 */
import type { GraphInput, PackManifest, StageSpec } from '#shared/pack-manifest';
import type { SluiceError } from '#shared/errors';
import { elementTypes, float32, int64 } from './onnx/element-types';
import type { Graph } from './onnx/read-graph';
import type { Dim, GraphValue } from './onnx/read-value';
import { packInvalid, shown } from './pack-invalid';

/** A number that the graph states; or one that is open, or fixed to `orFixed` where there is only one value to take. */
type ExpectedDim = number | { readonly name: string; readonly orFixed: number | undefined };

interface ExpectedValue {
  readonly name: string;
  readonly elementType: number;
  readonly dims: readonly ExpectedDim[];
}

interface Signature {
  readonly inputs: readonly ExpectedValue[];
  readonly outputs: readonly ExpectedValue[];
}

/** Throws `pack-invalid` where the denoiser `graph` of `stage` is not what the manifest says. */
export function checkStageGraph(manifest: PackManifest, stage: StageSpec, graph: Graph): void {
  checkSignature(`stage ${stage.id} (${stage.graph})`, graph, stageSignature(manifest, stage));
}

/** Throws `pack-invalid` where the text `graph` is not what the manifest says. */
export function checkTextGraph(manifest: PackManifest, graph: Graph): void {
  checkSignature(`the text encoder (${manifest.text.graph})`, graph, textSignature(manifest));
}

/** `[P, N, D]`. */
function encodedTextDims({ text, capabilities }: PackManifest): readonly ExpectedDim[] {
  const prompts = { name: 'P', orFixed: capabilities.promptParts ? undefined : 1 };
  return [prompts, { name: 'N', orFixed: text.maxTokens }, text.width];
}

function textSignature(manifest: PackManifest): Signature {
  const text = encodedTextDims(manifest);
  return {
    inputs: [
      { name: 'token_ids', elementType: int64, dims: text.slice(0, 2) },
      { name: 'token_mask', elementType: float32, dims: text.slice(0, 2) },
    ],
    outputs: [{ name: 'text', elementType: float32, dims: text }],
  };
}

function stageSignature(manifest: PackManifest, stage: StageSpec): Signature {
  const { output, window } = stage;
  const tiled = window.kind !== 'whole' && window.haloPixels > 0;
  const frames = { name: 'F', orFixed: window.kind === 'whole' ? output.frames : undefined };
  const side = (name: string, pixels: number) => ({ name, orFixed: tiled ? undefined : pixels });
  const plane = (cell = 1) => [side('H', output.height / cell), side('W', output.width / cell)];
  const clip = [frames, 3, ...plane()];
  const states = window.kind === 'causal' ? window.states : [];
  const stateValue = (prefix: string) =>
    states.map((state, i) => ({
      name: `${prefix}${i}`,
      elementType: float32,
      dims: [state.frames, state.channels, ...plane(state.cellPixels)],
    }));
  const dims = stageInputDims(manifest, stage, { frames, clip, side });
  return {
    inputs: [
      ...stage.inputs.map((name) => ({
        name,
        elementType: name === 'text_of_frame' ? int64 : float32,
        dims: dims[name],
      })),
      ...stateValue('state_'),
    ],
    outputs: [{ name: 'prediction', elementType: float32, dims: clip }, ...stateValue('next_state_')],
  };
}

interface StageDims {
  readonly frames: ExpectedDim;
  readonly clip: readonly ExpectedDim[];
  readonly side: (name: string, pixels: number) => ExpectedDim;
}

function stageInputDims(
  manifest: PackManifest,
  stage: StageSpec,
  { frames, clip, side }: StageDims,
): Readonly<Record<GraphInput, readonly ExpectedDim[]>> {
  const [, , height = 1, width = 1] = clip;
  const text = encodedTextDims(manifest);
  const previous = manifest.stages[manifest.stages.indexOf(stage) - 1]?.output ?? stage.output;
  const lowRes = stage.lowRes?.resize === 'graph' ? previous : stage.output;
  return {
    z_t: clip,
    log_snr: [1],
    text,
    text_mask: text.slice(0, 2),
    text_of_frame: [frames],
    low_res: [frames, 3, side('h', lowRes.height), side('w', lowRes.width)],
    low_res_log_snr: [1],
    low_res_known: [frames],
    given: clip,
    given_mask: [frames, 1, height, width],
    guidance_weight: [1],
  };
}

function checkSignature(subject: string, graph: Graph, expected: Signature): void {
  checkNames(subject, 'inputs', graph.inputs, expected.inputs);
  checkNames(subject, 'outputs', graph.outputs, expected.outputs);
  for (const value of expected.inputs) checkValue(subject, graph.inputs, value, false);
  for (const value of expected.outputs) checkValue(subject, graph.outputs, value, true);
}

function checkNames(
  subject: string,
  side: 'inputs' | 'outputs',
  actual: readonly GraphValue[],
  expected: readonly ExpectedValue[],
): void {
  const names = actual.map((value) => value.name).sort();
  const wanted = expected.map((value) => value.name).sort();
  if (names.join('\n') !== wanted.join('\n'))
    throw mismatch(subject, `its graph's ${side} are ${shown(names.join(', '))}, not ${wanted.join(', ')}`);
}

function checkValue(subject: string, values: readonly GraphValue[], expected: ExpectedValue, isOutput: boolean): void {
  const actual = values.find((value) => value.name === expected.name);
  const type = elementTypes[actual?.elementType ?? 0]?.name ?? 'no tensor';
  const wanted = elementTypes[expected.elementType]?.name ?? '';
  if (actual?.elementType !== expected.elementType)
    throw mismatch(subject, `its graph's ${expected.name} is ${type}, not ${wanted}`);
  const { dims } = actual;
  const fits =
    dims?.length === expected.dims.length && dims.every((dim, i) => dimFits(dim, expected.dims[i] ?? 0, isOutput));
  if (!fits)
    throw mismatch(
      subject,
      `its graph's ${expected.name} is ${shown(dims === undefined ? 'of unknown rank' : dims.map(dimText).join(' × '))}, not ${expected.dims.map(expectedText).join(' × ')}`,
    );
}

function dimFits(actual: Dim, expected: ExpectedDim, isOutput: boolean): boolean {
  if (typeof expected === 'number') return actual === expected || (isOutput && typeof actual === 'string');
  return typeof actual === 'string' || actual === expected.orFixed;
}

function dimText(dim: Dim): string {
  return dim === '' ? '?' : String(dim);
}

function expectedText(dim: ExpectedDim): string {
  if (typeof dim === 'number') return String(dim);
  return dim.orFixed === undefined ? dim.name : `${dim.name} (or ${dim.orFixed})`;
}

function mismatch(subject: string, what: string): SluiceError {
  return packInvalid(
    `The pack's manifest does not fit ${subject}: ${what}.`,
    'Correct the manifest or export the graph again.',
    { subject },
  );
}
