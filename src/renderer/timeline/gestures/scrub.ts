/** Drags the playhead. It clings to cuts and markers like any edge. */
import { snapOf, snapPixels } from '../model/snapping';
import type { Gesture, PointerAt, Scene } from './gesture';

export function scrubbing(scene: Scene, pointer: PointerAt): Gesture {
  const wanted = Math.max(0, Math.floor(pointer.frame));
  const snap = pointer.isFree
    ? undefined
    : snapOf([wanted], scene.targets, snapPixels / 2 / scene.scale.pixelsPerFrame);
  const frame = snap?.atFrame ?? wanted;
  return {
    shows: { playhead: frame, ...(snap && { snappedAt: snap.atFrame }) },
    outcome: { kind: 'playhead', frame },
    moved: (next) => scrubbing(scene, next),
  };
}
