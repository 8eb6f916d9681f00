/** Drags a clip's source beneath it: the clip stays, what it shows gets later as the hand goes left, like film under a gate. */
import type { Clip } from '#shared/project/clip';
import { slip } from '#shared/project/edits/roll';
import { clipPace } from '#shared/project/source';
import { sourceFramesAfter } from '#shared/project/time';
import type { Gesture, PointerAt, Scene } from './gesture';
import { shifting } from './shift';

export function slipping(scene: Scene, startedAt: PointerAt, clip: Clip): Gesture {
  const pace = clipPace(scene.project, clip);
  return shifting({
    scene,
    startedAt,
    edges: [],
    make: (byFrames) => slip(scene.project, { clipId: clip.id, bySourceFrames: sourceFramesAfter(-byFrames, pace) }),
  });
}
