/** Takes of which a change made something stale: what renews each, and what that costs. Of a whole project, whatever a window has in sight. */
import { z } from 'zod';
import { stageIdSchema } from '../pack-manifest';
import { takeIdSchema, type TakeId } from '../project/ids';
import { mostEntities } from '../project/project';
import { costOfLadder, costSchema } from './cost';
import type { Ladder } from './ladder';
import { openRequestSchema } from './projects';

export const staleTakeSchema = z.strictObject({
  takeId: takeIdSchema,
  /** The highest of its stages that is stale: what was never there is not made. */
  upTo: stageIdSchema,
  cost: costSchema,
});
export type StaleTake = z.infer<typeof staleTakeSchema>;

export const staleTakesRequestSchema = openRequestSchema;
/** All takes that clips show and of which something is stale. */
export const staleTakesEventSchema = z.strictObject({ takes: z.array(staleTakeSchema).max(mostEntities) });

/** Undefined: nothing of it is. */
export function staleTake(takeId: TakeId, ladder: Ladder | undefined): StaleTake | undefined {
  const upTo = ladder?.stages.findLast(({ state }) => state.kind === 'stale')?.stage;
  return upTo && { takeId, upTo, cost: costOfLadder(ladder, { upTo }) };
}
