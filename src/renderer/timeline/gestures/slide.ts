/** Drags a clip between its neighbours: the one gives way, the other follows, and the whole stays as long as it is. */
import { endFrame, type Clip } from '#shared/project/clip';
import { slide } from '#shared/project/edits/roll';
import type { Gesture, PointerAt, Scene } from './gesture';
import { shifting } from './shift';

export function sliding(scene: Scene, startedAt: PointerAt, clip: Clip): Gesture {
  return shifting({
    scene,
    startedAt,
    edges: [clip.startFrame, endFrame(clip)],
    make: (byFrames) => slide(scene.project, { clipId: clip.id, byFrames }),
  });
}
