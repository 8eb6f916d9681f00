/** Media as clips of the timeline. Pure: ids come from outside. */
import { inOneStep, type Change } from '#shared/project/change';
import { endFrame, type Clip } from '#shared/project/clip';
import { addClips } from '#shared/project/edits/place-clips';
import { addTrack } from '#shared/project/edits/tracks';
import type { ClipId, TrackId } from '#shared/project/ids';
import type { Media } from '#shared/project/media';
import { clipsOfTrack } from '#shared/project/order';
import type { Project } from '#shared/project/project';
import { longestLength } from '#shared/project/source';
import { normalSpeed } from '#shared/project/time';
import type { Track } from '#shared/project/track';

export interface Placement {
  readonly media: Media;
  readonly atFrame: number;
  /** Where it was dropped; if it does not fit there, or on none: the lowest of its kind that has room. */
  readonly trackId?: TrackId | undefined;
  readonly ids: { readonly clip: ClipId; readonly track: TrackId };
}

/** How long a still stands at first. */
const stillSec = 5;

/** The whole of it. A track more is made where no unlocked one has room. */
export function mediaPlaced(project: Project, { media, atFrame, trackId: wanted, ids }: Placement): Change {
  const kind = trackKind(media);
  const clip = wholeClip(project, media, Math.max(0, Math.round(atFrame)), ids.clip);
  const { trackId, track } = roomFor(project, kind, clip, ids.track, wanted);
  const clips = [{ ...clip, trackId }];
  if (track === undefined) return addClips(project, { clips });
  // Sound lies under the pictures.
  const at = kind === 'audio' ? { at: 0 } : {};
  return inOneStep(project, 'add-clips', [(now) => addTrack(now, { track, ...at }), (now) => addClips(now, { clips })]);
}

type Stretch = Pick<Clip, 'startFrame' | 'lengthFrames'>;

export interface Room {
  readonly trackId: TrackId;
  /** To be added first; absent: it is there. */
  readonly track?: Track;
}

/** An unlocked track where a stretch is free: the wanted one, else the lowest of its kind, else a new one. */
export function roomFor(
  project: Project,
  kind: Track['kind'],
  stretch: Stretch,
  newId: TrackId,
  wanted?: TrackId,
): Room {
  const tracks = project.trackOrder
    .flatMap((id) => project.tracks.get(id) ?? [])
    .filter((track) => track.kind === kind);
  const free = [...tracks.filter(({ id }) => id === wanted), ...tracks].find(
    ({ id, locked }) => !locked && isFree(project, id, stretch),
  );
  if (free !== undefined) return { trackId: free.id };
  const name = `${kind === 'video' ? 'V' : 'A'}${tracks.length + 1}`;
  return { trackId: newId, track: { id: newId, kind, name, muted: false, locked: false } };
}

function trackKind({ kind }: Media): Track['kind'] {
  return kind === 'audio' ? 'audio' : 'video';
}

/** On no track yet. */
function wholeClip(project: Project, media: Media, startFrame: number, id: ClipId): Omit<Clip, 'trackId'> {
  const source = { kind: 'media', mediaId: media.id } as const;
  const longest = longestLength(project, { source, speed: normalSpeed, inFrame: 0 });
  const still = Math.round((stillSec * project.frameRate.num) / project.frameRate.den);
  return {
    ...{ id, startFrame, inFrame: 0, source, speed: normalSpeed, opacity: 1, volume: 1 },
    lengthFrames: Math.max(1, Number.isFinite(longest) ? longest : still),
    ...{ fadeInFrames: 0, fadeOutFrames: 0, dissolveInFrames: 0 },
  };
}

function isFree(project: Project, trackId: TrackId, stretch: Stretch): boolean {
  return clipsOfTrack(project, trackId).every(
    (other) => endFrame(other) <= stretch.startFrame || other.startFrame >= endFrame(stretch),
  );
}
