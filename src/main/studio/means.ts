/** With what means the studio runs stages, where the settings do not say. */
import { availableParallelism, totalmem } from 'node:os';
import type { Settings } from '#shared/studio/settings';
import type { QueuedRequest } from '../jobs/queue/queue-state';

/** The whole 1280 × 768 clip runs in this much (docs/architecture.md). */
const enoughMemoryBytes = 2e9;

export function defaultMemoryBytes(): number {
  return Math.min(enoughMemoryBytes, Math.floor(totalmem() / 2));
}

/** Machines with many logical cores have two for each real one, and convolutions gain nothing from the second. */
export function defaultThreads(logicalCores = availableParallelism()): number {
  return logicalCores <= 4 ? logicalCores : Math.ceil(logicalCores / 2);
}

export function meansOf(settings: Settings): Omit<QueuedRequest, 'packHash' | 'shot' | 'target'> {
  return {
    memoryBytes: settings.memoryBytes ?? defaultMemoryBytes(),
    threads: settings.threads ?? defaultThreads(),
    previewPixels: settings.previewPixels,
    ...(settings.provider && { provider: settings.provider }),
  };
}
