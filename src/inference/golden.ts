/**
 * A pack's golden vectors (docs/pack-format.md, "Golden vectors") and the inputs that they were made from. The recipe of the
 * inputs is `models/video_diffusion/export/case.py`'s, made again here from the same seeds.
 */
import { z } from 'zod';
import type { Clip, GraphCall } from '#engine/denoiser';
import { addNormal, noiseStream, type NoisePurpose } from '#engine/random';
import { knownFrames, spreadInTime } from '#engine/temporal-conditioning';
import { stageIdSchema, type PackManifest, type StageSpec } from '#shared/pack-manifest';
import { invalid, readPackJson, type PackOnDisk } from './pack-file';

const size = z.int().positive().max(8192);
/** Places in an output flattened in row-major order, and its values there. */
const places = { indices: z.array(z.int().nonnegative()).min(1).max(4096) };

export const stageGoldenSchema = z.strictObject({
  stage: stageIdSchema,
  seed: z.int().nonnegative(),
  frames: z.int().positive().max(64),
  height: size,
  width: size,
  logSnr: z.number(),
  lowResLogSnr: z.number(),
  guidanceWeight: z.number(),
  /** For each frame the index of a golden prompt. */
  promptOfFrame: z.array(z.int().nonnegative()),
  ...places,
  prediction: z.array(z.number()),
});
export type StageGolden = z.infer<typeof stageGoldenSchema>;

export const goldenSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Largest absolute difference of a provider that is trusted. */
  tolerance: z.number().positive(),
  text: z.strictObject({
    prompts: z.array(z.string()).min(1),
    tokenIds: z.array(z.array(z.int().nonnegative())),
    ...places,
    text: z.array(z.number()),
  }),
  stages: z.array(stageGoldenSchema),
});
export type Golden = z.infer<typeof goldenSchema>;

/** Throws `pack-invalid` where the file is damaged or lacks a stage. */
export async function readGolden(pack: PackOnDisk): Promise<Golden> {
  const parsed = goldenSchema.safeParse(await readPackJson(pack, pack.manifest.golden));
  if (!parsed.success)
    throw invalid(pack, `${pack.manifest.golden} holds no golden vectors: ${z.prettifyError(parsed.error)}`);
  const missing = pack.manifest.stages.find(({ id }) => !parsed.data.stages.some(({ stage }) => stage === id));
  if (missing !== undefined)
    throw invalid(pack, `${pack.manifest.golden} has no golden vectors for stage ${missing.id}`);
  return parsed.data;
}

/** The step whose prediction is known: noise for z_t, a given first frame, half-strength noise for both inputs, no states. */
export function goldenCall(manifest: PackManifest, spec: StageSpec, golden: StageGolden): GraphCall {
  const { frames, height, width } = golden;
  const givenMask = { frames, channels: 1, height, width, data: new Float32Array(frames * height * width) };
  givenMask.data.fill(1, 0, height * width);
  return {
    zT: noise(golden, 'initial', { frames, height, width }, 1, frames),
    logSnr: golden.logSnr,
    branch: 'conditional',
    partOfFrame: golden.promptOfFrame,
    given: noise(golden, 'sampler', { frames, height, width }, 0.5, 1),
    givenMask,
    guidanceWeight: golden.guidanceWeight,
    ...goldenLowRes(manifest, spec, golden),
  };
}

function goldenLowRes(
  manifest: PackManifest,
  spec: StageSpec,
  golden: StageGolden,
): Pick<GraphCall, 'lowRes' | 'lowResLogSnr' | 'lowResKnown'> {
  const before = manifest.stages[manifest.stages.indexOf(spec) - 1]?.output;
  if (spec.lowRes === undefined || before === undefined) return {};
  const { frames } = golden;
  const ratio = spec.output.frames / before.frames;
  const scale = spec.lowRes.resize === 'graph' ? before.height / spec.output.height : 1;
  const shape = {
    frames: frames / ratio,
    height: Math.round(golden.height * scale),
    width: Math.round(golden.width * scale),
  };
  const all = { from: 0, to: frames };
  return {
    lowRes: spreadInTime(noise(golden, 'augmentation', shape, 0.5, shape.frames), all, ratio, 'repeat'),
    lowResLogSnr: golden.lowResLogSnr,
    lowResKnown: knownFrames(all, ratio),
  };
}

/** `std` times normal noise in the first `noisy` frames, zeros after them. */
function noise(
  golden: StageGolden,
  purpose: NoisePurpose,
  shape: Pick<Clip, 'frames' | 'height' | 'width'>,
  std: number,
  noisy: number,
): Clip {
  const stride = 3 * shape.height * shape.width;
  const data = new Float32Array(shape.frames * stride);
  const stream = noiseStream(golden.seed, golden.stage, purpose, 0);
  for (let frame = 0; frame < noisy; frame += 1)
    addNormal(stream, frame, std, data.subarray(frame * stride, (frame + 1) * stride));
  return { ...shape, channels: 3, data };
}

/** Largest absolute difference at the golden places; `Infinity` where a value is missing or not finite. */
export function largestDifference(
  found: Float32Array,
  indices: readonly number[],
  expected: readonly number[],
): number {
  const differences = indices.map((index, i) => Math.abs((found[index] ?? NaN) - (expected[i] ?? NaN)));
  return differences.every(Number.isFinite) ? Math.max(...differences) : Infinity;
}
