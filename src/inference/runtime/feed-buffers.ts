/**
 * Memory for what graphs are fed: copied into it, given back after the run and used again by a run of the same shapes, so that
 * windows of a hundred megabytes are not asked of the system again and again. As many buffers are kept as one run takes.
 */
import type { GraphTensors } from './graph';

export class FeedBuffers {
  readonly #free: Float32Array[] = [];

  copyOf(data: Float32Array): Float32Array {
    const at = this.#free.findIndex(({ length }) => length === data.length);
    const copy = this.#free.splice(at, at < 0 ? 0 : 1)[0];
    if (copy === undefined) return data.slice();
    copy.set(data);
    return copy;
  }

  /** What a run was fed. */
  giveBack(feeds: GraphTensors): void {
    this.#free.length = 0;
    for (const { data } of Object.values(feeds)) if (data instanceof Float32Array) this.#free.push(data);
  }
}
