/** Drags one edge of a clip: leaving a gap, or with everything that follows (ripple). */
import { endFrame, type Clip } from '#shared/project/clip';
import { rippleTrim, trim } from '#shared/project/edits/trim';
import type { Edge } from '../model/hit-test';
import type { Gesture, PointerAt, Scene } from './gesture';
import { shifting } from './shift';

export function trimming(scene: Scene, startedAt: PointerAt, clip: Clip, edge: Edge, ripples: boolean): Gesture {
  const from = edge === 'start' ? clip.startFrame : endFrame(clip);
  const make = ripples ? rippleTrim : trim;
  return shifting({
    scene,
    startedAt,
    edges: [from],
    make: (byFrames) => make(scene.project, { clipId: clip.id, edge, toFrame: from + byFrames }),
  });
}
