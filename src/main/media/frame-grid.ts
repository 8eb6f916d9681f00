/**
 * The frames of a video as the project counts them: evenly spaced at one rate from the file's beginning, whatever the file itself does.
 * At each of them that is shown which the file shows then; where it shows nothing any more, its last frame. Pure: filters for ffmpeg.
 */
import type { FrameRate } from '#shared/project/time';

export interface FrameStretch {
  readonly frameRate: FrameRate;
  /** First frame, and the first one not wanted. */
  readonly fromFrame: number;
  readonly toFrame: number;
}

/** Before a frame, enough to have decoded what it is predicted from where a file's index is coarse. */
const leadSec = 1;

/** Options before the input. Times stay the file's own, counted from its beginning. */
export function gridSeek({ frameRate, fromFrame }: FrameStretch): readonly string[] {
  const fromSec = Math.max(0, (fromFrame * frameRate.den) / frameRate.num - leadSec);
  const seek = fromSec > 0 ? ['-noaccurate_seek', '-ss', fromSec.toFixed(3)] : [];
  return ['-copyts', '-start_at_zero', ...seek];
}

/** Gives exactly the frames of the stretch, renumbered from 0. */
export function gridFilters({ frameRate, fromFrame, toFrame }: FrameStretch): readonly string[] {
  const { num, den } = frameRate;
  // A whole number of seconds that is a whole number of frames: counting from there rounds as counting from 0 does.
  const base = Math.max(0, Math.floor(((fromFrame / num) * den - leadSec) / den));
  const baseFrame = base * num;
  return [
    `fps=fps=${num}/${den}:start_time=${base * den}`,
    'tpad=stop=-1:stop_mode=clone',
    `trim=start_frame=${fromFrame - baseFrame}:end_frame=${toFrame - baseFrame}`,
    'setpts=PTS-STARTPTS',
  ];
}
