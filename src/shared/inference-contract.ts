/**
 * What main asks of the inference process, and what it answers. Large pixel data never crosses: stages read and write frame
 * files (`src/frames`) under paths that main chose; only previews travel, small and droppable.
 */
import { z } from 'zod';
import { errorCodes } from './errors';
import { packManifestSchema, stageIdSchema } from './pack-manifest';
import { seedSchema } from './shot';
import { stageParametersSchema } from './stage-parameters';

export const providers = ['webgpu', 'dml', 'coreml', 'cuda', 'cpu'] as const;
export const providerSchema = z.enum(providers);
export type Provider = z.infer<typeof providerSchema>;

/** How a provider did against the pack's golden vectors. */
export const providerReportSchema = z.strictObject({
  provider: providerSchema,
  usable: z.boolean(),
  /** Largest absolute difference from the golden output; absent where it never answered. */
  maxDifference: z.number().optional(),
  seconds: z.number(),
  /** Of what went wrong; absent: it is `provider-unavailable`. */
  code: z.enum(errorCodes).optional(),
  /** Why it cannot be used, in plain words. */
  reason: z.string().optional(),
});
export type ProviderReport = z.infer<typeof providerReportSchema>;

export const probeRequestSchema = z.strictObject({
  packDirectory: z.string(),
  manifest: packManifestSchema,
  provider: providerSchema,
});
export type ProbeRequest = z.infer<typeof probeRequestSchema>;

/** One run of one stage. Paths are absolute. */
export const stageRunRequestSchema = z.strictObject({
  packDirectory: z.string(),
  manifest: packManifestSchema,
  stage: stageIdSchema,
  parameters: stageParametersSchema,
  seed: seedSchema,
  /** Prompt of each part and, for every frame of this stage's output, the index of its part. */
  prompts: z.array(z.string()).min(1),
  negativePrompt: z.string(),
  partOfFrame: z.array(z.int().nonnegative()),
  /** Frame file of the previous stage's output; absent for the base. */
  inputPath: z.string().optional(),
  /** Given frames on this stage's frame grid, each one frame of a frame file of any size. */
  given: z.array(
    z.strictObject({ frame: z.int().nonnegative(), path: z.string(), sourceFrame: z.int().nonnegative() }),
  ),
  /** Where the frame file is written; the caller renames it into place. */
  outputPath: z.string(),
  /** Directory of this run's checkpoints: resumed from where it holds a valid one for this very request. The caller removes it. */
  checkpointDirectory: z.string(),
  provider: providerSchema,
  memoryBytes: z.int().positive(),
  threads: z.int().positive(),
  /** Longest side of preview frames, in pixels; 0: no previews. */
  previewPixels: z.int().nonnegative(),
});
export type StageRunRequest = z.infer<typeof stageRunRequestSchema>;

/** What loading a stage needs of its run: what follows with the same values finds everything loaded. */
export const stagePreparationSchema = stageRunRequestSchema.pick({
  packDirectory: true,
  manifest: true,
  stage: true,
  provider: true,
  memoryBytes: true,
  threads: true,
});
export type StagePreparation = z.infer<typeof stagePreparationSchema>;

/** x̂0 of the whole clip after a step: RGB, 8 bits, frames × height × width × 3, frames and pixels thinned to stay small. */
export const previewSchema = z.strictObject({
  frames: z.int().positive(),
  height: z.int().positive(),
  width: z.int().positive(),
  fps: z.number().positive(),
  rgb: z.instanceof(Uint8Array),
});
export type Preview = z.infer<typeof previewSchema>;

export const stageEventSchema = z.discriminatedUnion('kind', [
  /** Something that the user should know and that stops nothing. */
  z.strictObject({ kind: z.literal('warning'), code: z.enum(['prompt-truncated']), message: z.string() }),
  z.strictObject({ kind: z.literal('loaded'), seconds: z.number(), resumedAtStep: z.int().nonnegative() }),
  /** A share of a step is done: `done` of `total` windows of step `step` (from 0) of `steps`. */
  z.strictObject({
    kind: z.literal('progress'),
    step: z.int().nonnegative(),
    steps: z.int().positive(),
    done: z.int().nonnegative(),
    total: z.int().positive(),
  }),
  z.strictObject({ kind: z.literal('preview'), step: z.int().nonnegative(), preview: previewSchema }),
  z.strictObject({
    kind: z.literal('finished'),
    /** Seconds inside ORT, and those that the run took beside them: the engine works behind the runtime where it can. */
    runtimeSeconds: z.number(),
    engineSeconds: z.number(),
    evaluations: z.int().positive(),
    peakRssBytes: z.number(),
  }),
]);
export type StageEvent = z.infer<typeof stageEventSchema>;

/** Of progress and previews only the newest waits for a slow reader: neither ever holds a step up. */
function latestWins(event: unknown): string | undefined {
  const { data } = droppableSchema.safeParse(event);
  return data?.kind;
}
const droppableSchema = z.object({ kind: z.enum(['progress', 'preview']) });

/** The channel between main, which asks, and the inference process, which answers. */
export const inferenceContract = {
  requests: {
    probe: { request: probeRequestSchema, response: providerReportSchema },
    prepareStage: { request: stagePreparationSchema, response: z.strictObject({}) },
  },
  streams: { runStage: { request: stageRunRequestSchema, event: stageEventSchema, latestWins } },
};
