/** A picture in memory: 8-bit sRGB-coded RGB, row by row, without gaps. */
import type { Size } from '../units';

export interface Raster extends Size {
  /** `[height, width, 3]` */
  readonly rgb: Uint8Array;
  /** `[height, width]`, straight, 255 opaque; absent: all of it is. */
  readonly alpha?: Uint8Array;
}

export function blackRaster({ height, width }: Size): Raster {
  return { height, width, rgb: new Uint8Array(height * width * 3) };
}
