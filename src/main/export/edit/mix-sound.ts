/**
 * The sound of a stretch of an edit, mixed into one file of plain samples: gains, fades and speeds as `src/shared/edit/sounds.ts` says,
 * added up and held within full scale. Half a second at a time, whatever the length. For the export's own thread.
 */
import { open } from 'node:fs/promises';
import { withDiskErrors } from '#frames/disk-errors';
import { gainAt, soundsBetween, type Sounding } from '#shared/edit/sounds';
import type { MediaId } from '#shared/project/ids';
import type { Project, Range } from '#shared/project/project';
import { soundRate } from '#shared/studio/media-imported';
import { SoundReader } from '../../media/sound-reader';

const blockSamples = soundRate / 2;
const fullScale = 32_767;

/** Path of a media's samples, as `make-sound.ts` writes them; undefined: it is not heard. */
export type SoundFileOf = (media: MediaId) => string | undefined;

/**
 * Writes interleaved signed 16-bit stereo at `soundRate` to `file`, as long as the range. Throws what reading throws, `disk-full`, the
 * reason of `signal`.
 */
export async function mixSound(
  { project, range, fileOf }: { readonly project: Project; readonly range: Range; readonly fileOf: SoundFileOf },
  file: string,
  signal: AbortSignal,
): Promise<void> {
  const second = project.frameRate.num / project.frameRate.den;
  const first = Math.round((range.inFrame / second) * soundRate);
  const end = Math.round((range.outFrame / second) * soundRate);
  const readers = new Map<MediaId, SoundReader>();
  try {
    await using output = await withDiskErrors('create', file, () => open(file, 'w'));
    for (let from = first; from < end; from += blockSamples) {
      signal.throwIfAborted();
      const to = Math.min(end, from + blockSamples);
      const sum = new Float32Array(2 * (to - from));
      const heard = soundsBetween(
        project,
        Math.floor((from / soundRate) * second),
        Math.ceil((to / soundRate) * second),
      );
      for (const sounding of heard) {
        const reader = await readerOf(readers, sounding.media.id, fileOf);
        if (reader !== undefined) await add(sum, sounding, reader, from);
      }
      await withDiskErrors('write', file, () => output.writeFile(asShorts(sum)));
    }
  } finally {
    await Promise.all([...readers.values()].map((reader) => reader.close()));
  }
}

async function readerOf(readers: Map<MediaId, SoundReader>, id: MediaId, fileOf: SoundFileOf) {
  const file = fileOf(id);
  if (file === undefined) return undefined;
  const reader = readers.get(id) ?? (await SoundReader.open(file));
  readers.set(id, reader);
  return reader;
}

/** Adds what is heard of one clip in the block that begins at sample `from` of the timeline; between samples a straight line. */
async function add(sum: Float32Array, sounding: Sounding, reader: SoundReader, from: number): Promise<void> {
  const { startSec, endSec, sourceSec, speed } = sounding;
  const begin = Math.max(0, Math.ceil(startSec * soundRate - from));
  const end = Math.min(sum.length / 2, Math.ceil(endSec * soundRate - from));
  if (end <= begin) return;
  const sourceAt = (sample: number): number =>
    (sourceSec + ((from + sample) / soundRate - startSec) * speed) * soundRate;
  const base = Math.floor(sourceAt(begin));
  const source = await reader.read(base, Math.ceil(sourceAt(end - 1)) + 2);
  for (let sample = begin; sample < end; sample += 1) {
    const gain = gainAt(sounding, (from + sample) / soundRate);
    const at = sourceAt(sample) - base;
    const whole = Math.floor(at + nearly);
    const share = Math.max(0, at - whole);
    for (let channel = 0; channel < 2; channel += 1) {
      const here = source[2 * whole + channel] ?? 0;
      const next = source[2 * whole + 2 + channel] ?? 0;
      sum[2 * sample + channel] = (sum[2 * sample + channel] ?? 0) + gain * (here + (next - here) * share);
    }
  }
}

/** Seconds are not whole samples to the last bit: what is a hair before a sample is that sample. */
const nearly = 1e-4;

function asShorts(sum: Float32Array): Uint8Array {
  const shorts = new Uint8Array(2 * sum.length);
  const view = new DataView(shorts.buffer);
  sum.forEach((value, i) => view.setInt16(2 * i, Math.round(Math.max(-1, Math.min(1, value)) * fullScale), true));
  return shorts;
}
