/** Latents in memory, for tests of the engine. Keeps no checkpoints: a new store is a fresh run. */
import { SluiceError } from '#shared/errors';
import { elementsPerFrame, type Clip } from './clip';
import type { LatentPlane, LatentStore } from './denoiser';

export class MemoryLatentStore implements LatentStore {
  readonly #planes = new Map<LatentPlane, Float32Array>();
  #stepsTaken = 0;

  /** `frames`: of the whole clip. */
  constructor(private readonly frames: number) {}

  get stepsTaken(): number {
    return this.#stepsTaken;
  }

  read(plane: LatentPlane, from: number, into: Clip): Promise<void> {
    const data = this.#planes.get(plane);
    if (data === undefined) throw new SluiceError('internal', `Latents "${plane}" were read before they were written.`);
    const start = from * elementsPerFrame(into);
    into.data.set(data.subarray(start, start + into.data.length));
    return Promise.resolve();
  }

  write(plane: 'next' | 'predictor', from: number, clip: Clip): Promise<void> {
    const data = this.#planes.get(plane) ?? new Float32Array(this.frames * elementsPerFrame(clip));
    this.#planes.set(plane, data);
    data.set(clip.data, from * elementsPerFrame(clip));
    return Promise.resolve();
  }

  advance(stepsTaken: number): Promise<void> {
    const next = this.#planes.get('next');
    const spent = this.#planes.get('current');
    if (next !== undefined) this.#planes.set('current', next);
    if (spent === undefined) this.#planes.delete('next');
    else this.#planes.set('next', spent);
    this.#stepsTaken = stepsTaken;
    return Promise.resolve();
  }
}
