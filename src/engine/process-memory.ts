/**
 * What the inference process holds beside a stage's windows: itself, the graph, and latents that are small enough for memory. The
 * process reckons with it when it runs a stage, plans before that. Knows nothing of what other graphs it still keeps.
 */
import type { ClipShape } from '#shared/pack-manifest';
import { mebibyte } from '#shared/units';
import { rgbChannels } from './clip';

/** Node, the runtime's library and this program before any graph: 75 MB measured, the rest for garbage not yet collected. */
export const processBytes = 128 * mebibyte;
/** Resident bytes of a loaded graph for one byte of its file; measured 2.0 for convolutions, 1.5 for matrix products. */
const residentPerFileByte = 2;

/** Largest plane of latents kept in memory; larger ones are files. */
const mostPlaneBytes = 32 * mebibyte;
/** Planes that exist at most. */
const planesInMemory = 3;

/** Bytes that a loaded graph holds, from the size of its file. */
export function graphBytes(fileBytes: number): number {
  return fileBytes * residentPerFileByte;
}

/** Bytes that the latents `[F, 3, H, W]` of a stage hold. */
export function latentBytes({ frames, height, width }: Pick<ClipShape, 'frames' | 'height' | 'width'>): number {
  const plane = frames * rgbChannels * height * width * Float32Array.BYTES_PER_ELEMENT;
  return plane <= mostPlaneBytes ? planesInMemory * plane : 0;
}
