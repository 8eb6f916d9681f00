/**
 * Shots that continue what is there: after a clip, before it, or between two. The new shot is given frames of its neighbours, which its
 * clip contains but does not show: they are seen already. Pure.
 */
import type { ClipShape, PackManifest } from '#shared/pack-manifest';
import { endFrame, type Clip } from '#shared/project/clip';
import type { TrackId } from '#shared/project/ids';
import { clipsOfTrack } from '#shared/project/order';
import type { Project } from '#shared/project/project';
import type { BringSource } from '#shared/studio/brought';
import { beginningOf, endOf, type Gap } from './neighbour-frames';

/** Frames to bring, and where in the new shot's clip they belong; negative: from its end. */
export interface Wanted {
  readonly source: BringSource;
  readonly frames: number;
  readonly atFrame: number;
}

export interface Extension {
  readonly given: readonly Wanted[];
  /** Where the new clip goes, in frames of the timeline. */
  readonly trackId: TrackId;
  readonly startFrame: number;
  readonly lengthFrames: number;
  /** Of the shot: frames in front of it were given. */
  readonly inFrame: number;
  /** What lies behind makes room. */
  readonly mode: 'into-gap' | 'insert';
}

/** A quarter of the clip is given and three are new, as in autoregressive extension (Ho et al. 2022, Video Diffusion Models, section 3.1). */
const givenShare = 1 / 4;

/** A whole number of the first stage's frames, so that every stage gets all that are given. */
export function givenFrames({ stages }: Pick<PackManifest, 'stages'>): number {
  const [base, last] = [stages[0]?.output, stages.at(-1)?.output];
  if (base === undefined || last === undefined) return 1;
  return Math.max(1, Math.round(base.frames * givenShare)) * Math.max(1, Math.floor(last.frames / base.frames));
}

export function extension(
  project: Project,
  clip: Clip,
  manifest: Pick<PackManifest, 'stages'>,
  direction: 'forward' | 'backward',
): Extension | undefined {
  const shape = manifest.stages.at(-1)?.output;
  if (shape === undefined) return undefined;
  const frames = givenFrames(manifest);
  const lengthFrames = timelineFrames(project, shape, shape.frames - frames);
  const common = { trackId: clip.trackId, lengthFrames };
  if (direction === 'forward') {
    const startFrame = endFrame(clip);
    const given = [{ source: endOf(project, clip, frames), frames, atFrame: 0 }];
    return {
      ...common,
      given,
      startFrame,
      inFrame: frames,
      mode: roomAt(project, clip.trackId, startFrame, lengthFrames),
    };
  }
  const given = [{ source: beginningOf(project, clip), frames, atFrame: -frames }];
  const before = clip.startFrame - lengthFrames;
  const isRoom = before >= 0 && roomAt(project, clip.trackId, before, lengthFrames) === 'into-gap';
  return isRoom
    ? { ...common, given, startFrame: before, inFrame: 0, mode: 'into-gap' }
    : { ...common, given, startFrame: clip.startFrame, inFrame: 0, mode: 'insert' };
}

/** Undefined where the gap is longer than a clip with a frame given on either side. */
export function filling(project: Project, gap: Gap, manifest: Pick<PackManifest, 'stages'>): Extension | undefined {
  const shape = manifest.stages.at(-1)?.output;
  if (shape === undefined) return undefined;
  const { before, after, fromFrame, toFrame } = gap;
  const inGap = Math.ceil(((toFrame - fromFrame) * project.frameRate.den * shape.fps) / project.frameRate.num);
  const frames = Math.min(givenFrames(manifest), Math.floor((shape.frames - inGap) / 2));
  if (frames < 1) return undefined;
  return {
    given: [
      { source: endOf(project, before, frames), frames, atFrame: 0 },
      { source: beginningOf(project, after), frames, atFrame: frames + inGap },
    ],
    trackId: before.trackId,
    startFrame: fromFrame,
    lengthFrames: toFrame - fromFrame,
    inFrame: frames,
    mode: 'into-gap',
  };
}

function timelineFrames({ frameRate }: Project, { fps }: ClipShape, frames: number): number {
  return Math.max(1, Math.floor((frames * frameRate.num) / (fps * frameRate.den) + 1e-9));
}

function roomAt(project: Project, trackId: TrackId, from: number, length: number): Extension['mode'] {
  const isFree = clipsOfTrack(project, trackId).every(
    (clip) => endFrame(clip) <= from || clip.startFrame >= from + length,
  );
  return isFree ? 'into-gap' : 'insert';
}
