/**
 * A checkpoint: the latents after a whole number of steps, on disk so that a run that was killed goes on from there.
 *
 *     latents-0.f32, latents-1.f32   one plane each, `[F, C, H, W]` little-endian float32; one is current, one is being written
 *     checkpoint.json                which one, of which step of which run, and the CRC-32 of each of its frames
 *
 * The JSON is replaced atomically after its plane is durable. Whatever is damaged, half-written or of another run is no
 * checkpoint: the stage then starts afresh. Knows nothing of what is sampled or how.
 */
import { mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { withDiskErrors } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import { sha256Schema, type Sha256 } from '#shared/units';

/** Of the latents `[F, C, H, W]`. */
export interface PlaneShape {
  readonly frames: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

export type Slot = 0 | 1;

const savedSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Hash of everything that shapes the run. */
  run: sha256Schema,
  stepsTaken: z.int().positive(),
  slot: z.union([z.literal(0), z.literal(1)]),
  shape: z.array(z.int().positive()).length(4),
  /** Of each frame's bytes. */
  crc32: z.array(z.int().nonnegative()),
});

/** A step to resume from. */
export interface SavedStep {
  readonly stepsTaken: number;
  readonly slot: Slot;
  readonly crc32: readonly number[];
}

export function frameBytes(shape: PlaneShape): number {
  return shape.channels * shape.height * shape.width * Float32Array.BYTES_PER_ELEMENT;
}

export function planeBytes(shape: PlaneShape): number {
  return shape.frames * frameBytes(shape);
}

export class Checkpoint {
  constructor(
    private readonly directory: string,
    private readonly run: Sha256,
    readonly shape: PlaneShape,
  ) {}

  planePath(plane: Slot | 'predictor'): string {
    return path.join(this.directory, `latents-${plane}.f32`);
  }

  /** The step saved for this very run, its plane verified; undefined where there is none. Throws `disk-read-only`. */
  async find(): Promise<SavedStep | undefined> {
    await withDiskErrors('create', this.directory, () => mkdir(this.directory, { recursive: true }));
    const text = await readFile(this.#statePath(), 'utf8').catch(() => '');
    const { data: saved } = savedSchema.safeParse(parseJson(text));
    if (saved?.run !== this.run || saved.shape.join() !== this.#dims().join()) return undefined;
    return (await this.#isIntact(saved)) ? saved : undefined;
  }

  /** Call when the plane is durable. Throws `disk-full`, `disk-read-only`. */
  async save(step: SavedStep): Promise<void> {
    const state = { schemaVersion: 1, run: this.run, shape: this.#dims(), ...step };
    const temporary = `${this.#statePath()}.tmp`;
    await withDiskErrors('write', this.#statePath(), async () => {
      const file = await open(temporary, 'w');
      try {
        await file.writeFile(JSON.stringify(state));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.#statePath());
    });
  }

  #statePath(): string {
    return path.join(this.directory, 'checkpoint.json');
  }

  #dims(): number[] {
    const { frames, channels, height, width } = this.shape;
    return [frames, channels, height, width];
  }

  async #isIntact(saved: SavedStep): Promise<boolean> {
    const file = await open(this.planePath(saved.slot), 'r').catch(() => undefined);
    if (file === undefined) return false;
    try {
      const frame = new Uint8Array(frameBytes(this.shape));
      for (let i = 0; i < this.shape.frames; i += 1) {
        const complete = await fillFrom(file, frame, i * frame.byteLength);
        if (!complete || crc32(frame) !== saved.crc32[i]) return false;
      }
      return true;
    } finally {
      await file.close();
    }
  }
}

/** Fills `bytes` from `position` on; false where the file ends before. */
export async function fillFrom(file: FileHandle, bytes: Uint8Array, position: number): Promise<boolean> {
  for (let filled = 0; filled < bytes.byteLength;) {
    const { bytesRead } = await file.read(bytes, filled, bytes.byteLength - filled, position + filled);
    if (bytesRead === 0) return false;
    filled += bytesRead;
  }
  return true;
}

/** Writes all of `bytes` at `position`; a single `write` may stop short. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.byteLength;) {
    const { bytesWritten } = await file.write(bytes, written, bytes.byteLength - written, position + written);
    written += bytesWritten;
  }
}

/** The bytes beneath `data`, not copied. */
export function bytesOf(data: Float32Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** CRC-32 of each frame of `data`. */
export function frameChecksums(data: Float32Array, shape: PlaneShape): number[] {
  const bytes = bytesOf(data);
  const size = frameBytes(shape);
  return Array.from({ length: bytes.byteLength / size }, (_, i) => crc32(bytes.subarray(i * size, (i + 1) * size)));
}

/** The error for reading what was never written: a fault of the engine. */
export function unwritten(plane: string): SluiceError {
  return new SluiceError('internal', `Latents "${plane}" were read before they were written.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
