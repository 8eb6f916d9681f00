/**
 * How many bits a sample of a picture has (one colour of one pixel), by the name that ffmpeg gives its format: what has more than 8 loses
 * them here. Pure. The test holds it against ffmpeg's own list.
 */

/** Formats that are named by the bits of a whole pixel, such as `rgb48le`: bits of a sample by those. */
const ofWholePixels: ReadonlyMap<number, number> = new Map([
  [20, 10],
  [30, 10],
  [36, 12],
  [48, 16],
  [64, 16],
  [96, 32],
  [128, 32],
]);

/** What every frame here has, and what is said of a format with fewer. */
export const keptBits = 8;

/** @param pixelFormat such as `yuv420p10le`: only samples of more than a byte have an order of bytes in their name */
export function sampleBits(pixelFormat: string): number {
  const [, word = '', digits = ''] = /^(.*?)(\d+)(?:msb)?[lb]e$/.exec(pixelFormat) ?? [];
  // The first digit of `p010le` and `y210le` says how colour is thinned.
  const said = Number(word === 'p' || word === 'y' ? digits.slice(1) : digits);
  // What is left above 32 is `rgb565le` and its like, with fewer than 8.
  const bits = ofWholePixels.get(said) ?? (said > 32 ? keptBits : said);
  return Math.max(keptBits, bits);
}
