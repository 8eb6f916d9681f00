/** Generation: what is asked for, the queue it stands in, and what happens while it runs. */
import { z } from 'zod';
import { previewSchema, providerSchema } from '../inference-contract';
import { stageIdSchema } from '../pack-manifest';
import { projectIdSchema, shotIdSchema, takeIdSchema } from '../project/ids';
import { sha256Schema } from '../units';
import { jobIdSchema } from './job-id';
import { openIdSchema } from './projects';
import { pathSchema, problemSchema } from './text';

export const generateSchema = z.strictObject({
  open: openIdSchema,
  /** One job each, in this order. */
  takes: z.array(takeIdSchema).min(1).max(64),
  /** Last stage to make; absent: what the shot says, else the pack's last. */
  upTo: stageIdSchema.optional(),
  /**
   * First stage to make, from what there is of the stage before it, also where that is stale. Absent: everything that is not there
   * is made, from the first stage on.
   */
  from: stageIdSchema.optional(),
});
/** A prompt is being written: the pack's first stage may be loaded. */
export const prepareGenerationSchema = z.strictObject({ packHash: sha256Schema });
export const generatedSchema = z.strictObject({ jobs: z.array(jobIdSchema).max(64) });

/** The take that a job works for: finished stages are noted there. */
export const jobTargetSchema = z.strictObject({
  folder: pathSchema,
  project: projectIdSchema,
  shot: shotIdSchema,
  take: takeIdSchema,
});
export type JobTarget = z.infer<typeof jobTargetSchema>;

export const jobStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('running') }),
  z.strictObject({ kind: z.literal('paused') }),
  z.strictObject({ kind: z.literal('done'), outputKey: sha256Schema }),
  z.strictObject({ kind: z.literal('failed'), problem: problemSchema }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);

export const jobFactsSchema = z.strictObject({
  id: jobIdSchema,
  state: jobStateSchema,
  /** Absent for a job of the command line. */
  target: jobTargetSchema.optional(),
  prompt: z.string().max(2000),
  packHash: sha256Schema,
  upTo: stageIdSchema.optional(),
  /** To make what is not there, as it was when the job began to wait; absent: not measured, or the job has ended. */
  seconds: z.number().nonnegative().optional(),
});
export type JobFacts = z.infer<typeof jobFactsSchema>;

export const mostJobs = 5000;

export const queueFactsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('here'),
    /** In the order in which they run. */
    jobs: z.array(jobFactsSchema).max(mostJobs),
    /** Nothing new is begun. */
    isHeld: z.boolean(),
  }),
  /** Another process of Sluice works on the queue of this home; `holder` begins with its process id. */
  z.strictObject({ kind: z.literal('elsewhere'), holder: z.string().max(100) }),
]);
export type QueueFacts = z.infer<typeof queueFactsSchema>;

const id = jobIdSchema;
export const queueActionSchema = z.discriminatedUnion('kind', [
  /** To the place before another job; to the end without one. */
  z.strictObject({ kind: z.literal('move'), id, before: jobIdSchema.optional() }),
  /** A running job stops after its current evaluation and keeps what it has. */
  z.strictObject({ kind: z.literal('pause'), id }),
  z.strictObject({ kind: z.literal('resume'), id }),
  z.strictObject({ kind: z.literal('cancel'), id }),
  z.strictObject({ kind: z.literal('retry'), id }),
  z.strictObject({ kind: z.literal('remove'), id }),
  /** The whole queue: begins nothing new, or goes on. */
  z.strictObject({ kind: z.literal('hold') }),
  z.strictObject({ kind: z.literal('release') }),
]);
export type QueueAction = z.infer<typeof queueActionSchema>;

/** x̂0 of the whole clip, thinned to stay below 1 MB (runtime facts: WebSocket into a browser takes 33 MB/s of raw RGB). */
export const mostPreviewBytes = 1_000_000;
const smallPreviewSchema = previewSchema.refine(
  ({ rgb, frames, height, width }) =>
    rgb.byteLength === frames * height * width * 3 && rgb.byteLength <= mostPreviewBytes,
  'a preview must have frames × height × width × 3 bytes, 1 MB at most',
);

const stage = stageIdSchema;
const seconds = z.number().nonnegative();
const message = z.string().max(20_000);
const whatHappenedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('planned'),
    stages: z.array(stage).max(16),
    reused: z.array(stage).max(16),
    remainingSec: seconds.optional(),
  }),
  z.strictObject({
    kind: z.literal('provider'),
    provider: providerSchema,
    rejected: z.array(z.strictObject({ provider: providerSchema, reason: message })).max(16),
  }),
  /** Another process makes the same stage. */
  z.strictObject({ kind: z.literal('waiting'), stage, holder: z.string().max(100) }),
  z.strictObject({ kind: z.literal('stage-started'), stage, resumedAtStep: z.int().nonnegative() }),
  z.strictObject({
    kind: z.literal('progress'),
    stage,
    /** Counted from 0, of `steps`. */
    step: z.int().nonnegative(),
    steps: z.int().positive(),
    stageShare: z.number().min(0).max(1),
    /** Of the whole job, from measured speed; absent: unknown. */
    remainingSec: seconds.optional(),
  }),
  z.strictObject({ kind: z.literal('warning'), stage: stage.optional(), message }),
  z.strictObject({ kind: z.literal('retrying'), stage, problem: problemSchema }),
  z.strictObject({ kind: z.literal('preview'), stage, step: z.int().nonnegative(), preview: smallPreviewSchema }),
  z.strictObject({ kind: z.literal('stage-finished'), stage, key: sha256Schema, seconds, reused: z.boolean() }),
]);

/** Whoever begins to listen while a job runs first hears where it stands, with its last preview. */
export const jobEventSchema = z.strictObject({
  job: jobIdSchema,
  target: jobTargetSchema.optional(),
  event: whatHappenedSchema,
});
export type JobEvent = z.infer<typeof jobEventSchema>;
