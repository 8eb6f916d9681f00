/** Media files that a project has no use for any more: how many, and away with them. */
import { SluiceError } from '#shared/errors';
import type { UnusedMedia } from '#shared/studio/unused-media';
import type { Sha256 } from '#shared/units';
import type { UnusedFile } from '../projects/unused-media';
import type { Calls } from './calls';
import type { StudioParts } from './studio';

export function unusedMediaCalls({ projects, files }: StudioParts): Calls<'unusedMedia' | 'removeUnusedMedia'> {
  const { store } = projects;
  const inUse = (): ReadonlySet<Sha256> =>
    new Set(projects.all.flatMap(({ project }) => [...project.media.values()].map(({ sha256 }) => sha256)));
  return {
    unusedMedia: async ({ folder }): Promise<UnusedMedia> => {
      const unused = await store.unusedMedia(folder, inUse());
      return {
        unneeded: sumOf(unused.filter(({ isInHistory }) => !isInHistory)),
        inHistory: sumOf(unused.filter(({ isInHistory }) => isInHistory)),
      };
    },
    removeUnusedMedia: async ({ folder, which }) => {
      if (files.isBusy)
        throw new SluiceError('queue-busy', 'An export may still read these files: wait until it has ended.');
      return sumOf(await store.removeUnusedMedia(folder, inUse(), which));
    },
  };
}

function sumOf(files: readonly UnusedFile[]): UnusedMedia['unneeded'] {
  return { files: files.length, bytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}
