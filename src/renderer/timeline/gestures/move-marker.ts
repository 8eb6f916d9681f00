/** Drags a marker along the ruler. It clings to cuts and to the playhead. */
import { changeMarker } from '#shared/project/edits/markers';
import type { Marker } from '#shared/project/marker';
import type { Gesture, PointerAt, Scene } from './gesture';
import { shifting } from './shift';

export function movingMarker(scene: Scene, startedAt: PointerAt, { id, frame }: Marker): Gesture {
  const targets = scene.targets.filter((target) => target !== frame);
  return shifting({
    scene: { ...scene, targets },
    startedAt,
    edges: [frame],
    make: (byFrames) => changeMarker(scene.project, { markerId: id, frame: Math.max(0, frame + byFrames) }),
  });
}
