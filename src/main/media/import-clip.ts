/**
 * Turns a user's video or picture into a frame file of the shape that a stage takes: cut to its length, resampled to its
 * frame rate, cropped to its aspect ratio around the centre and resized. What ffmpeg gives is counted here, so a file that
 * lies about itself cannot make more frames or larger ones than were asked for.
 */
import { createFrameFile, type FrameFileSummary } from '#frames/writer';
import type { FrameFileShape } from '#frames/layout';
import { SluiceError } from '#shared/errors';
import { colourMatrix } from './decode-frames';
import { decoderLimits, probeMedia, unreadable, type MediaFacts } from './probe';
import { fileInput, runFfmpeg } from './run-ffmpeg';
import { toSdrAt } from './tone-mapping';

export interface ClipImport {
  readonly ffmpegPath: string;
  /** The user's file. */
  readonly file: string;
  /** Of the frame file. */
  readonly shape: FrameFileShape;
  /** Where in the file to begin; absent: at its beginning. */
  readonly fromSec?: number;
  /** Frame file to write. It does not exist after a failure. */
  readonly outputPath: string;
  readonly signal: AbortSignal;
}

/** Ten minutes decode two hours of 1080p on two cores; what takes longer is no clip. */
const limitSec = 600;
/** A clip that is shorter by no more than this ends on its last frame held. */
const heldSec = 0.5;

/**
 * Throws `media-unreadable`, `media-unsupported` (not a known format, a picture where a clip is wanted, a clip that is too
 * short), `ffmpeg-missing`, `disk-full`, `disk-read-only`, the reason of `signal`.
 */
export async function importClip(request: ClipImport): Promise<FrameFileSummary> {
  const { file, shape, signal } = request;
  const facts = await probeMedia(request.ffmpegPath, file, signal);
  if (facts.format.kind === 'picture' && shape.frames > 1) throw tooShort(file, 1, shape);
  const writer = await createFrameFile(request.outputPath, shape);
  const frames = new FrameAssembler(shape, (frame) => writer.write(frame));
  try {
    await runFfmpeg({
      ffmpegPath: request.ffmpegPath,
      args: [
        ...decoderLimits,
        ...seek(request),
        ...fileInput(facts.format.demuxer, file),
        ...outputOptions(facts, shape),
      ],
      output: (chunk) => frames.push(chunk),
      limitSec,
      signal,
    }).catch((cause: unknown) => {
      throw unreadable(file, facts.format, cause);
    });
    await holdLastFrame(frames, file, shape);
    return await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** Before the input ffmpeg seeks, and decodes from the key frame before to the very frame. */
function seek({ fromSec = 0 }: ClipImport): readonly string[] {
  return fromSec > 0 ? ['-ss', fromSec.toFixed(6)] : [];
}

function outputOptions(facts: MediaFacts, shape: FrameFileShape): readonly string[] {
  const { frames, width, height, fps } = shape;
  const rate = facts.format.kind === 'video' ? [`fps=${fps}`] : [];
  /** Width over height in stored pixels, which need not be square. */
  const aspect = `${width}/${height}/sar`;
  const filters = [
    ...rate,
    `crop=w='min(iw,ih*${aspect})':h='min(ih,iw/(${aspect}))'`,
    ...toSdrAt(shape, facts.toSdr),
    `scale=${width}:${height}:flags=bilinear+accurate_rnd+full_chroma_int:in_color_matrix=${colourMatrix({ format: facts.format, picture: facts })}:out_range=pc`,
    'format=rgb24',
  ];
  const limits = ['-frames:v', String(frames), '-an', '-sn', '-dn'];
  return ['-map', '0:v:0', '-vf', filters.join(','), ...limits, '-f', 'rawvideo', 'pipe:1'];
}

async function holdLastFrame(frames: FrameAssembler, file: string, shape: FrameFileShape): Promise<void> {
  const missing = shape.frames - frames.count;
  if (frames.count === 0 || missing / shape.fps > heldSec) throw tooShort(file, frames.count, shape);
  for (let i = 0; i < missing; i++) await frames.repeat();
}

function tooShort(file: string, count: number, { frames, fps }: FrameFileShape): SluiceError {
  const has = `${count} ${count === 1 ? 'frame' : 'frames'} (${(count / fps).toFixed(2)} s)`;
  return new SluiceError(
    'media-unsupported',
    `"${file}" gives ${has} at ${fps} frames per second, but ${frames} (${(frames / fps).toFixed(2)} s) are needed. Choose a longer clip.`,
    { details: { file, frames: count, framesNeeded: frames } },
  );
}

/** Cuts a byte stream into frames; takes no more of them than the shape has. */
class FrameAssembler {
  count = 0;
  readonly #frame: Uint8Array;
  #filled = 0;

  constructor(
    readonly shape: FrameFileShape,
    readonly sink: (frame: Uint8Array) => Promise<void>,
  ) {
    this.#frame = new Uint8Array(shape.width * shape.height * 3);
  }

  async push(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length && this.count < this.shape.frames;) {
      const taken = bytes.subarray(at, at + this.#frame.length - this.#filled);
      this.#frame.set(taken, this.#filled);
      this.#filled += taken.length;
      at += taken.length;
      if (this.#filled === this.#frame.length) await this.#complete();
    }
  }

  async #complete(): Promise<void> {
    this.#filled = 0;
    this.count += 1;
    await this.sink(this.#frame);
  }

  /** Gives the last frame again; only between frames. */
  async repeat(): Promise<void> {
    await this.#complete();
  }
}
