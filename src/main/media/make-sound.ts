/**
 * Makes of a file's sound what the studio plays and exports: one file of plain samples, so that any moment of it is found by counting, and
 * the outline that waveforms are drawn from. What is heard and what is exported are the same samples.
 */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { withDiskErrors } from '#frames/disk-errors';
import { soundRate } from '#shared/studio/media-imported';
import type { MediaFile } from './decode-frames';
import { ffmpegOutput } from './ffmpeg-output';
import { PeakMaker } from './peaks';
import { soundStream, undecodable, unreadable } from './probe';
import { fileInput } from './run-ffmpeg';

/** Interleaved stereo, signed 16 bits, little-endian, `soundRate` a second. */
export const samplesName = 'sound.pcm';
export const peaksName = 'peaks.s8';
export const soundFrameBytes = 4;

/** Sound decodes hundreds of times faster than it plays. */
const limitSec = 3600;

/**
 * Writes both files into `folder`. `onProgress`: seconds made so far. Throws `media-unreadable`, `ffmpeg-missing`, `disk-full`,
 * `disk-read-only`, the reason of `signal`.
 */
export async function makeSound(
  media: MediaFile,
  folder: string,
  onProgress: (madeSec: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { ffmpegPath, file, streams } = media;
  const args = [...fileInput(streams.format.demuxer, file), '-map', soundStream, '-af', filters(media), '-f', 's16le'];
  await using samples = await open(path.join(folder, samplesName), 'wx');
  await using outline = await open(path.join(folder, peaksName), 'wx');
  const peaks = new PeakMaker();
  let bytes = 0;
  try {
    for await (const chunk of wholeSamples(ffmpegOutput({ ffmpegPath, args: [...args, 'pipe:1'], limitSec, signal }))) {
      peaks.push(new Int16Array(chunk.buffer, chunk.byteOffset, chunk.byteLength / 2));
      await withDiskErrors('write', folder, () => samples.writeFile(chunk));
      await withDiskErrors('write', folder, () => outline.writeFile(peaks.taken()));
      bytes += chunk.length;
      onProgress(bytes / soundFrameBytes / soundRate);
    }
  } catch (error) {
    throw unreadable(file, streams.format, error);
  }
  if (bytes === 0) throw undecodable(file, streams.format, 'no sound that can be decoded');
  await outline.writeFile(peaks.end());
  await samples.sync();
}

/** From the file's beginning, gaps filled with silence, so that sound and picture of one file stay together. */
function filters({ streams }: MediaFile): string {
  const rate = `aresample=${soundRate}:async=1:first_pts=0`;
  // ffmpeg makes stereo of mono at 0.7 of its level.
  const stereo = streams.sound?.channels === 'mono' ? 'pan=stereo|c0=c0|c1=c0' : 'aformat=channel_layouts=stereo';
  return `${rate},${stereo},aformat=sample_fmts=s16`;
}

/** Cuts where a sample of both channels ends, at bytes that an Int16Array may begin at. */
async function* wholeSamples(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = new Uint8Array(0);
  for await (const chunk of chunks) {
    const joined = new Uint8Array(rest.length + chunk.length);
    joined.set(rest);
    joined.set(chunk, rest.length);
    const whole = joined.length - (joined.length % soundFrameBytes);
    rest = joined.slice(whole);
    if (whole > 0) yield joined.subarray(0, whole);
  }
}
