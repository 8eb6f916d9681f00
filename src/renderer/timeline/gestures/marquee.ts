/** Draws a rectangle and selects what it touches, instead of or on top of what was selected. */
import { clipsWithin, nothingSelected, type Selection } from '../model/selection';
import type { Gesture, PointerAt, Scene } from './gesture';

export function selecting(scene: Scene, startedAt: PointerAt, adds: boolean, pointer: PointerAt = startedAt): Gesture {
  const kept = adds ? scene.selection : nothingSelected;
  const selection: Selection = new Set([...kept, ...touched(scene, startedAt, pointer)]);
  return {
    shows: { selection, marquee: rectangle(startOnScreen(scene, startedAt, pointer), pointer) },
    outcome: { kind: 'selection', selection },
    crossesTracks: true,
    moved: (next) => selecting(scene, startedAt, adds, next),
  };
}

function touched(scene: Scene, a: PointerAt, b: PointerAt) {
  return clipsWithin(scene.project, scene.rows, {
    fromFrame: Math.min(a.frame, b.frame),
    toFrame: Math.max(a.frame, b.frame),
    fromY: Math.min(a.y, b.y),
    toY: Math.max(a.y, b.y),
  });
}

/** The timeline may have been scrolled since: where the corner's moment is now. */
function startOnScreen({ scale }: Scene, startedAt: PointerAt, pointer: PointerAt): PointerAt {
  return { ...startedAt, x: pointer.x - (pointer.frame - startedAt.frame) * scale.pixelsPerFrame };
}

function rectangle(a: PointerAt, b: PointerAt) {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}
