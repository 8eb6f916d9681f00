/** With what means the studio runs stages: the settings', or the defaults. */
import type { Settings } from '#shared/studio/settings';
import { defaultMemoryBytes, defaultThreads } from '../default-means';
import type { QueuedRequest } from '../jobs/queue/queue-state';

export function meansOf(settings: Settings): Omit<QueuedRequest, 'packHash' | 'shot' | 'target'> {
  return {
    memoryBytes: settings.memoryBytes ?? defaultMemoryBytes(),
    threads: settings.threads ?? defaultThreads(),
    previewPixels: settings.previewPixels,
    ...(settings.provider && { provider: settings.provider }),
  };
}
