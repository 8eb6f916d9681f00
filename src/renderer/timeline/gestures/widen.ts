/** Drags one end of the overview's window: it zooms the timeline, with the other end where it was. */
import { stretchedBy, type Overview } from '../model/overview';
import type { Gesture, PointerAt, Scene } from './gesture';

export function widening(
  scene: Scene,
  overview: Overview,
  end: 'start' | 'end',
  startedAt: PointerAt,
  pointer = startedAt,
): Gesture {
  const scale = stretchedBy(overview, scene.scale, end, pointer.x - startedAt.x);
  return {
    shows: { scale },
    outcome: { kind: 'scale', scale },
    moved: (next) => widening(scene, overview, end, startedAt, next),
  };
}
