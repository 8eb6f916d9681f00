/** Drags how long a clip fades in or out, from nothing to as long as it has room. */
import type { Clip } from '#shared/project/clip';
import { endFrame } from '#shared/project/clip';
import { setFade } from '#shared/project/edits/appearance';
import type { Edge } from '../model/hit-test';
import type { Gesture, PointerAt, Scene } from './gesture';
import { shifting } from './shift';

export function fading(scene: Scene, startedAt: PointerAt, clip: Clip, edge: Edge): Gesture {
  const from = edge === 'start' ? clip.fadeInFrames : clip.fadeOutFrames;
  const longer = (by: number): number => Math.max(0, from + (edge === 'start' ? by : -by));
  return shifting({
    scene,
    startedAt,
    edges: [edge === 'start' ? clip.startFrame + from : endFrame(clip) - from],
    make: (by) =>
      setFade(scene.project, {
        clipId: clip.id,
        ...(edge === 'start' ? { fadeInFrames: longer(by) } : { fadeOutFrames: longer(by) }),
      }),
    readout: ({ by }) => ({ kind: 'fade', frames: longer(by) }),
  });
}
