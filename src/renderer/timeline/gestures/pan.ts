/** Drags the window of the overview: it scrolls the timeline. */
import { pannedBy, type Overview } from '../model/overview';
import type { Gesture, PointerAt, Scene } from './gesture';

export function panning(scene: Scene, overview: Overview, startedAt: PointerAt, pointer = startedAt): Gesture {
  const scale = pannedBy(overview, scene.scale, pointer.x - startedAt.x);
  return {
    shows: { scale },
    outcome: { kind: 'scale', scale },
    moved: (next) => panning(scene, overview, startedAt, next),
  };
}
