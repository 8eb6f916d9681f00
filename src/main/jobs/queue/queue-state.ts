/**
 * What the job queue holds, and how each change alters it. Pure: the journal replays the same changes after a restart. Knows
 * nothing of files or of running jobs.
 */
import { z } from 'zod';
import { SluiceError, serialisedErrorSchema } from '#shared/errors';
import { providerSchema } from '#shared/inference-contract';
import { recipeSchema } from '#shared/recipe';
import { shotSchema } from '#shared/shot';
import { jobIdSchema, type JobId } from '#shared/studio/job-id';
import { jobTargetSchema } from '#shared/studio/jobs';
import { sha256Schema } from '#shared/units';

export { jobIdSchema, type JobId };

/** As `CascadeRequest`, with the pack by its hash: it is looked up when the job runs. */
export const queuedRequestSchema = z.strictObject({
  packHash: sha256Schema,
  shot: shotSchema,
  provider: providerSchema.optional(),
  memoryBytes: z.int().positive(),
  threads: z.int().positive(),
  previewPixels: z.int().nonnegative(),
  /** Where finished stages are noted; absent: nowhere. */
  target: jobTargetSchema.optional(),
});
export type QueuedRequest = z.infer<typeof queuedRequestSchema>;

export const jobStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('running') }),
  /** Not run until somebody resumes it; what it has done is kept. */
  z.strictObject({ kind: z.literal('paused') }),
  z.strictObject({ kind: z.literal('done'), outputKey: sha256Schema, recipe: recipeSchema }),
  z.strictObject({ kind: z.literal('failed'), error: serialisedErrorSchema }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);
export type JobState = z.infer<typeof jobStateSchema>;

export const queuedJobSchema = z.strictObject({ id: jobIdSchema, request: queuedRequestSchema, state: jobStateSchema });
export type QueuedJob = z.infer<typeof queuedJobSchema>;

export const queueStateSchema = z.strictObject({
  /** In the order in which they run. */
  jobs: z.array(queuedJobSchema),
  /** Nothing new is begun while the queue is held. */
  isHeld: z.boolean(),
});
export type QueueState = z.infer<typeof queueStateSchema>;

export const emptyQueue: QueueState = { jobs: [], isHeld: false };

export const queueChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('added'), id: jobIdSchema, request: queuedRequestSchema }),
  /** To the place before the job `before`; to the end without one. */
  z.strictObject({ kind: z.literal('moved'), id: jobIdSchema, before: jobIdSchema.optional() }),
  z.strictObject({ kind: z.literal('turned'), id: jobIdSchema, state: jobStateSchema }),
  z.strictObject({ kind: z.literal('removed'), id: jobIdSchema }),
  z.strictObject({ kind: z.literal('held'), isHeld: z.boolean() }),
]);
export type QueueChange = z.infer<typeof queueChangeSchema>;

/** Throws `job-not-found`. */
export function applyChange(state: QueueState, change: QueueChange): QueueState {
  switch (change.kind) {
    case 'added':
      return {
        ...state,
        jobs: [...state.jobs, { id: change.id, request: change.request, state: { kind: 'waiting' } }],
      };
    case 'moved': {
      const moved = findJob(state, change.id);
      const others = state.jobs.filter((job) => job !== moved);
      const at = change.before === undefined ? others.length : others.indexOf(findJob(state, change.before));
      return { ...state, jobs: change.before === change.id ? state.jobs : others.toSpliced(at, 0, moved) };
    }
    case 'turned': {
      const turned = findJob(state, change.id);
      return { ...state, jobs: state.jobs.map((job) => (job === turned ? { ...job, state: change.state } : job)) };
    }
    case 'removed': {
      const removed = findJob(state, change.id);
      return { ...state, jobs: state.jobs.filter((job) => job !== removed) };
    }
    case 'held':
      return { ...state, isHeld: change.isHeld };
  }
}

/** Throws `job-not-found`. */
export function findJob(state: QueueState, id: JobId): QueuedJob {
  const job = state.jobs.find((candidate) => candidate.id === id);
  if (job !== undefined) return job;
  throw new SluiceError('job-not-found', `There is no job ${id} in the queue. It may have been removed: look again.`, {
    details: { id },
  });
}

/** After a crash or a quit: what was running waits again, in its place, and goes on from its checkpoints. */
export function afterRestart(state: QueueState): QueueState {
  const jobs = state.jobs.map((job) =>
    job.state.kind === 'running' ? { ...job, state: { kind: 'waiting' as const } } : job,
  );
  return { ...state, jobs };
}

/** The job to run next. */
export function nextJob(state: QueueState): QueuedJob | undefined {
  return state.isHeld ? undefined : state.jobs.find((job) => job.state.kind === 'waiting');
}
