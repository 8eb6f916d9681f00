/**
 * Latents in memory with checkpoints on disk, for stages small enough. A checkpoint is written after a step unless the last
 * one is recent: steps of a few milliseconds are cheaper to repeat than to make durable.
 */
import { open } from 'node:fs/promises';
import { withDiskErrors } from '#frames/disk-errors';
import type { Clip, LatentPlane, LatentStore } from '#engine/denoiser';
import {
  bytesOf,
  fillFrom,
  frameChecksums,
  planeBytes,
  unwritten,
  writeAll,
  type Checkpoint,
  type Slot,
} from './checkpoint';

export class MemoryLatents implements LatentStore {
  readonly #planes = new Map<LatentPlane, Float32Array>();
  /** Of the last checkpoint. */
  #slot: Slot = 1;
  #savedAtMs = -Infinity;
  /** The checkpoint that is being written, from a plane that the step which follows only reads. */
  #durable: Promise<void> = Promise.resolve();

  private constructor(
    private readonly checkpoint: Checkpoint,
    private readonly intervalMs: number,
    public stepsTaken: number,
  ) {}

  /** Resumes where there is a checkpoint of this run. `intervalMs`: least time between two checkpoints. */
  static async open(checkpoint: Checkpoint, intervalMs: number): Promise<MemoryLatents> {
    const saved = await checkpoint.find();
    const latents = new MemoryLatents(checkpoint, intervalMs, saved?.stepsTaken ?? 0);
    if (saved === undefined) return latents;
    const plane = new Float32Array(planeBytes(checkpoint.shape) / Float32Array.BYTES_PER_ELEMENT);
    const file = await open(checkpoint.planePath(saved.slot), 'r');
    try {
      await fillFrom(file, bytesOf(plane), 0);
    } finally {
      await file.close();
    }
    latents.#planes.set('current', plane);
    latents.#slot = saved.slot;
    return latents;
  }

  read(plane: LatentPlane, from: number, into: Clip): Promise<void> {
    const data = this.#planes.get(plane);
    if (data === undefined) return Promise.reject(unwritten(plane));
    const start = from * (into.data.length / into.frames);
    into.data.set(data.subarray(start, start + into.data.length));
    return Promise.resolve();
  }

  write(plane: 'next' | 'predictor', from: number, clip: Clip): Promise<void> {
    const known = this.#planes.get(plane);
    const data = known ?? new Float32Array(planeBytes(this.checkpoint.shape) / Float32Array.BYTES_PER_ELEMENT);
    this.#planes.set(plane, data);
    data.set(clip.data, from * (clip.data.length / clip.frames));
    return Promise.resolve();
  }

  async advance(stepsTaken: number): Promise<void> {
    await this.#durable;
    const next = this.#planes.get('next');
    if (next === undefined) throw unwritten('next');
    const spent = this.#planes.get('current');
    this.#planes.set('current', next);
    if (spent === undefined) this.#planes.delete('next');
    else this.#planes.set('next', spent);
    this.stepsTaken = stepsTaken;
    if (performance.now() - this.#savedAtMs < this.intervalMs) return;
    this.#savedAtMs = performance.now();
    this.#durable = this.#save(next, stepsTaken);
    this.#durable.catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#durable.catch(() => undefined);
  }

  async #save(plane: Float32Array, stepsTaken: number): Promise<void> {
    const slot: Slot = this.#slot === 0 ? 1 : 0;
    const path = this.checkpoint.planePath(slot);
    await withDiskErrors('write', path, async () => {
      const file = await open(path, 'w');
      try {
        await writeAll(file, bytesOf(plane), 0);
        await file.datasync();
      } finally {
        await file.close();
      }
    });
    await this.checkpoint.save({ stepsTaken, slot, crc32: frameChecksums(plane, this.checkpoint.shape) });
    this.#slot = slot;
  }
}
