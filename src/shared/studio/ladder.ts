/**
 * The ladder of a take: what there is of each stage, what is stale, and what renewing it would cost, before anything runs. Plans
 * themselves (steps, weights, shapes) the renderer makes from the pack's manifest; this is what only main knows.
 */
import { z } from 'zod';
import { stageIdSchema } from '../pack-manifest';
import { takeIdSchema } from '../project/ids';
import { shotSchema } from '../shot';
import { sha256Schema } from '../units';
import { artifactFactsSchema } from './artifact-facts';
import { jobIdSchema } from './job-id';
import { openIdSchema } from './projects';
import { problemSchema } from './text';

const secondsSchema = z.number().nonnegative();

export const stageStateSchema = z.discriminatedUnion('kind', [
  /** Nothing was made of it, or what was is no longer kept. */
  z.strictObject({ kind: z.literal('empty') }),
  /** Something was made, of other parameters or another input than it has now. */
  z.strictObject({ kind: z.literal('stale') }),
  z.strictObject({ kind: z.literal('queued'), job: jobIdSchema, isPaused: z.boolean() }),
  z.strictObject({
    kind: z.literal('running'),
    job: jobIdSchema,
    /** Counted from 0, of `steps`. */
    step: z.int().nonnegative(),
    steps: z.int().positive(),
    /** Of this stage, done. */
    share: z.number().min(0).max(1),
  }),
  z.strictObject({ kind: z.literal('done') }),
  /** Not run: frames that a person brought stand for its output, or for that of a later stage. */
  z.strictObject({ kind: z.literal('replaced') }),
  z.strictObject({ kind: z.literal('failed'), job: jobIdSchema, problem: problemSchema }),
]);
export type StageState = z.infer<typeof stageStateSchema>;

export const ladderStageSchema = z.strictObject({
  stage: stageIdSchema,
  state: stageStateSchema,
  /** The address that its output has, or would have if it were made now. */
  key: sha256Schema,
  /** What can be shown: its output, or where that is not there, what was made of it before. */
  shown: artifactFactsSchema.optional(),
  /** To make it, from what was measured on this machine; absent: nothing was measured. 0 where it is there. */
  seconds: secondsSchema.optional(),
  /** That its output takes, or would take, before compression. */
  diskBytes: z.number().nonnegative(),
});
export type LadderStage = z.infer<typeof ladderStageSchema>;

export const ladderSchema = z.strictObject({
  /** In order. Where the shot cannot be planned, those that are there all the same; `problem` says why. */
  stages: z.array(ladderStageSchema).max(16),
  problem: problemSchema.optional(),
  /** To make everything that is not there; absent: unknown. */
  seconds: secondsSchema.optional(),
});
export type Ladder = z.infer<typeof ladderSchema>;

/** A shot that is in no project yet, such as the one in the prompt bar. */
export const estimateRequestSchema = z.strictObject({ packHash: sha256Schema, shot: shotSchema });

export const laddersRequestSchema = z.strictObject({
  open: openIdSchema,
  /** Those that are in sight. */
  takes: z.array(takeIdSchema).min(1).max(200),
});
/** One for each take at once, then whenever it changes. Null: the take is no longer there. */
export const ladderEventSchema = z.strictObject({ takeId: takeIdSchema, ladder: ladderSchema.nullable() });
export type LadderEvent = z.infer<typeof ladderEventSchema>;
