/** Drags the end of a clip to play it faster or slower: it goes on showing the same frames, in more or less time. */
import { endFrame, type Clip } from '#shared/project/clip';
import { setSpeed } from '#shared/project/edits/speed';
import { speedSchema, type Speed } from '#shared/project/time';
import type { Gesture, PointerAt, Scene } from './gesture';
import { shifting } from './shift';

/** As exact as a speed can be said: per mille. */
const steps = 1000;

export function stretching(scene: Scene, startedAt: PointerAt, clip: Clip): Gesture {
  const speedAt = (byFrames: number): Speed => speedFor(clip, clip.lengthFrames + byFrames);
  return shifting({
    scene,
    startedAt,
    edges: [endFrame(clip)],
    make: (byFrames) => setSpeed(scene.project, { clipId: clip.id, speed: speedAt(byFrames), ripple: false }),
    readout: ({ by }) => {
      const { num, den } = by === 0 ? clip.speed : speedAt(by);
      return { kind: 'speed', share: num / den };
    },
  });
}

/** The speed at which the frames that a clip shows last `lengthFrames`, as near as a speed can be. */
function speedFor({ speed, lengthFrames: now }: Clip, lengthFrames: number): Speed {
  const wanted = (speed.num / speed.den) * (now / Math.max(1, lengthFrames));
  const { data } = speedSchema.safeParse({ num: Math.round(wanted * steps), den: steps });
  return data ?? (wanted > 1 ? { num: 16, den: 1 } : { num: 1, den: 16 });
}
