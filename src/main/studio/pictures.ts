/**
 * Films, strips and single frames of kept clips, for looking at them. Films and strips are made by ffmpeg when first asked for, a few at
 * a time, and kept beside the artifacts until room is needed: anything here can be made again.
 */
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { withDiskErrors } from '#frames/disk-errors';
import type { FrameFileReader } from '#frames/reader';
import { SluiceError } from '#shared/errors';
import { mebibyte, type Sha256 } from '#shared/units';
import type { ArtifactStore } from '../artifacts/artifact-store';
import { partialSuffix } from '../files/durable-write';
import type { MediaSource } from '../host/media-source';
import { runFfmpeg } from '../media/run-ffmpeg';
import { filmArguments, stripArguments } from './picture-arguments';
import { encodePng } from '../media/png';
import { Slots } from './slots';

export interface PicturesOptions {
  /** Of its own; created. */
  readonly folder: string;
  readonly artifacts: ArtifactStore;
  /** Throws `ffmpeg-missing`. */
  readonly ffmpegPath: () => string;
  readonly limitBytes?: number;
}

/** A hundred films of the largest stage. */
const usualLimitBytes = 2048 * mebibyte;
const limitSec = 300;
/** Encoders that run at once: the machine has better things to do. */
const mostAtOnce = 2;

export class Pictures implements MediaSource {
  private readonly making = new Map<string, Promise<string>>();
  private readonly slots = new Slots(mostAtOnce);
  private readonly ended = new AbortController();

  constructor(private readonly options: PicturesOptions) {}

  proxy(key: Sha256): Promise<string> {
    return this.kept(key, `${key}.mp4`, async (reader, file) => {
      await this.encode(filmArguments(reader, file), everyFrame(reader));
    });
  }

  async frame(key: Sha256, frame: number): Promise<Uint8Array> {
    return this.reading(key, async (reader) => {
      const rgb = await reader.read(frame, frame + 1);
      return await encodePng(rgb, reader.height, reader.width);
    });
  }

  async strip(key: Sha256, frames: number, height: number): Promise<Uint8Array> {
    const file = await this.kept(key, `${key}-${frames}x${height}.png`, async (reader, output) => {
      const chosen = evenly(Math.min(frames, reader.frames), reader.frames);
      const { width, height: full, fps } = reader;
      const shape = { frames: chosen.length, width, height: full, fps };
      await this.encode(stripArguments(shape, height, output), someFrames(reader, chosen));
    });
    return await readFile(file);
  }

  /** Stops what is being made. */
  async close(): Promise<void> {
    this.ended.abort();
    await Promise.allSettled(this.making.values());
  }

  /** The file `name`, made if it is not there; asked for twice at once it is made once. */
  private async kept(
    key: Sha256,
    name: string,
    make: (reader: FrameFileReader, output: string) => Promise<void>,
  ): Promise<string> {
    const file = path.join(this.options.folder, name);
    const now = new Date();
    const isThere = await utimes(file, now, now).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
    const begun = this.making.get(name);
    if (begun !== undefined) return await begun;
    const made = this.makeFile(key, file, make).finally(() => this.making.delete(name));
    this.making.set(name, made);
    return await made;
  }

  private makeFile(
    key: Sha256,
    file: string,
    make: (reader: FrameFileReader, output: string) => Promise<void>,
  ): Promise<string> {
    return this.slots.use(() =>
      this.reading(key, async (reader) => {
        const { folder } = this.options;
        const passing = `${file}.${randomBytes(6).toString('hex')}${partialSuffix}`;
        await withDiskErrors('create', folder, () => mkdir(folder, { recursive: true }));
        try {
          await make(reader, passing);
          await withDiskErrors('write', file, () => rename(passing, file));
        } finally {
          await rm(passing, { force: true });
        }
        await this.makeRoom(file);
        return file;
      }),
    );
  }

  private async reading<T>(key: Sha256, read: (reader: FrameFileReader) => Promise<T>): Promise<T> {
    const opened = await this.options.artifacts.open(key);
    if (opened === undefined)
      throw new SluiceError('artifact-missing', `The clip ${key} is not kept any more: make its stage again.`, {
        details: { key },
      });
    try {
      return await read(opened.reader);
    } finally {
      await opened.reader.close();
    }
  }

  private async encode(args: readonly string[], input: AsyncIterable<Uint8Array>): Promise<void> {
    await runFfmpeg({ ffmpegPath: this.options.ffmpegPath(), args, input, limitSec, signal: this.ended.signal });
  }

  /** Removes what was used longest ago, but for `newest`, and what killed processes left. */
  private async makeRoom(newest: string): Promise<void> {
    const { folder, limitBytes = usualLimitBytes } = this.options;
    const files = [];
    for (const name of await readdir(folder)) {
      const file = path.join(folder, name);
      const facts = await stat(file).catch(() => undefined);
      if (facts !== undefined && file !== newest) files.push({ file, size: facts.size, usedMs: facts.mtimeMs });
    }
    files.sort((a, b) => b.usedMs - a.usedMs);
    let taken = (await stat(newest)).size;
    for (const { file, size, usedMs } of files) {
      const isLeftOver = file.endsWith(partialSuffix) && usedMs < Date.now() - 2 * limitSec * 1000;
      taken += size;
      if (isLeftOver || (taken > limitBytes && !file.endsWith(partialSuffix))) await rm(file, { force: true });
    }
  }
}

/** `count` of `total` frames, each from the middle of its share. */
function evenly(count: number, total: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * total) / count));
}

async function* everyFrame(reader: FrameFileReader): AsyncGenerator<Uint8Array> {
  for (let frame = 0; frame < reader.frames; frame += 1) yield await reader.read(frame, frame + 1);
}

async function* someFrames(reader: FrameFileReader, frames: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const frame of frames) yield await reader.read(frame, frame + 1);
}
