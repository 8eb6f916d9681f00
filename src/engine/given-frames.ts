/**
 * Frames that the user gives: pictures that a stage's clip must contain (first frame, last frame, an extension's beginning).
 * The network was trained with them and their mask as inputs, so nothing is searched for with gradients; x̂ is set to them as
 * well. Stages whose graph does not take them receive them through their low-resolution input.
 */
import type { StageSpec } from '#shared/pack-manifest';
import type { Size } from '#shared/units';
import { elementsPerFrame, lengthOf, rgbChannels, zeroClip, type Clip, type Range } from './clip';
import { pixelsFrom8Bit } from './pixels';
import { resize } from './resize';
import type { GivenFrame } from './stage-run';

/** The graph's two inputs for a run of frames. */
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
  /** `pictures`: `[3, H, W]` by frame of the stage's clip. */
  constructor(
    private readonly size: Size,
    private readonly pictures: ReadonlyMap<number, Float32Array>,
  ) {}

  /** Undefined where nothing is given, which is nearly everywhere: hundreds of megabytes of zeros are then never made. */
  window(frames: Range): GivenWindow | undefined {
    const pictures = this.#within(frames);
    if (pictures.length === 0) return undefined;
    const { height, width } = this.size;
    const given = zeroClip(lengthOf(frames), rgbChannels, height, width);
    const mask = zeroClip(lengthOf(frames), 1, height, width);
    const area = elementsPerFrame(mask);
    for (const [frame] of pictures) mask.data.fill(1, (frame - frames.from) * area, (frame - frames.from + 1) * area);
    this.place(given, frames);
    return { given, mask };
  }

  /** Overwrites the given ones among the frames `frames` of `clip`. */
  place(clip: Clip, frames: Range): void {
    for (const [frame, picture] of this.#within(frames)) clip.data.set(picture, (frame - frames.from) * picture.length);
  }

  #within(frames: Range): [number, Float32Array][] {
    return [...this.pictures].filter(([frame]) => frame >= frames.from && frame < frames.to);
  }
}
