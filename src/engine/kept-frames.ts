/**
 * Frames that are made when they are first asked for, and then kept: a stage reads them again in every step, and its first window
 * need not wait for the last frame.
 */
import { framesOf, rgbChannels, zeroClip, type Clip, type Range } from './clip';
import type { FrameSource } from './denoiser';

type MakeFrames = (frames: Range) => Promise<Clip>;

/** Of a clip as long and as large as `source`. Ask for one range at a time; what is handed out is a view and must not be written to. */
export function keptFrames({ frames, height, width }: FrameSource, make: MakeFrames): MakeFrames {
  const kept = zeroClip(frames, rgbChannels, height, width);
  const isMade = new Uint8Array(frames);
  return async ({ from, to }) => {
    for (let start = isMade.indexOf(0, from); start !== -1 && start < to; start = isMade.indexOf(0, start)) {
      const known = isMade.indexOf(1, start);
      const end = known === -1 ? to : Math.min(known, to);
      framesOf(kept, start, end).data.set((await make({ from: start, to: end })).data);
      isMade.fill(1, start, end);
    }
    return framesOf(kept, from, to);
  };
}
