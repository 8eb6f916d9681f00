/**
 * What an edit sounds like: which stretch of which media is heard when, how fast, and how loud. The same for who plays it and for who exports
 * it. Pure; no samples.
 *
 * Clips of video are heard on their video tracks, clips of sound on theirs. Speed changes the pitch, as with a tape. Fades are linear
 * in gain; while two clips dissolve one goes as the other comes.
 */
import { endFrame, type Clip } from '../project/clip';
import { clipsBetween } from '../project/in-sight';
import type { Media } from '../project/media';
import { clipsOfTrack } from '../project/order';
import type { Project } from '../project/project';
import type { Track } from '../project/track';

export interface Sounding {
  readonly clip: Clip;
  readonly media: Media;
  /** On the timeline. */
  readonly startSec: number;
  readonly endSec: number;
  /** Moment of the media's sound that is heard at `startSec`. */
  readonly sourceSec: number;
  /** Seconds of the media that pass in a second of the timeline. */
  readonly speed: number;
  /** Corners of the gain, in order of time from `startSec` to `endSec`, straight lines between them. */
  readonly gain: readonly Corner[];
}

export interface Corner {
  /** On the timeline. */
  readonly atSec: number;
  /** Linear, 1 as the media is. */
  readonly gain: number;
}

/** Those that are heard between two moments of the timeline, in frames. Muted tracks and clips at volume 0 are not. */
export function soundsBetween(project: Project, fromFrame: number, toFrame: number): readonly Sounding[] {
  return project.trackOrder.flatMap((id) => {
    const track = project.tracks.get(id);
    return track === undefined || track.muted ? [] : soundsOfTrack(project, track, fromFrame, toFrame);
  });
}

function soundsOfTrack(project: Project, track: Track, fromFrame: number, toFrame: number): readonly Sounding[] {
  const clips = clipsBetween(clipsOfTrack(project, track.id), fromFrame, toFrame);
  return clips.flatMap((clip) => (clip.volume === 0 ? [] : (soundOfClip(project, clip) ?? [])));
}

/** How a clip sounds, muted or not; undefined for one that is silent by its nature. */
export function soundOfClip(project: Project, clip: Clip): Sounding | undefined {
  const media = heardMedia(project, clip);
  if (media === undefined) return undefined;
  const clips = clipsOfTrack(project, clip.trackId);
  const next = clips[clips.findIndex(({ id }) => id === clip.id) + 1];
  return soundingOf(project, clip, media, next?.dissolveInFrames ?? 0);
}

/** The media whose sound a clip has; undefined for one that is silent by its nature. */
export function heardMedia(
  { media }: Project,
  { source }: Pick<Clip, 'source'>,
): Exclude<Media, { kind: 'image' }> | undefined {
  const found = source.kind === 'media' ? media.get(source.mediaId) : undefined;
  if (found === undefined || found.kind === 'image') return undefined;
  return found.kind === 'audio' || found.hasAudio ? found : undefined;
}

/** Gain at a moment of the timeline; 0 before and behind. */
export function gainAt({ gain }: Pick<Sounding, 'gain'>, atSec: number): number {
  const behind = gain.findIndex((corner) => corner.atSec > atSec);
  const [from, to] = [gain[behind - 1], gain[behind]];
  if (from === undefined || to === undefined) return 0;
  return from.gain + ((to.gain - from.gain) * (atSec - from.atSec)) / (to.atSec - from.atSec);
}

function soundingOf(
  project: Project,
  clip: Clip,
  media: Exclude<Media, { kind: 'image' }>,
  dissolveOutFrames: number,
): Sounding {
  const second = project.frameRate.num / project.frameRate.den;
  const startSec = clip.startFrame / second;
  const endSec = endFrame(clip) / second;
  // Of the fade and the dissolve at an edge one is 0 (check-track.ts).
  const rise = (clip.fadeInFrames + clip.dissolveInFrames) / second;
  const fall = (clip.fadeOutFrames + dissolveOutFrames) / second;
  const { volume } = clip;
  return {
    ...{ clip, media, startSec, endSec },
    sourceSec: (clip.inFrame * media.frameRate.den) / media.frameRate.num,
    speed: clip.speed.num / clip.speed.den,
    gain: [
      { atSec: startSec, gain: rise > 0 ? 0 : volume },
      ...(rise > 0 ? [{ atSec: startSec + rise, gain: volume }] : []),
      ...(fall > 0 ? [{ atSec: endSec - fall, gain: volume }] : []),
      { atSec: endSec, gain: fall > 0 ? 0 : volume },
    ],
  };
}
