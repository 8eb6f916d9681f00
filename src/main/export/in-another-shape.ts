/** A clip in another size or at another rate than it has: for exports that ask for it. Nothing is cut off, nothing blended in time. */
import { compose, fittedInto } from '#shared/edit/compose';
import { paceOf, sourceFramesAfter, normalSpeed, timelineFramesWithin, type FrameRate } from '#shared/project/time';
import type { Size } from '#shared/units';
import type { ExportSource } from './export-clip';

export interface WantedShape {
  /** Absent: as it is. The picture is centred in it as large as it can be, on black. */
  readonly size?: Size | undefined;
  /** Absent: as it is. Each frame shows what the clip shows at its beginning. */
  readonly frameRate?: FrameRate | undefined;
}

/** Only `[from, to)` of the clip. */
export function part(source: ExportSource, from: number, to: number): ExportSource {
  const { height, width, fps } = source;
  return { frames: to - from, height, width, fps, read: (a, b) => source.read(from + a, from + b) };
}

export function inAnotherShape(source: ExportSource, { size, frameRate }: WantedShape): ExportSource {
  const sized = size === undefined ? source : inSize(source, size);
  return frameRate === undefined ? sized : atRate(sized, frameRate);
}

function inSize(source: ExportSource, size: Size): ExportSource {
  if (source.height === size.height && source.width === size.width) return source;
  const shape = { height: source.height, width: source.width };
  const read = async (from: number, to: number): Promise<Uint8Array> => {
    const rgb = new Uint8Array((to - from) * size.height * size.width * 3);
    for (let frame = from; frame < to; frame += 1) {
      const picture = fittedInto({ ...shape, rgb: await source.read(frame, frame + 1) }, size);
      rgb.set(compose(size, [{ picture, opacity: 1 }]).rgb, (frame - from) * size.height * size.width * 3);
    }
    return rgb;
  };
  return { frames: source.frames, fps: source.fps, ...size, read };
}

function atRate(source: ExportSource, frameRate: FrameRate): ExportSource {
  const pace = paceOf(rateOf(source.fps), frameRate, normalSpeed);
  const bytes = source.height * source.width * 3;
  const read = async (from: number, to: number): Promise<Uint8Array> => {
    const rgb = new Uint8Array((to - from) * bytes);
    for (let frame = from; frame < to; frame += 1) {
      const shown = sourceFramesAfter(frame, pace);
      rgb.set(await source.read(shown, shown + 1), (frame - from) * bytes);
    }
    return rgb;
  };
  const { height, width } = source;
  return {
    ...{ frames: timelineFramesWithin(source.frames, pace), height, width },
    ...{ fps: frameRate.num / frameRate.den, read },
  };
}

/** Whole rates and those of broadcasting as they are meant, others to a thousandth. */
export function rateOf(fps: number): FrameRate {
  if (Number.isInteger(fps)) return { num: fps, den: 1 };
  const num = Math.round(fps * 1001);
  return Math.abs(fps * 1001 - num) < 1e-6 ? { num, den: 1001 } : { num: Math.round(fps * 1000), den: 1000 };
}
