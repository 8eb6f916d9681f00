/** Drags up to look closer and down to step back, around the moment where the drag began; sideways scrolls. */
import { scrolledBy, zoomedAt } from '../model/scale';
import type { Gesture, PointerAt, Scene } from './gesture';

/** Pixels of drag that double the scale. */
const pixelsPerDoubling = 80;

export function zooming(scene: Scene, startedAt: PointerAt, pointer: PointerAt = startedAt): Gesture {
  const factor = 2 ** ((startedAt.y - pointer.y) / pixelsPerDoubling);
  const scale = scrolledBy(zoomedAt(scene.scale, factor, startedAt.x), startedAt.x - pointer.x);
  return {
    shows: { scale },
    outcome: { kind: 'scale', scale },
    moved: (next) => zooming(scene, startedAt, next),
  };
}
