/**
 * Frames that the user gives: pictures that a stage's clip must contain (first frame, last frame, an extension's beginning).
 * The network was trained with them and their mask as inputs, so nothing is searched for with gradients; x̂ is set to them as
 * well. Stages whose graph does not take them receive them through their low-resolution input.
 */
import type { StageSpec } from '#shared/pack-manifest';
import type { Size } from '#shared/units';
import { elementsPerFrame, framesOf, lengthOf, rgbChannels, zeroClip, type Clip, type Range } from './clip';
import { pixelsFrom8Bit } from './pixels';
import { resize } from './resize';
import type { GivenFrame } from './stage-run';

/** The graph's two inputs for a run of frames, not to be written to. */
export interface GivenWindow {
  /** `[F, 3, H, W]`, 0 where nothing is given. */
  readonly given: Clip;
  /** `[F, 1, H, W]`: 1 where something is. */
  readonly mask: Clip;
}

/** Whether the stage's graph takes given frames. */
export function takesGivenFrames(spec: StageSpec): boolean {
  return spec.inputs.includes('given');
}

/** Reads the given frames, at the stage's size. */
export async function loadGivenFrames(spec: StageSpec, given: readonly GivenFrame[]): Promise<GivenFrames> {
  const { height, width } = spec.output;
  const pictures = new Map<number, Float32Array>();
  for (const { frame, source, sourceFrame } of given) {
    const picture = pixelsFrom8Bit(await source.read(sourceFrame, sourceFrame + 1), 1, source.height, source.width);
    pictures.set(frame, resize(picture, height, width).data);
  }
  return new GivenFrames(spec.output, pictures);
}

export class GivenFrames {
  /** For the runs of frames in which nothing is given, which are nearly all: made once, as long as the longest so far. */
  #nothing: GivenWindow | undefined;

  /** `pictures`: `[3, H, W]` by frame of the stage's clip. */
  constructor(
    private readonly size: Size,
    private readonly pictures: ReadonlyMap<number, Float32Array>,
  ) {}

  window(frames: Range): GivenWindow {
    const pictures = this.#within(frames);
    if (pictures.length === 0) return this.#nothingIn(lengthOf(frames));
    const window = this.#zeros(lengthOf(frames));
    const area = elementsPerFrame(window.mask);
    for (const [frame] of pictures)
      window.mask.data.fill(1, (frame - frames.from) * area, (frame - frames.from + 1) * area);
    this.place(window.given, frames);
    return window;
  }

  /** Overwrites the given ones among the frames `frames` of `clip`. */
  place(clip: Clip, frames: Range): void {
    for (const [frame, picture] of this.#within(frames)) clip.data.set(picture, (frame - frames.from) * picture.length);
  }

  #nothingIn(frames: number): GivenWindow {
    if (this.#nothing === undefined || this.#nothing.mask.frames < frames) this.#nothing = this.#zeros(frames);
    const { given, mask } = this.#nothing;
    return { given: framesOf(given, 0, frames), mask: framesOf(mask, 0, frames) };
  }

  #zeros(frames: number): GivenWindow {
    const { height, width } = this.size;
    return { given: zeroClip(frames, rgbChannels, height, width), mask: zeroClip(frames, 1, height, width) };
  }

  #within(frames: Range): [number, Float32Array][] {
    return [...this.pictures].filter(([frame]) => frame >= frames.from && frame < frames.to);
  }
}
