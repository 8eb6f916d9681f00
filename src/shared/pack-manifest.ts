/** The manifest of a model pack, schema version 1. `docs/pack-format.md` says what every field means and what a graph must do. */
import { z } from 'zod';
import { stageParametersSchema } from './stage-parameters';
import { sha256Schema } from './units';

/** Stage ids are path-safe, since artifacts and checkpoints are filed under them. */
export const stageIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'expected lower-case letters, digits and hyphens')
  .brand<'StageId'>();
export type StageId = z.infer<typeof stageIdSchema>;

/** Relative, forward slashes, no `.` or `..` segment, no drive, no control characters: cannot leave the pack's directory. */
export const packPathSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/, 'expected a plain relative path');

const mostPixelsPerFrame = 4096 * 4096;
const clipShapeSchema = z
  .strictObject({
    frames: z.int().min(1).max(4096),
    height: z.int().min(1).max(8192),
    width: z.int().min(1).max(8192),
    /** Frames per second. */
    fps: z.number().positive().max(240),
  })
  .refine((shape) => shape.height * shape.width <= mostPixelsPerFrame, 'a frame may have at most 4096 × 4096 pixels');
/** Shape of a stage's output clip. */
export type ClipShape = z.infer<typeof clipShapeSchema>;

export const parameterisationSchema = z.enum(['v', 'x', 'eps', 'flow', 'flow-reversed']);
/** `flow` predicts ε − x, `flow-reversed` x − ε. */
export type Parameterisation = z.infer<typeof parameterisationSchema>;

export const scheduleSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('cosine'),
      logSnrMin: z.number().min(-30).max(0),
      logSnrMax: z.number().min(0).max(30),
      /** Adds −2·log(shift) to λ: above 1 means more noise at every t (Hoogeboom et al. 2023, simple diffusion, section 3.1). */
      shift: z.number().positive().default(1),
    })
    .refine((schedule) => schedule.logSnrMax > schedule.logSnrMin, 'logSnrMax must exceed logSnrMin'),
  z.strictObject({ kind: z.literal('shifted-linear'), shift: z.number().positive() }),
  z.strictObject({ kind: z.literal('sigmas'), sigmas: z.array(z.number().min(0).max(1)).min(2).max(1001) }),
]);
export type NoiseSchedule = z.infer<typeof scheduleSchema>;

export const graphInputs = [
  'z_t',
  'log_snr',
  'text',
  'text_mask',
  'text_of_frame',
  'low_res',
  'low_res_log_snr',
  'low_res_known',
  'given',
  'given_mask',
  'guidance_weight',
] as const;
export type GraphInput = (typeof graphInputs)[number];

export const windowSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('whole') }),
  z.strictObject({
    kind: z.literal('halo'),
    haloFrames: z.int().nonnegative().max(64),
    haloPixels: z.int().nonnegative().max(1024),
    /** Tile origins and sizes are multiples of this many output pixels. */
    multipleOf: z.int().positive().max(256),
  }),
  z.strictObject({
    kind: z.literal('causal'),
    haloPixels: z.int().nonnegative().max(1024),
    multipleOf: z.int().positive().max(256),
    states: z
      .array(
        z.strictObject({
          frames: z.int().positive().max(16),
          channels: z.int().positive().max(4096),
          cellPixels: z.int().positive().max(256),
        }),
      )
      .min(1)
      .max(64),
  }),
]);
export type StageWindow = z.infer<typeof windowSchema>;

export const guidanceSupportSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('classifier-free') }),
  z.strictObject({ kind: z.literal('distilled'), weightMin: z.number(), weightMax: z.number() }),
  z.strictObject({ kind: z.literal('none') }),
]);

const lowResSchema = z.strictObject({
  resize: z.enum(['graph', 'engine']),
  temporal: z.enum(['repeat', 'blank']).optional(),
  augmentation: z
    .strictObject({ logSnrMin: z.number().min(-30), logSnrMax: z.number().max(30), default: z.number() })
    .refine((a) => a.logSnrMin <= a.default && a.default <= a.logSnrMax, 'the default must lie within its range')
    .optional(),
});

export const stageSpecSchema = z.strictObject({
  id: stageIdSchema,
  kind: z.enum(['base', 'ssr', 'tsr']),
  title: z.string().min(1).max(80),
  graph: packPathSchema,
  output: clipShapeSchema,
  inputs: z.array(z.enum(graphInputs)).min(2),
  parameterisation: parameterisationSchema,
  schedule: scheduleSchema,
  guidance: guidanceSupportSchema,
  lowRes: lowResSchema.optional(),
  window: windowSchema,
  cost: z.strictObject({
    parameters: z.int().positive(),
    flopsPerFrame: z.number().positive(),
    bytesPerFrame: z.number().positive(),
  }),
  defaults: stageParametersSchema,
});
/** One stage of a pack: a denoiser graph, what it consumes and produces, and how it is sampled by default. */
export type StageSpec = z.infer<typeof stageSpecSchema>;

export const packFileSchema = z.strictObject({
  path: packPathSchema,
  sizeBytes: z.int().nonnegative(),
  sha256: sha256Schema,
  chunkSha256: z.array(sha256Schema).max(16384),
});
export type PackFile = z.infer<typeof packFileSchema>;

/** Bytes of one chunk of `chunkSha256`, the last one may be shorter. */
export const packChunkBytes = 4 * 1024 * 1024;

export const packManifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  version: z.string().regex(/^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/),
  title: z.string().min(1).max(80),
  licence: z.string().min(1).max(80),
  description: z.string().max(2000),
  card: packPathSchema.optional(),
  language: z.string().min(2).max(35),
  capabilities: z.strictObject({ givenFrames: z.boolean(), promptParts: z.boolean() }),
  /** For people who write prompts. */
  prompting: z
    .strictObject({
      /** Prompts that show what it can do. */
      examples: z.array(z.string().min(1).max(200)).max(60).default([]),
      /** Every word that it knows, where those are few; absent: it knows a language. */
      words: z.array(z.string().min(1).max(40)).max(5000).optional(),
    })
    .optional(),
  files: z.array(packFileSchema).min(1).max(256),
  text: z.strictObject({
    graph: packPathSchema,
    tokenizer: packPathSchema,
    maxTokens: z.int().min(4).max(1024),
    width: z.int().positive().max(8192),
    padId: z.int().nonnegative(),
    endId: z.int().nonnegative(),
  }),
  stages: z.array(stageSpecSchema).min(1).max(16),
  golden: packPathSchema,
});
export type PackManifest = z.infer<typeof packManifestSchema>;
