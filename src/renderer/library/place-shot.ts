/** A take of a shot as a clip of the timeline. Pure: ids come from outside. */
import { inOneStep, type Change } from '#shared/project/change';
import { addClips } from '#shared/project/edits/place-clips';
import { addTrack } from '#shared/project/edits/tracks';
import type { Project } from '#shared/project/project';
import type { ProjectShot, Take } from '#shared/project/project-shot';
import { wholeClip, type NewShotIds } from '../generate/new-shot';
import { roomFor } from '../media/place-media';

export interface ShotPlacement {
  readonly shot: ProjectShot;
  readonly take: Pick<Take, 'id'>;
  readonly atFrame: number;
  readonly ids: Pick<NewShotIds, 'clip' | 'track'>;
}

/** All frames of it, on the lowest video track that is not locked and has room there; on a new one where none has. */
export function shotPlaced(project: Project, { shot, take, atFrame, ids }: ShotPlacement): Change {
  const nowhere = { id: ids.track, kind: 'video', name: '', muted: false, locked: false } as const;
  const startFrame = Math.max(0, Math.round(atFrame));
  const clip = { ...wholeClip(project, shot, take, ids, nowhere), startFrame };
  const { trackId, track } = roomFor(project, 'video', clip, ids.track);
  const clips = [{ ...clip, trackId }];
  if (track === undefined) return addClips(project, { clips });
  return inOneStep(project, 'add-clips', [(now) => addTrack(now, { track }), (now) => addClips(now, { clips })]);
}
