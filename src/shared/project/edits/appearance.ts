/** How clips look and sound: fades, opacity, volume, and which take and stage they show. */
import type { StageId } from '../../pack-manifest';
import type { Change } from '../change';
import type { Clip, ClipSource } from '../clip';
import type { ClipId } from '../ids';
import type { Project } from '../project';
import { changeClips, clipOf, clipsOf, refused } from './change-clips';

export interface Fade {
  readonly clipId: ClipId;
  /** Absent: as it is. 0: none. */
  readonly fadeInFrames?: number;
  readonly fadeOutFrames?: number;
}

/** Throws `invalid-argument` where a fade is longer than the clip has room for, or a dissolve is in its place. */
export function setFade(project: Project, { clipId, ...fade }: Fade): Change {
  const put = { ...clipOf(project, clipId), ...fade };
  const change = changeClips(project, 'fade', { put: [put] });
  const made = clipOf(change.project, clipId);
  if (made.fadeInFrames !== put.fadeInFrames || made.fadeOutFrames !== put.fadeOutFrames)
    throw refused(
      `Clip ${clipId} has ${put.lengthFrames} frames and its dissolves, too few for fades of ${put.fadeInFrames} and ${put.fadeOutFrames}.`,
    );
  return change;
}

export interface Levels {
  readonly clipIds: readonly ClipId[];
  /** 0 to 1; absent: as it is. */
  readonly opacity?: number;
  /** Linear gain, 0 to 4. */
  readonly volume?: number;
}

export function setLevels(project: Project, { clipIds, ...levels }: Levels): Change {
  return changeClips(project, 'levels', { put: clipsOf(project, clipIds).map((clip) => ({ ...clip, ...levels })) });
}

export interface ShowStage {
  readonly clipIds: readonly ClipId[];
  /** Absent: the highest that was made. */
  readonly stage?: StageId;
}

/** Throws `invalid-argument` for clips of media, which have no stages. */
export function showStage(project: Project, { clipIds, stage }: ShowStage): Change {
  const put = clipsOf(project, clipIds).map((clip): Clip => {
    if (clip.source.kind !== 'shot') throw refused(`Clip ${clip.id} shows imported media, which has no stages.`);
    const { kind, shotId, takeId } = clip.source;
    return { ...clip, source: { kind, shotId, takeId, ...(stage === undefined ? {} : { stage }) } };
  });
  return changeClips(project, 'show-source', { put });
}

export interface ShowSource {
  readonly clipId: ClipId;
  readonly source: ClipSource;
  /** Absent: as it is. */
  readonly inFrame?: number;
}

/** Another take, shot or media in the same place. Throws `invalid-argument` where it has too few frames. */
export function showSource(project: Project, { clipId, ...shown }: ShowSource): Change {
  return changeClips(project, 'show-source', { put: [{ ...clipOf(project, clipId), ...shown }] });
}
