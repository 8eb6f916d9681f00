/** Playing a clip faster or slower: it goes on showing the same frames, in another length. */
import type { Change } from '../change';
import type { ClipId } from '../ids';
import type { Project } from '../project';
import { longestLength } from '../source';
import type { Speed } from '../time';
import { changeClips, clipOf } from './change-clips';
import { shifted } from './clip-shape';
import { followers } from './trim';

export interface SpeedChange {
  readonly clipId: ClipId;
  readonly speed: Speed;
  /** Whether what follows on the track moves along; if not, a longer clip needs a gap behind it. */
  readonly ripple: boolean;
}

export function setSpeed(project: Project, { clipId, speed, ripple }: SpeedChange): Change {
  const clip = clipOf(project, clipId);
  const ideal = Math.round((clip.lengthFrames * clip.speed.num * speed.den) / (clip.speed.den * speed.num));
  const changed = { ...clip, speed };
  const lengthFrames = Math.max(1, Math.min(ideal, longestLength(project, changed)));
  const put = [{ ...changed, lengthFrames }];
  if (ripple) put.push(...followers(project, clip).map((next) => shifted(next, lengthFrames - clip.lengthFrames)));
  return changeClips(project, 'speed', { put });
}
