/** What a media file is to a project: its kind, size and length on a grid of its own. Reads the whole file once, and decodes its beginning. */
import { SluiceError } from '#shared/errors';
import { longestProjectFrames, type FrameRate } from '#shared/project/time';
import type { Size } from '#shared/units';
import { nominalRate } from './nominal-rate';
import { PacketTimes, type StreamTimes } from './packet-times';
import {
  pictureStream,
  probeStreams,
  soundStream,
  undecodable,
  unreadable,
  type DecodedPicture,
  type MediaStreams,
} from './probe';
import { fileInput, runFfmpeg } from './run-ffmpeg';
import { keptBits } from './sample-bits';
import { highDynamicRange, type DynamicRange } from './tone-mapping';

interface PictureDescription {
  readonly size: Size;
  /** Of a sample, where they are more than are kept. */
  readonly bits?: number;
}

export type MediaDescription =
  | ({ readonly kind: 'image' } & PictureDescription)
  | ({
      readonly kind: 'video';
      readonly frames: number;
      readonly frameRate: FrameRate;
      readonly hasAudio: boolean;
      /** Absent: standard. */
      readonly dynamicRange?: DynamicRange;
    } & PictureDescription)
  /** `frames` are samples, `frameRate` the sample rate. */
  | { readonly kind: 'audio'; readonly frames: number; readonly frameRate: FrameRate };

/** A disk reads 100 GB in less. */
const limitSec = 1800;
/** Of sound; far above any that is recorded. */
const highestSampleRate = 400_000;

/** `onProgress`: share read, 0 to 1. Throws `media-unreadable`, `media-unsupported`, `ffmpeg-missing`, the reason of `signal`. */
export async function describeMedia(
  ffmpegPath: string,
  file: string,
  signal: AbortSignal,
  onProgress: (share: number) => void = () => undefined,
): Promise<MediaDescription> {
  const streams = await probeStreams(ffmpegPath, file, signal);
  const { picture, sound, format } = streams;
  if (picture !== undefined && format.kind === 'picture') return { kind: 'image', ...pictureOf(picture) };
  const times = await timesOf(ffmpegPath, file, streams, onProgress, signal);
  const heard = sound && times.of(picture === undefined ? 0 : 1);
  const seen = picture && times.of(0);
  if (picture !== undefined && seen !== undefined) {
    if (seen.packets === 1 && heard === undefined) return { kind: 'image', ...pictureOf(picture) };
    const dynamicRange = highDynamicRange(picture);
    return {
      ...{ ...videoOf(file, seen, picture.fps), ...pictureOf(picture), hasAudio: heard !== undefined },
      ...(dynamicRange && { dynamicRange }),
    };
  }
  if (sound === undefined || heard === undefined) throw undecodable(file, format, 'nothing that lasts');
  return soundOf(file, heard, sound.sampleRate);
}

function pictureOf({ shown: size, bits }: DecodedPicture): PictureDescription {
  return bits > keptBits ? { size, bits } : { size };
}

async function timesOf(
  ffmpegPath: string,
  file: string,
  { format, picture, sound }: MediaStreams,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<PacketTimes> {
  const times = new PacketTimes();
  const maps = [...(picture ? ['-map', pictureStream] : []), ...(sound ? ['-map', soundStream] : [])];
  const args = [...fileInput(format.demuxer, file), ...maps, '-c', 'copy', '-f', 'framecrc', 'pipe:1'];
  const output = (chunk: Uint8Array): void => {
    times.push(Buffer.from(chunk).toString('latin1'));
    if (picture?.durationSec) onProgress(Math.min(1, (times.of(0)?.endSec ?? 0) / picture.durationSec));
  };
  await runFfmpeg({ ffmpegPath, args, output, limitSec, signal }).catch((cause: unknown) => {
    throw unreadable(file, format, cause);
  });
  return times;
}

function videoOf(file: string, { packets, endSec, steps }: StreamTimes, fps: number | undefined) {
  const frameRate = nominalRate(steps, fps);
  const frames = packets === 1 ? 1 : Math.max(1, Math.round((endSec * frameRate.num) / frameRate.den));
  refuseLonger(file, frames, longestProjectFrames, 'frames');
  return { kind: 'video', frames, frameRate } as const;
}

function soundOf(file: string, { endSec }: StreamTimes, sampleRate: number): MediaDescription {
  refuseLonger(file, sampleRate, highestSampleRate, 'samples a second');
  const frames = Math.max(1, Math.round(endSec * sampleRate));
  // As long as a project may be at 24 frames a second.
  refuseLonger(file, frames, (longestProjectFrames / 24) * sampleRate, 'samples');
  return { kind: 'audio', frames, frameRate: { num: sampleRate, den: 1 } };
}

function refuseLonger(file: string, has: number, most: number, what: string): void {
  if (has <= most) return;
  throw new SluiceError(
    'media-unsupported',
    `"${file}" has ${has} ${what}, more than the ${Math.floor(most)} that a project can hold. Cut it first.`,
    { details: { file, has, most } },
  );
}
