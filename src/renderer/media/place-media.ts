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
export function mediaPlaced(project: Project, { media, atFrame, trackId, ids }: Placement): Change {
  const kind = trackKind(media);
  const clip = wholeClip(project, media, Math.max(0, Math.round(atFrame)), ids.clip);
  const tracks = project.trackOrder
    .flatMap((id) => project.tracks.get(id) ?? [])
    .filter((track) => track.kind === kind);
  const wanted = [...tracks.filter(({ id }) => id === trackId), ...tracks];
  const free = wanted.find((track) => !track.locked && hasRoom(project, track.id, clip));
  if (free !== undefined) return addClips(project, { clips: [{ ...clip, trackId: free.id }] });
  const track: Track = {
    ...{ id: ids.track, kind, muted: false, locked: false },
    name: `${kind === 'video' ? 'V' : 'A'}${tracks.length + 1}`,
  };
  // Sound lies under the pictures.
  const at = kind === 'audio' ? { at: 0 } : {};
  return inOneStep(project, 'add-clips', [
    (now) => addTrack(now, { track, ...at }),
    (now) => addClips(now, { clips: [{ ...clip, trackId: track.id }] }),
  ]);
}

export function trackKind({ kind }: Media): Track['kind'] {
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

function hasRoom(project: Project, trackId: TrackId, clip: Pick<Clip, 'startFrame' | 'lengthFrames'>): boolean {
  return clipsOfTrack(project, trackId).every(
    (other) => endFrame(other) <= clip.startFrame || other.startFrame >= endFrame(clip),
  );
}
