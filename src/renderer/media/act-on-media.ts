/** What a person does with media that are in the project. Each ends in one edit. */
import { inOneStep } from '#shared/project/change';
import { removeMedia } from '#shared/project/edits/media';
import { removeClips } from '#shared/project/edits/remove-clips';
import { newClipId, newTrackId, type MediaId } from '#shared/project/ids';
import type { Clip } from '#shared/project/clip';
import type { Project } from '#shared/project/project';
import type { TrackId } from '#shared/project/ids';
import type { Studio } from '../studio/studio';
import { mediaPlaced } from './place-media';

function clipsOfMedia(project: Project, mediaId: MediaId): readonly Clip[] {
  return [...project.clips.values()].filter(({ source }) => source.kind === 'media' && source.mediaId === mediaId);
}

/** Selected there; undefined where it could not be. Absent place: at the playhead. */
export function placeMedia(
  { document, timeline }: Studio,
  mediaId: MediaId,
  place: { readonly atFrame?: number; readonly trackId?: TrackId | undefined } = {},
): Clip | undefined {
  const atFrame = place.atFrame ?? timeline.getState().playhead;
  const ids = { clip: newClipId(), track: newTrackId() };
  const isPlaced = document.edit((project) => {
    const media = project.media.get(mediaId);
    return media === undefined
      ? inOneStep(project, 'add-clips', [])
      : mediaPlaced(project, { media, atFrame, trackId: place.trackId, ids });
  });
  if (!isPlaced) return undefined;
  timeline.setState({ selection: new Set([ids.clip]) });
  return document.getState().project.clips.get(ids.clip);
}

/** The clips that show it go, too. */
export function removeWithClips({ document }: Studio, mediaId: MediaId): void {
  document.edit((project) => {
    const clipIds = clipsOfMedia(project, mediaId).map(({ id }) => id);
    return inOneStep(project, 'remove-media', [
      ...(clipIds.length > 0 ? [(now: Project) => removeClips(now, { clipIds })] : []),
      (now) => removeMedia(now, { mediaId }),
    ]);
  });
}
