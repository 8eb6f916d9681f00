/** Drags the cut between two clips that touch: one gets longer, the other shorter. */
import { endFrame, type Clip } from '#shared/project/clip';
import { roll } from '#shared/project/edits/roll';
import { clipsOfTrack } from '#shared/project/order';
import type { Edge } from '../model/hit-test';
import type { Gesture, PointerAt, Scene } from './gesture';
import { shifting } from './shift';

/** `clip` and `edge` as the pointer met them; undefined where no other clip touches that edge. */
export function rolling(scene: Scene, startedAt: PointerAt, clip: Clip, edge: Edge): Gesture | undefined {
  const after = edge === 'start' ? clip : follower(scene, clip);
  if (after === undefined) return undefined;
  return shifting({
    scene,
    startedAt,
    edges: [after.startFrame],
    make: (byFrames) => roll(scene.project, { clipId: after.id, byFrames }),
  });
}

function follower({ project }: Scene, clip: Clip): Clip | undefined {
  const clips = clipsOfTrack(project, clip.trackId);
  const next = clips[clips.findIndex(({ id }) => id === clip.id) + 1];
  return next !== undefined && next.startFrame <= endFrame(clip) ? next : undefined;
}
