/**
 * The random numbers of a run: a counter-based generator, so that a number depends on (seed, stage, purpose, step, frame,
 * element) alone and windows, tiles, threads and resumed runs all see the same noise. `models/video_diffusion/random.py` is
 * the same specification in Python; golden vectors keep the two together.
 *
 * Hash: pcg4d (Jarzynski & Olano, Hash Functions for GPU Rendering, JCGT 9(3), 2020, listing "pcg4d"), on uint32.
 * Stream: k = pcg4d(seed mod 2³², ⌊seed / 2³²⌋, fnv1a32(stage id as UTF-8), purpose·2¹⁶ + step).
 * Number i of frame f, i counting `[C, H, W]` row-major over the full frame: word i mod 4 of
 * pcg4d(⌊i / 4⌋, f, k_x ⊕ k_z, k_y ⊕ k_w); uniform u = (⌊word / 2⁸⌋ + ½) / 2²⁴; normal = Φ⁻¹(u), rounded to float32.
 */
import { normalOf, normalTable } from './normal-table';

/** What noise is for; part of the specification. */
export const noisePurposes = { initial: 1, sampler: 2, augmentation: 3 } as const;
export type NoisePurpose = keyof typeof noisePurposes;

/** The two words that tell one stream of noise from another. */
export interface NoiseStream {
  readonly x: number;
  readonly y: number;
}

/** `seed` an integer in [0, 2⁵³), `step` in [0, 2¹⁶). */
export function noiseStream(seed: number, stageId: string, purpose: NoisePurpose, step: number): NoiseStream {
  const [x = 0, y = 0, z = 0, w = 0] = pcg4d(
    seed % 2 ** 32,
    Math.floor(seed / 2 ** 32),
    fnv1a32(stageId),
    (noisePurposes[purpose] << 16) | step,
  );
  return { x: x ^ z, y: y ^ w };
}

/** Numbers are made this many at a time: their words stay in the first-level cache. */
const batch = 4096;
const words = new Int32Array(batch);

/**
 * Adds `std` times the normal numbers of frame `frame` to `into`, the frame's `[C, H, W]`. About 5 ns a number, twice that on a busy
 * machine (bench/engine-loops.ts).
 */
export function addNormal(stream: NoiseStream, frame: number, std: number, into: Float32Array): void {
  const table = normalTable();
  for (let start = 0; start < into.length; start += batch) {
    const count = Math.min(batch, into.length - start);
    for (let i = 0; i < count; i += 4) writePcg4d(words, i, (start + i) >>> 2, frame, stream.x, stream.y);
    for (let i = 0; i < count; i++)
      into[start + i] = (into[start + i] ?? NaN) + std * Math.fround(normalOf(table, words[i] ?? 0));
  }
}

/** The hash of one counter: four words in, four out, as uint32. */
export function pcg4d(x: number, y: number, z: number, w: number): Uint32Array {
  const hashed = new Int32Array(4);
  writePcg4d(hashed, 0, x, y, z, w);
  return new Uint32Array(hashed.buffer);
}

/** `into[at … at + 3]` ← pcg4d(x, y, z, w). */
function writePcg4d(into: Int32Array, at: number, x: number, y: number, z: number, w: number): void {
  x = lcg(x);
  y = lcg(y);
  z = lcg(z);
  w = lcg(w);
  x = (x + Math.imul(y, w)) | 0;
  y = (y + Math.imul(z, x)) | 0;
  z = (z + Math.imul(x, y)) | 0;
  w = (w + Math.imul(y, z)) | 0;
  x ^= x >>> 16;
  y ^= y >>> 16;
  z ^= z >>> 16;
  w ^= w >>> 16;
  x = (x + Math.imul(y, w)) | 0;
  y = (y + Math.imul(z, x)) | 0;
  z = (z + Math.imul(x, y)) | 0;
  w = (w + Math.imul(y, z)) | 0;
  into[at] = x;
  into[at + 1] = y;
  into[at + 2] = z;
  into[at + 3] = w;
}

/** The linear congruential step that begins pcg4d. */
function lcg(word: number): number {
  return (Math.imul(word, 1664525) + 1013904223) | 0;
}

/** 32-bit FNV-1a (Fowler, Noll & Vo) of the text's UTF-8 bytes. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
