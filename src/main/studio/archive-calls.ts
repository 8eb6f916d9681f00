/** Projects as one file: what would go into it, writing it among the exports, and opening it elsewhere. */
import { stat } from 'node:fs/promises';
import type { ImportArchiveEvent } from '#shared/studio/project-archives';
import { refuseExisting } from '../projects/archive';
import { archivable, archiveFactsOf, archiveTo } from './archive-contents';
import type { Calls, Streams } from './calls';
import { importArchive } from './import-archive';
import { projectsFolder, type StudioParts } from './studio';
import { withProgress } from './with-progress';
import { worthTelling } from './worth-telling';

export function archiveCalls(parts: StudioParts): Calls<'archiveFacts' | 'startArchive'> {
  return {
    archiveFacts: async ({ folder }, signal) => archiveFactsOf(await archivable(parts, folder, signal)),
    startArchive: async ({ folder, file, stages }) => {
      await refuseExisting(file);
      const id = parts.files.begin({
        ...{ what: 'archive', file, release: () => Promise.resolve() },
        write: async (signal, onProgress) => {
          onProgress({ share: 0, done: 0, of: 0, unit: 'bytes' });
          const onBytes = (done: number, of: number): void =>
            onProgress({ share: of === 0 ? 0 : done / of, done, of, unit: 'bytes' });
          await archiveTo(parts, await archivable(parts, folder, signal), stages, file, { signal, onBytes });
          return (await stat(file)).size;
        },
      });
      return { id };
    },
  };
}

export function archiveStreams(parts: StudioParts): Streams<'importArchive'> {
  return {
    importArchive: ({ file, parent }, signal) =>
      withProgress<ImportArchiveEvent>(async (tell) => {
        const isWorthTelling = worthTelling();
        const onBytes = (done: number, of: number): void => {
          if (isWorthTelling(done / of)) tell({ kind: 'progress', done, of });
        };
        const place = parent ?? (await projectsFolder(parts));
        return { kind: 'imported', folder: await importArchive(parts, file, place, { signal, onBytes }) };
      }, signal),
  };
}
