/**
 * Whether the stages form a cascade: a base, then super-resolution in space (ssr) and time (tsr), each on the clip of the
 * stage before (Imagen Video, section 2.2 and figure 6).
 */
import type { ClipShape, PackManifest, StageSpec } from '#shared/pack-manifest';
import type { ManifestProblem } from './problem';

/** Frame rates are decimal numbers in the manifest: 23.976 twice is 47.952, up to rounding. */
const fpsTolerance = 1e-6;

export function* stageChainProblems(manifest: PackManifest): Generator<ManifestProblem> {
  const seen = new Set<string>();
  for (const [index, stage] of manifest.stages.entries()) {
    const field = `stages[${index}]`;
    if (seen.has(stage.id))
      yield { field: `${field}.id`, value: stage.id, but: 'an earlier stage has that id', remedy: 'Ids are unique.' };
    seen.add(stage.id);
    const previous = manifest.stages[index - 1];
    if (previous === undefined) yield* baseProblems(field, stage);
    else yield* followerProblems(field, stage, previous);
  }
}

function* baseProblems(field: string, stage: StageSpec): Generator<ManifestProblem> {
  if (stage.kind !== 'base')
    yield { field: `${field}.kind`, value: stage.kind, but: 'a cascade begins with a base', remedy: 'Put it first.' };
  if (stage.lowRes !== undefined)
    yield {
      field: `${field}.lowRes`,
      value: stage.lowRes,
      but: 'nothing comes before the first stage',
      remedy: 'Leave lowRes out.',
    };
}

function* followerProblems(field: string, stage: StageSpec, previous: StageSpec): Generator<ManifestProblem> {
  if (stage.kind === 'base') {
    yield { field: `${field}.kind`, value: 'base', but: 'only the first stage is one', remedy: 'Use ssr or tsr.' };
    return;
  }
  if (stage.lowRes === undefined) {
    yield {
      field: `${field}.lowRes`,
      value: undefined,
      but: `an ${stage.kind} stage works on the stage before it`,
      remedy: 'Say how its input is resized.',
    };
  } else if ((stage.lowRes.temporal === undefined) === (stage.kind === 'tsr')) {
    yield {
      field: `${field}.lowRes.temporal`,
      value: stage.lowRes.temporal,
      but: 'it says how a tsr stage fills missing frames, and no other has any',
      remedy: 'State it for tsr stages and for those only.',
    };
  }
  yield* stage.kind === 'ssr'
    ? spatialProblems(field, stage.output, previous.output)
    : temporalProblems(field, stage.output, previous.output);
}

function* spatialProblems(field: string, output: ClipShape, input: ClipShape): Generator<ManifestProblem> {
  if (output.frames !== input.frames || !sameFps(output.fps, input.fps))
    yield {
      field: `${field}.output`,
      value: output,
      but: `an ssr stage keeps its input's ${input.frames} frames at ${input.fps} fps`,
      remedy: 'Change frames in tsr stages only.',
    };
  const ratio = output.height / input.height;
  if (!isScale(ratio) || output.width !== input.width * ratio)
    yield {
      field: `${field}.output`,
      value: output,
      but: `its input is ${input.width}×${input.height}, and an ssr stage scales both sides by one whole number, 2 or more`,
      remedy: 'Correct the size of one of the two stages.',
    };
}

function* temporalProblems(field: string, output: ClipShape, input: ClipShape): Generator<ManifestProblem> {
  if (output.height !== input.height || output.width !== input.width)
    yield {
      field: `${field}.output`,
      value: output,
      but: `a tsr stage keeps its input's size, ${input.width}×${input.height}`,
      remedy: 'Change the size in ssr stages only.',
    };
  const ratio = output.frames / input.frames;
  if (!isScale(ratio) || !sameFps(output.fps, input.fps * ratio))
    yield {
      field: `${field}.output`,
      value: output,
      but: `its input has ${input.frames} frames at ${input.fps} fps, and a tsr stage multiplies both by one whole number, 2 or more`,
      remedy: 'Correct frames and fps of one of the two stages.',
    };
}

function isScale(ratio: number): boolean {
  return Number.isInteger(ratio) && ratio >= 2;
}

function sameFps(a: number, b: number): boolean {
  return Math.abs(a - b) <= fpsTolerance * b;
}
