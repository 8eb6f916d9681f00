/** Imported media, and what a project says about itself. */
import { change, type Change } from '../change';
import type { MediaId } from '../ids';
import type { Media } from '../media';
import type { Project, ProjectHead } from '../project';
import { refused } from './change-clips';

export function addMedia(project: Project, { media }: { readonly media: readonly Media[] }): Change {
  const taken = media.find(({ id }) => project.media.has(id));
  if (taken !== undefined) throw refused(`There is a ${taken.id} already: new media needs a new id.`);
  return change(project, 'add-media', (draft) => {
    for (const one of media) draft.media.set(one.id, { ...one });
  });
}

export interface MediaChange extends Partial<Pick<Media, 'name' | 'pathHint'>> {
  readonly mediaId: MediaId;
}

/** Another name, or the place where it was found again. */
export function changeMedia(project: Project, { mediaId, ...fields }: MediaChange): Change {
  const media = { ...mediaOf(project, mediaId), ...fields };
  return change(project, 'change-media', (draft) => {
    draft.media.set(mediaId, media);
  });
}

/** Throws `invalid-argument` while a clip shows it. */
export function removeMedia(project: Project, { mediaId }: { readonly mediaId: MediaId }): Change {
  const { name } = mediaOf(project, mediaId);
  const shown = [...project.clips.values()].filter(
    ({ source }) => source.kind === 'media' && source.mediaId === mediaId,
  );
  if (shown.length > 0) throw refused(`${shown.length} clips show “${name}”: remove the clips first.`);
  return change(project, 'remove-media', (draft) => {
    draft.media.delete(mediaId);
  });
}

export type ProjectChange = Partial<Pick<ProjectHead, 'title' | 'size'>>;

export function changeProject(project: Project, { title, size }: ProjectChange): Change {
  return change(project, 'change-project', (draft) => {
    if (title !== undefined) draft.title = title;
    if (size !== undefined) draft.size = size;
  });
}

function mediaOf(project: Project, id: MediaId): Media {
  const media = project.media.get(id);
  if (media === undefined) throw refused(`There is no media ${id} in “${project.title}”.`);
  return media;
}
