/**
 * From a pack's manifest and a shot to the stages that will run, with every parameter decided and checked. Pure and cheap: the
 * timeline asks on every edit. Knows nothing of files, caches or processes.
 */
import { SluiceError } from '#shared/errors';
import type { ClipShape, PackManifest, StageSpec } from '#shared/pack-manifest';
import type { Shot } from '#shared/shot';
import type { CascadePlan, PlannedStage } from './plan';
import { placeGivenFrames } from './plan-given-frames';
import { resolveParameters } from './plan-parameters';
import { partOfFrame, requirePrompts } from './plan-prompts';
import { planSteps } from './plan-steps';
import { noiseLevels } from './schedule';
import { takesGivenFrames } from './given-frames';

/**
 * Throws `invalid-shot` where the shot asks for what the pack cannot do, with the remedy, `pack-invalid` where the stages do not
 * fit together, `pack-unsupported` where one of them needs what runs cannot give it.
 */
export function planCascade(manifest: PackManifest, shot: Shot): CascadePlan {
  requireLadder(manifest);
  manifest.stages.forEach(requireNoiseAtStart);
  requirePrompts(manifest, shot);
  for (const id of Object.keys(shot.stages)) stageIndex(manifest, id, 'overrides parameters of');
  const stages = stagesToRun(manifest, shot).map((index) => planStage(manifest, shot, index));
  return { manifest, stages, flops: stages.reduce((sum, stage) => sum + stage.flops, 0) };
}

function planStage(manifest: PackManifest, shot: Shot, index: number): PlannedStage {
  const spec = stageAt(manifest, index);
  const input = manifest.stages[index - 1]?.output;
  const overrides = shot.stages[spec.id] ?? {};
  const parameters = resolveParameters(spec, overrides);
  const steps = planSteps(spec, parameters, shot.negativePrompt !== '');
  const evaluations = steps.reduce((sum, step) => sum + step.evaluations, 0);
  const given = placeGivenFrames(manifest, shot.given, spec.output);
  return {
    spec,
    id: spec.id,
    ...(input && { input }),
    output: spec.output,
    parameters,
    seed: overrides.seed ?? shot.seed,
    steps,
    partOfFrame: partOfFrame(shot.prompts, spec.output),
    given: takesGivenFrames(spec) ? given : [],
    flops: evaluations * spec.output.frames * spec.cost.flopsPerFrame,
  };
}

/** Indices of the stages after `startFrom`, up to `stopAt`. */
function stagesToRun(manifest: PackManifest, { startFrom, stopAt }: Shot): readonly number[] {
  const first = startFrom === undefined ? 0 : stageIndex(manifest, startFrom.stage, 'starts from') + 1;
  const last = stopAt === undefined ? manifest.stages.length - 1 : stageIndex(manifest, stopAt, 'stops at');
  if (startFrom !== undefined) {
    requireShape(startFrom.source, stageAt(manifest, first - 1));
    if (last < first)
      throw invalidShot(
        `The shot starts from the output of stage "${startFrom.stage}" and stops at "${stageAt(manifest, last).id}", so ` +
          'nothing is left to run. Stop at a later stage or start from an earlier one.',
      );
  }
  return manifest.stages.map((_, index) => index).slice(first, last + 1);
}

function requireShape(source: NonNullable<Shot['startFrom']>['source'], { id, output }: StageSpec): void {
  if (source.frames === output.frames && source.height === output.height && source.width === output.width) return;
  throw invalidShot(
    `The clip to start from is ${describe(source)}, but stage "${id}" gives ${describe(output)}. Import it at that size and length.`,
  );
}

/** Every stage enlarges what the one before it gives: in whole multiples of frames, and told how to fill in between. */
function requireLadder({ stages }: PackManifest): void {
  stages.forEach((stage, index) => {
    const input = stages[index - 1]?.output;
    const problem = input === undefined ? baseProblem(stage) : enlargingProblem(stage, input);
    if (problem === undefined) return;
    throw new SluiceError('pack-invalid', `Stage "${stage.id}" ${problem}. Its pack needs a corrected manifest.`, {
      details: { stage: stage.id },
    });
  });
}

function baseProblem({ lowRes }: StageSpec): string | undefined {
  return lowRes === undefined ? undefined : 'comes first, but enlarges another clip';
}

function enlargingProblem({ lowRes, output }: StageSpec, input: ClipShape): string | undefined {
  if (lowRes === undefined) return 'follows another stage, but says nothing of its low-resolution input';
  if (output.frames % input.frames !== 0)
    return `makes ${output.frames} frames from ${input.frames}, not a whole multiple`;
  if (output.frames > input.frames && lowRes.temporal === undefined)
    return 'makes more frames than it gets, but does not say whether the others repeat or stay blank';
  return undefined;
}

/** A stage whose levels begin with less noise refines a noised picture of its input; that picture has no place in a run yet. */
const leastSigmaAtStart = 0.95;

function requireNoiseAtStart({ id, schedule, defaults }: StageSpec): void {
  const sigma = noiseLevels(schedule, defaults.steps)[0]?.sigma ?? 1;
  if (sigma >= leastSigmaAtStart) return;
  throw new SluiceError(
    'pack-unsupported',
    `Stage "${id}" begins at σ = ${sigma.toFixed(3)}, from a partly noised input, but runs begin with pure noise here. ` +
      'Use a pack whose stages begin at σ = 1.',
    { details: { stage: id } },
  );
}

function stageIndex(manifest: PackManifest, id: string, what: string): number {
  const index = manifest.stages.findIndex((stage) => stage.id === id);
  if (index !== -1) return index;
  const known = manifest.stages.map((stage) => stage.id).join(', ');
  throw invalidShot(
    `The shot ${what} stage "${id}", which the pack "${manifest.name}" does not have. It has ${known}.`,
  );
}

function stageAt(manifest: PackManifest, index: number): StageSpec {
  const spec = manifest.stages[index];
  if (spec === undefined) throw new SluiceError('internal', `There is no stage number ${index}.`);
  return spec;
}

function describe({ frames, height, width }: { frames: number; height: number; width: number }): string {
  return `${frames} frames of ${width}×${height}`;
}

function invalidShot(message: string): SluiceError {
  return new SluiceError('invalid-shot', message);
}
