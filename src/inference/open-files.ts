/** The files of one run: opened here, closed together whatever happens; an output that is not whole is removed. */
import { openFrameFile, type FrameFileReader } from '#frames/reader';
import type { FrameFileShape } from '#frames/layout';
import { createFrameFile, type FrameFileWriter } from '#frames/writer';

export class OpenFiles {
  readonly #readers = new Map<string, FrameFileReader>();
  readonly #others: { close(): Promise<void> }[] = [];
  #output: FrameFileWriter | undefined;

  /** Opens each path once. Throws as `openFrameFile`. */
  async read(path: string): Promise<FrameFileReader> {
    const reader = this.#readers.get(path) ?? (await openFrameFile(path));
    this.#readers.set(path, reader);
    return reader;
  }

  /** Takes over the closing of anything else. */
  closing<Closable extends { close(): Promise<void> }>(closable: Closable): Closable {
    this.#others.push(closable);
    return closable;
  }

  /** Begins the output. Throws as `createFrameFile`. */
  async create(path: string, shape: FrameFileShape): Promise<FrameFileWriter> {
    this.#output = await createFrameFile(path, shape);
    return this.#output;
  }

  /** Makes the output whole. Throws as the writer's `finish`. */
  async finishOutput(): Promise<void> {
    await this.#output?.finish();
    this.#output = undefined;
  }

  async close(): Promise<void> {
    await this.#output?.abort();
    await Promise.allSettled([...this.#readers.values(), ...this.#others].map((open) => open.close()));
  }
}
