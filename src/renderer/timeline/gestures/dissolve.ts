/**
 * Drags how long two neighbours dissolve. Where both have frames beyond their cut the dissolve grows to both sides of it and nothing
 * else moves; where they show all they have, or on demand, what follows moves up (ripple).
 */
import { endFrame, type Clip } from '#shared/project/clip';
import { setDissolve } from '#shared/project/edits/dissolve';
import { clipsOfTrack } from '#shared/project/order';
import { longestLength } from '#shared/project/source';
import type { Edge } from '../model/hit-test';
import { neighbours } from '../model/neighbours';
import type { Gesture, PointerAt, Scene } from './gesture';
import { shifting } from './shift';

interface Grip {
  /** The clip whose handle was taken, and at which edge the other one lies. */
  readonly clip: Clip;
  readonly edge: Edge;
  readonly ripples: boolean;
}

/** Undefined where there is no neighbour. */
export function dissolving(scene: Scene, startedAt: PointerAt, { clip, edge, ripples }: Grip): Gesture | undefined {
  const { previous, next } = neighbours(clipsOfTrack(scene.project, clip.trackId), clip);
  const [before, after] = edge === 'start' ? [previous, clip] : [clip, next];
  if (before === undefined || after === undefined) return undefined;
  const by = ripples || !haveHandles(scene, before, after) ? 'ripple' : 'handles';
  const each = by === 'handles' ? 2 : 1;
  const frames = (byFrames: number): number =>
    Math.max(0, after.dissolveInFrames + (edge === 'start' ? byFrames : -byFrames) * each);
  return shifting({
    scene,
    startedAt,
    edges: [],
    make: (byFrames) => setDissolve(scene.project, { clipId: after.id, frames: frames(byFrames), by }),
    readout: ({ by: byFrames }) => ({ kind: 'dissolve', frames: frames(byFrames) }),
  });
}

/** Whether both have frames beyond their cut; a dissolve that is there took some, and can give them back. */
function haveHandles({ project }: Scene, before: Clip, after: Clip): boolean {
  if (after.inFrame === 0) return false;
  return endFrame(before) > after.startFrame || longestLength(project, before) > before.lengthFrames;
}
