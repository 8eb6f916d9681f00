/** Where a stage's latents live: in memory up to a size, in files beyond it. */
import { createHash } from 'node:crypto';
import type { LatentStore } from '#engine/denoiser';
import { latentBytes } from '#engine/process-memory';
import { canonicalJson, type Json } from '#shared/canonical-json';
import { sha256Schema } from '#shared/units';
import { Checkpoint, type PlaneShape } from './checkpoint';
import { FileLatents } from './file-latents';
import { MemoryLatents } from './memory-latents';

/** Least time between the checkpoints of a stage in memory: what a kill costs at most, beside the step it fell in. */
const checkpointIntervalMs = 2000;

/**
 * Latents in `directory`, resumed from its checkpoint if that is of the same `run` (everything that shapes the result).
 * Throws `disk-full`, `disk-read-only`.
 */
export async function openLatents(
  directory: string,
  run: Json,
  shape: PlaneShape,
): Promise<LatentStore & { close(): Promise<void> }> {
  const hash = sha256Schema.parse(createHash('sha256').update(canonicalJson(run)).digest('hex'));
  const checkpoint = new Checkpoint(directory, hash, shape);
  return latentBytes(shape) > 0 ? MemoryLatents.open(checkpoint, checkpointIntervalMs) : FileLatents.open(checkpoint);
}
