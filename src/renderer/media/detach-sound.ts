/** The sound of a film as a clip of its own, on a track of sound: to be cut, moved and faded apart from its pictures. Pure. */
import { heardMedia } from '#shared/edit/sounds';
import { inOneStep, type Change } from '#shared/project/change';
import type { Clip } from '#shared/project/clip';
import { setLevels } from '#shared/project/edits/appearance';
import { addClips } from '#shared/project/edits/place-clips';
import { addTrack } from '#shared/project/edits/tracks';
import type { ClipId, TrackId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import { roomFor } from './place-media';

export interface DetachIds {
  readonly clip: ClipId;
  readonly track: TrackId;
}

/** Clips that are seen and heard. */
function detachable(project: Project, clips: readonly Clip[]): readonly Clip[] {
  return clips.filter(
    (clip) =>
      clip.volume > 0 && project.tracks.get(clip.trackId)?.kind === 'video' && heardMedia(project, clip) !== undefined,
  );
}

/** The pictures go on silently. `newIds` is asked once for each clip. */
export function soundDetached(project: Project, clips: readonly Clip[], newIds: () => DetachIds): Change {
  const steps = detachable(project, clips).flatMap((clip) => {
    const ids = newIds();
    const { fadeInFrames, fadeOutFrames, dissolveInFrames } = { ...clip, dissolveInFrames: 0 };
    const sound = { ...clip, id: ids.clip, opacity: 1, fadeInFrames, fadeOutFrames, dissolveInFrames };
    return [
      (now: Project) => setLevels(now, { clipIds: [clip.id], volume: 0 }),
      (now: Project) => {
        const { trackId, track } = roomFor(now, 'audio', sound, ids.track);
        const clipOn = { clips: [{ ...sound, trackId }] };
        if (track === undefined) return addClips(now, clipOn);
        return inOneStep(now, 'add-clips', [(at) => addTrack(at, { track, at: 0 }), (at) => addClips(at, clipOn)]);
      },
    ];
  });
  return inOneStep(project, 'add-clips', steps);
}
