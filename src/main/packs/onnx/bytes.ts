/** Where the reader's bytes come from: a file of which only small parts are ever in memory, or memory itself. */
import { readSync } from 'node:fs';

export interface Bytes {
  readonly size: number;
  /** The byte at `position`, which lies inside. */
  at(position: number): number;
  /** A copy of `[from, to)`, which lies inside and is short. */
  slice(from: number, to: number): Uint8Array;
}

const windowBytes = 64 * 1024;

/**
 * The bytes of an open file, read in windows of 64 KiB. Reading is synchronous, since a parser that waits at every byte is a
 * slow parser: a graph's structure is a few hundred kilobytes, and weights are skipped unread.
 */
export class FileBytes implements Bytes {
  readonly #window = new Uint8Array(windowBytes);
  #from = 0;
  #to = 0;

  constructor(
    private readonly fd: number,
    readonly size: number,
  ) {}

  at(position: number): number {
    if (position < this.#from || position >= this.#to) this.#fill(position);
    return this.#window[position - this.#from] ?? 0;
  }

  slice(from: number, to: number): Uint8Array {
    const copy = new Uint8Array(to - from);
    for (let position = from; position < to; position++) copy[position - from] = this.at(position);
    return copy;
  }

  /** A file that became shorter meanwhile reads as zeros, and zeros are no valid field. */
  #fill(position: number): void {
    this.#window.fill(0);
    readSync(this.fd, this.#window, 0, windowBytes, position);
    this.#from = position;
    this.#to = position + windowBytes;
  }
}

export class MemoryBytes implements Bytes {
  constructor(private readonly bytes: Uint8Array) {}

  get size(): number {
    return this.bytes.length;
  }

  at(position: number): number {
    return this.bytes[position] ?? 0;
  }

  slice(from: number, to: number): Uint8Array {
    return this.bytes.slice(from, to);
  }
}
