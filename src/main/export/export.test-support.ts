/** Synthetic clips, a recipe and a decoder for the tests of export. */
import { recipeSchema, type Recipe } from '#shared/recipe';
import { never } from '../media/ffmpeg.test-support';
import { runFfmpeg } from '../media/run-ffmpeg';
import type { ExportSource } from './export-clip';

/** SMPTE-like bars: primaries, secondaries, black, white, greys and a skin tone; flat, so that only the colour path is measured. */
const barColours = [
  0xff0000, 0x00ff00, 0x0000ff, 0xffffff, 0x000000, 0xffff00, 0x00ffff, 0xff00ff, 0x808080, 0x101010, 0xebebeb,
  0xc68642, 0x204060,
];

/** Vertical bars of one colour each, over the whole clip. */
export function bars(frames: number, height: number, width: number, fps = 24): ExportSource {
  const frame = new Uint8Array(height * width * 3);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const colour = barColours[barAt(pixel % width, width)] ?? 0;
    frame.set([colour >> 16, (colour >> 8) & 255, colour & 255], pixel * 3);
  }
  return sourceOf(frames, height, width, fps, () => frame);
}

/** A bright square that moves right, one frame unlike the next. */
export function moving(frames: number, height: number, width: number, fps = 24): ExportSource {
  return sourceOf(frames, height, width, fps, (index) => {
    const frame = new Uint8Array(height * width * 3).fill(40);
    for (let row = 4; row < height - 4; row++)
      frame.fill(
        230,
        (row * width + ((index * 3) % (width - 8))) * 3,
        (row * width + ((index * 3) % (width - 8)) + 8) * 3,
      );
    return frame;
  });
}

/** Largest and mean difference from the bars' colours in the middle third of every bar, in code values. */
export function barErrors(
  rgb: Uint8Array,
  height: number,
  width: number,
): { readonly largest: number; readonly mean: number } {
  let largest = 0;
  let sum = 0;
  let count = 0;
  rgb.forEach((value, i) => {
    const column = Math.floor(i / 3) % width;
    const place = (column * barColours.length) / width - barAt(column, width);
    if (place < 1 / 3 || place > 2 / 3) return;
    const difference = Math.abs(value - (((barColours[barAt(column, width)] ?? 0) >> (16 - 8 * (i % 3))) & 255));
    largest = Math.max(largest, difference);
    sum += difference;
    count += 1;
  });
  if (count === 0 || rgb.length % (height * width * 3) !== 0) throw new Error('nothing was decoded');
  return { largest, mean: sum / count };
}

function barAt(column: number, width: number): number {
  return Math.floor((column * barColours.length) / width);
}

function sourceOf(
  frames: number,
  height: number,
  width: number,
  fps: number,
  frameAt: (index: number) => Uint8Array,
): ExportSource {
  return {
    ...{ frames, height, width, fps },
    read: (from, to) => Promise.resolve(Buffer.concat(Array.from({ length: to - from }, (_, i) => frameAt(from + i)))),
  };
}

/** All frames of a file as RGB, decoded by what the file's own tags say. */
export async function decode(ffmpegPath: string, file: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const exact = 'scale=out_range=pc:flags=accurate_rnd+full_chroma_int+bicubic,format=rgb24';
  await runFfmpeg({
    ffmpegPath,
    args: ['-i', `file:${file}`, '-vf', exact, '-f', 'rawvideo', 'pipe:1'],
    output: (chunk) => void chunks.push(chunk),
    limitSec: 60,
    signal: never,
  });
  return Buffer.concat(chunks);
}

export const recipe: Recipe = recipeSchema.parse({
  format: 'sluice-recipe',
  schemaVersion: 1,
  madeBy: { sluice: '0.1.0', onnxruntime: '1.30.0', provider: 'cpu' },
  pack: { name: 'papercut-test', version: '0.1.0', hash: 'a'.repeat(64) },
  shot: {
    prompts: [{ fromSec: 0, prompt: `a "red" balloon = joy; #1 \\ über\nnew line 気球 ${'x'.repeat(1500)}` }],
    seed: 7,
  },
  stages: [],
});
