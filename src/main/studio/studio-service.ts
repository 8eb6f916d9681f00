/** What a window may ask, answered: the calls by the parts of the studio that know. Everything arrives parsed by its schema. */
import { service, type Service } from '#shared/channel/callee';
import { studioContract } from '#shared/studio/studio-contract';
import { applicationCalls } from './application-calls';
import { archiveCalls, archiveStreams } from './archive-calls';
import type { Desktop } from './desktop';
import { desktopCalls, desktopStreams } from './desktop-calls';
import { exportCalls } from './export-calls';
import { generationCalls, generationStreams } from './generation-calls';
import { mediaCalls, mediaStreams } from './media-calls';
import type { User } from './open-projects';
import { packCalls, packStreams } from './pack-calls';
import { projectCalls, projectStreams } from './project-calls';
import { projectLibraryCalls } from './project-library-calls';
import { storageCalls } from './storage-calls';
import type { StudioParts } from './studio';
import { unusedMediaCalls } from './unused-media-calls';

/** @param user of this window: what it opens is its own */
export function studioService(parts: StudioParts, user: User, desktop: Desktop): Service {
  const { settings, files } = parts;
  return service(studioContract, {
    requests: {
      ...applicationCalls(parts),
      ...desktopCalls(desktop),
      ...packCalls(parts),
      ...projectCalls(parts, user),
      ...archiveCalls(parts),
      ...projectLibraryCalls(parts, user),
      ...storageCalls(parts),
      ...unusedMediaCalls(parts),
      ...generationCalls(parts, user),
      ...mediaCalls(parts, user),
      ...exportCalls(parts, user),
    },
    streams: {
      ...desktopStreams(desktop),
      ...packStreams(parts),
      ...projectStreams(parts, user),
      ...archiveStreams(parts),
      ...generationStreams(parts, user),
      ...mediaStreams(parts, user),
      settings: (_, signal) => settings.watched.follow(signal),
      exports: async function* (_, signal) {
        for await (const list of files.list.follow(signal)) yield { exports: [...list] };
      },
    },
  });
}
