/**
 * Memory for what graphs are fed: copied into it, given back after the run and used again by a run of the same shapes, so that
 * windows of a hundred megabytes are not asked of the system again and again. As many buffers are kept as one run takes.
 */
import type { GraphTensors } from './graph';

export class FeedBuffers {
  #copies: Float32Array[] = [];
  #zeros: Float32Array[] = [];

  copyOf(data: Float32Array): Float32Array {
    const copy = take(this.#copies, data.length);
    if (copy === undefined) return data.slice();
    copy.set(data);
    return copy;
  }

  /** Not to be written to: they are zeros still when they come back. */
  zeros(length: number): Float32Array {
    return take(this.#zeros, length) ?? new Float32Array(length);
  }

  /** What a run was fed; `isZeros` says of which names that were `zeros`. */
  giveBack(feeds: GraphTensors, isZeros: (name: string) => boolean): void {
    this.#copies = [];
    this.#zeros = [];
    for (const [name, { data }] of Object.entries(feeds))
      if (data instanceof Float32Array) (isZeros(name) ? this.#zeros : this.#copies).push(data);
  }
}

function take(buffers: Float32Array[], length: number): Float32Array | undefined {
  const at = buffers.findIndex((buffer) => buffer.length === length);
  return at < 0 ? undefined : buffers.splice(at, 1)[0];
}
