/** The clips side by side: which there are, and how one more or less changes them. Pure. */
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import { fewestSides, mostSides, type Side } from '../viewer/looking';

/** Sides of takes that are gone go; fewer than two are none. */
export function sidesThere(sides: readonly Side[], takes: ReadonlySet<TakeId>): readonly Side[] {
  const there = sides.filter(({ takeId }) => takes.has(takeId));
  return there.length < fewestSides ? [] : there;
}

export function withSide(sides: readonly Side[], at: number, change: Partial<Side>): readonly Side[] {
  return sides.map((side, index) => (index === at ? { ...side, ...change } : side));
}

/** A take that is not there yet, else the next stage of the last one. The same where there is no room. */
export function withOneMore(
  sides: readonly Side[],
  takes: readonly TakeId[],
  stages: readonly StageId[],
): readonly Side[] {
  if (sides.length >= mostSides) return sides;
  const shown = new Set(sides.map(({ takeId }) => takeId));
  const other = takes.find((take) => !shown.has(take));
  if (other !== undefined) return [...sides, { takeId: other, stage: undefined }];
  const last = sides.at(-1);
  if (last === undefined) return sides;
  const next = stages[(stages.findIndex((stage) => stage === last.stage) + 1) % Math.max(1, stages.length)];
  return [...sides, { takeId: last.takeId, stage: next }];
}

/** Two stay. */
export function withoutSide(sides: readonly Side[], at: number): readonly Side[] {
  return sides.length <= fewestSides ? sides : sides.filter((_, index) => index !== at);
}

/** Two and three lie in a row, four in two rows. */
export function columnsOf(count: number): number {
  return count === 4 ? 2 : count;
}
