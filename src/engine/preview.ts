/**
 * The preview of a step: x̂ of the whole clip, thinned. The stages work on pixels, so the preview is video from the first step
 * on and costs no more than making it small.
 */
import type { Preview } from '#shared/inference-contract';
import type { ClipShape } from '#shared/pack-manifest';
import { mebibyte } from '#shared/units';
import { framesOf, rgbChannels, type Clip } from './clip';
import { pixelsTo8Bit } from './pixels';
import { resize } from './resize';

/** Larger ones would hold the channel up: raw frames travel at some 33 MB/s into a browser. */
const mostPreviewBytes = mebibyte;

/** Motion is recognised in this many frames: beyond, frames are dropped before pixels are. */
const enoughFrames = 16;

interface PreviewShape {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  /** Every how many frames of the clip one is kept. */
  readonly stride: number;
}

/** `longestSide` in pixels; frames are never enlarged. */
export function previewShape(clip: ClipShape, longestSide: number): PreviewShape {
  const longest = Math.max(clip.height, clip.width);
  for (let stride = 1, side = Math.min(longestSide, longest); ;) {
    const height = Math.max(1, Math.round((clip.height * side) / longest));
    const width = Math.max(1, Math.round((clip.width * side) / longest));
    const frames = Math.ceil(clip.frames / stride);
    if (frames * height * width * rgbChannels <= mostPreviewBytes || side <= 1)
      return { frames, height, width, stride };
    if (frames > enoughFrames) stride++;
    else side--;
  }
}

/** Gathers a step's preview from runs of frames in any order. */
export class PreviewGatherer {
  readonly #shape: PreviewShape;
  readonly #rgb: Uint8Array<ArrayBuffer>;

  constructor(
    private readonly clip: ClipShape,
    longestSide: number,
  ) {
    this.#shape = previewShape(clip, longestSide);
    this.#rgb = new Uint8Array(this.#shape.frames * this.#frameBytes);
  }

  /** `xHat`: frames of the clip from `from` on. */
  add(xHat: Clip, from: number): void {
    const { stride, height, width } = this.#shape;
    for (let frame = Math.ceil(from / stride) * stride; frame < from + xHat.frames; frame += stride) {
      const small = resize(framesOf(xHat, frame - from, frame - from + 1), height, width);
      this.#rgb.set(pixelsTo8Bit(small), (frame / stride) * this.#frameBytes);
    }
  }

  preview(): Preview {
    const { frames, height, width, stride } = this.#shape;
    return { frames, height, width, fps: this.clip.fps / stride, rgb: this.#rgb };
  }

  get #frameBytes(): number {
    return this.#shape.height * this.#shape.width * rgbChannels;
  }
}
