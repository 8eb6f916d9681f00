/** What kept clips take, and clearing away those that nothing needs. */
import type { Settings } from '#shared/studio/settings';
import type { StorageFacts } from '#shared/studio/storage';
import { evictToLimit } from '../artifacts/eviction';
import { defaultArtifactLimitBytes } from '../jobs/cascade-jobs';
import type { Calls } from './calls';
import type { StudioParts } from './studio';

export function storageCalls(parts: StudioParts): Calls<'storage' | 'clearUnused'> {
  return {
    storage: () => storageFacts(parts),
    clearUnused: async () => {
      await evictToLimit(parts.jobs.artifacts, 0);
      return await storageFacts(parts);
    },
  };
}

/** Keeps to the limit that a person set, whenever they set it. */
export function followLimit({ settings, jobs }: Pick<StudioParts, 'settings' | 'jobs'>): void {
  const follow = (): void => jobs.limitArtifacts(limitOf(settings.value));
  settings.watched.watch(follow);
  follow();
}

function limitOf({ artifactLimitBytes }: Settings): number {
  return artifactLimitBytes ?? defaultArtifactLimitBytes;
}

async function storageFacts({ jobs, settings }: StudioParts): Promise<StorageFacts> {
  const clips = await jobs.artifacts.list();
  const unused = clips.filter(({ pinned }) => !pinned);
  const bytes = (some: typeof clips): number => some.reduce((sum, { metadata }) => sum + metadata.sizeBytes, 0);
  return {
    usedBytes: bytes(clips),
    clips: clips.length,
    unusedBytes: bytes(unused),
    unusedClips: unused.length,
    limitBytes: limitOf(settings.value),
  };
}
