/** A project with far more takes than main sends ladders of at once: a take and a clip each, one behind the other. */
import { addClips } from '#shared/project/edits/place-clips';
import { addTakes } from '#shared/project/edits/takes';
import { takeIdSchema, type TakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import { boatClip, boatId, emptyTimeline, takeOne } from '#shared/project/project.test-fixtures';

export const clipFrames = 24;
export const takeAt = (index: number): TakeId => takeIdSchema.parse(`take-n${index}`);

export function manyTakes(count: number): Project {
  const all = Array.from({ length: count }, (_, index) => index);
  const takes = all.map((index) => ({ ...takeOne, id: takeAt(index), number: index + 2 }));
  const clips = all.map((index) =>
    boatClip(`n${index}`, {
      startFrame: index * clipFrames,
      source: { kind: 'shot', shotId: boatId, takeId: takeAt(index) },
    }),
  );
  return addClips(addTakes(emptyTimeline(), { takes }).project, { clips }).project;
}
