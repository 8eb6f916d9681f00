/** Where given frames lie in a shot's clip, as people say it, and how they are put there. Pure. */
import type { GivenFrames, ImportedFrames } from '#shared/shot';

/** `first` and `last`: one picture; `beginning` and `end`: several frames there; `at`: anywhere else. */
export type Place = 'first' | 'last' | 'beginning' | 'end' | 'at';

export function placeOf({ atFrame, source }: GivenFrames, clipFrames: number): Place {
  const first = atFrame < 0 ? clipFrames + atFrame : atFrame;
  const isOne = source.frames === 1;
  if (first === 0) return isOne ? 'first' : 'beginning';
  if (first + source.frames === clipFrames) return isOne ? 'last' : 'end';
  return 'at';
}

/** Seconds of the clip at which they begin. */
export function startSec({ atFrame }: GivenFrames, clipFrames: number, fps: number): number {
  return (atFrame < 0 ? clipFrames + atFrame : atFrame) / fps;
}

/** What lay where the new ones go makes room: a clip has one first frame. */
export function withGiven(
  given: readonly GivenFrames[],
  source: ImportedFrames,
  end: 'front' | 'back',
  clipFrames: number,
): GivenFrames[] {
  const places: readonly Place[] = end === 'front' ? ['first', 'beginning'] : ['last', 'end'];
  const others = given.filter((one) => !places.includes(placeOf(one, clipFrames)));
  const placed = { source, atFrame: end === 'front' ? 0 : -source.frames };
  return end === 'front' ? [placed, ...others] : [...others, placed];
}
