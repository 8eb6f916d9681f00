/**
 * A clip of pixels or latents in memory, and the rectangles of it that a network is shown. Plain data: no arithmetic here
 * knows what the numbers mean.
 *
 * Loops over pixels read `data[i] ?? NaN`: an index out of range then poisons the result, where 0 would pass for grey.
 */

/** Planar float32 `[F, C, H, W]`: one clip, or a window of one. */
export interface Clip {
  readonly frames: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

/** `from` inclusive, `to` exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A run of frames and the rectangle of each. */
export interface Window {
  readonly frames: Range;
  readonly rows: Range;
  readonly columns: Range;
}

/** Colour channels of a frame, `C` of `[F, C, H, W]`. */
export const rgbChannels = 3;

export function lengthOf(range: Range): number {
  return range.to - range.from;
}

/** A clip of zeros. */
export function zeroClip(frames: number, channels: number, height: number, width: number): Clip {
  return { frames, channels, height, width, data: new Float32Array(frames * channels * height * width) };
}

export function elementsPerFrame(clip: Clip): number {
  return clip.channels * clip.height * clip.width;
}

/** Frames `[from, to)` of `clip` as a view on the same memory. */
export function framesOf(clip: Clip, from: number, to: number): Clip {
  const stride = elementsPerFrame(clip);
  return { ...clip, frames: to - from, data: clip.data.subarray(from * stride, to * stride) };
}

/** The rectangle `rows` × `columns` of every frame: the clip itself where that is all of it, a copy otherwise. */
export function crop(clip: Clip, rows: Range, columns: Range): Clip {
  if (rows.from === 0 && columns.from === 0 && rows.to === clip.height && columns.to === clip.width) return clip;
  const tile = zeroClip(clip.frames, clip.channels, lengthOf(rows), lengthOf(columns));
  for (let plane = 0; plane < clip.frames * clip.channels; plane++) {
    for (let row = 0; row < tile.height; row++) {
      const start = (plane * clip.height + rows.from + row) * clip.width + columns.from;
      tile.data.set(clip.data.subarray(start, start + tile.width), (plane * tile.height + row) * tile.width);
    }
  }
  return tile;
}
