/**
 * A shot of a project and its takes.
 *
 * The shot holds what all takes share: the pack, the shape of the final clip, and the direction (prompts, per-stage parameters).
 * A take adds its seed and its own per-stage changes. What was made of it is noted by artifact key, so that a stage is found
 * again, kept from eviction, and seen to be stale when the key it would have today differs.
 */
import { z } from 'zod';
import { stageIdSchema } from '../pack-manifest';
import { seedSchema, shotSchema, type Shot } from '../shot';
import { stageOverridesSchema } from '../stage-parameters';
import { sha256Schema } from '../units';
import { shotIdSchema, takeIdSchema } from './ids';
import { nameSchema } from './text';
import { frameRateSchema } from './time';

/** All that a person decides about a shot, but the seed. */
export const directionSchema = shotSchema.omit({ seed: true });
export type Direction = z.infer<typeof directionSchema>;

export const projectShotSchema = z.strictObject({
  id: shotIdSchema,
  name: nameSchema,
  /** Hash of the pack that makes it. */
  packHash: sha256Schema,
  /** Shape in time of the pack's last stage. Clips count these frames, whichever stage they show. */
  frames: z.int().min(1).max(100_000),
  frameRate: frameRateSchema,
  direction: directionSchema,
});
export type ProjectShot = z.infer<typeof projectShotSchema>;

/** A finished stage: its artifact, as addressed by everything that shaped it. */
export const madeStageSchema = z.strictObject({ stage: stageIdSchema, key: sha256Schema });
export type MadeStage = z.infer<typeof madeStageSchema>;

export const takeSchema = z.strictObject({
  id: takeIdSchema,
  shotId: shotIdSchema,
  /** As people count them, from 1, unique in the shot. */
  number: z.int().min(1).max(1_000_000),
  seed: seedSchema,
  /** On top of the direction's own. */
  stages: z.record(stageIdSchema, stageOverridesSchema),
  /** 0: not rated. */
  rating: z.int().min(0).max(5),
  /** In the order of the stages, each at most once. */
  made: z.array(madeStageSchema).max(16),
});
export type Take = z.infer<typeof takeSchema>;

/** The shot that a take runs: the direction with the take's seed and changes. */
export function shotOfTake(shot: ProjectShot, take: Take): Shot {
  const stages = { ...shot.direction.stages };
  for (const [stage, overrides] of Object.entries(take.stages)) {
    const id = stageIdSchema.parse(stage);
    stages[id] = { ...stages[id], ...overrides };
  }
  return { ...shot.direction, stages, seed: take.seed };
}
