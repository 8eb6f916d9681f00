/** Media of the user's own: uploads, imports, finding them again, and how they stand. */
import { SluiceError } from '#shared/errors';
import type { ImportMediaEvent } from '#shared/studio/media';
import type { MediaId } from '#shared/project/ids';
import type { Calls, Streams } from './calls';
import { importFile, importUpload, type Importing } from './media-import';
import { relink } from './media-relink';
import { followMedia } from './media-watch';
import type { User } from './open-projects';
import type { StudioParts } from './studio';
import { withProgress } from './with-progress';

export function mediaCalls(
  { projects, media }: StudioParts,
  user: User,
): Calls<'beginUpload' | 'dropUpload' | 'prepareMedia' | 'lookForMedia'> {
  return {
    beginUpload: async ({ open, ...file }) => ({
      id: await media.uploads.begin(projects.of(open, user).project, user, file),
    }),
    dropUpload: async ({ id }) => {
      await media.uploads.drop(id, user);
      return {};
    },
    prepareMedia: async ({ open, mediaId, wanted }, signal) => {
      const { project } = projects.of(open, user);
      const found = project.project.media.get(mediaId);
      if (found === undefined) throw new SluiceError('invalid-argument', 'This media is not in the project any more.');
      if (wanted) await media.shelf.prepare(found, await media.shelf.fileOf(found, project.directory, signal), true);
      else media.shelf.stop(found);
      return {};
    },
    lookForMedia: () => {
      media.look();
      return Promise.resolve({});
    },
  };
}

type RelinkEvent = Exclude<ImportMediaEvent, { kind: 'imported' }> | { kind: 'found'; mediaIds: MediaId[] };

export function mediaStreams(
  { projects, media }: StudioParts,
  user: User,
): Streams<'importMedia' | 'relinkMedia' | 'mediaStandings'> {
  const { shelf, uploads } = media;
  return {
    importMedia: async function* ({ open, source }, signal) {
      const { project } = projects.of(open, user);
      const upload = source.kind === 'upload' ? uploads.take(source.id, user) : undefined;
      yield* withProgress<ImportMediaEvent>(async (tell) => {
        const importing = { shelf, project, onProgress: progressTo(tell), signal };
        const done =
          source.kind === 'file'
            ? await importFile(importing, source.path)
            : upload && (await importUpload(importing, upload));
        if (done === undefined) throw new SluiceError('internal', 'An upload was taken and is not there.');
        return { kind: 'imported', ...done };
      }, signal);
    },
    relinkMedia: async function* ({ open, mediaId, path }, signal) {
      const { project } = projects.of(open, user);
      yield* withProgress<RelinkEvent>(async (tell) => {
        const mediaIds = [...(await relink({ shelf, project, onProgress: progressTo(tell), signal }, mediaId, path))];
        return { kind: 'found', mediaIds };
      }, signal);
    },
    mediaStandings: async function* ({ open }, signal) {
      const { project } = projects.of(open, user);
      for await (const standings of followMedia(project, shelf, media.onLook, signal)) yield { media: [...standings] };
    },
  };
}

type Progress = Extract<ImportMediaEvent, { kind: 'progress' }>;

function progressTo(tell: (event: Progress) => void): Importing['onProgress'] {
  return (step, share) => tell({ kind: 'progress', step, share });
}
