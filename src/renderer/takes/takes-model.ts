/** The grid of takes: which are shown, in which order, and where keys lead. Pure. */
import type { TakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { ProjectShot, Take } from '#shared/project/project-shot';

/** By rating, the best first, then as they were made. */
export function takesOf(project: Pick<Project, 'takes'>, shotId: ProjectShot['id'], leastRating = 0): readonly Take[] {
  return [...project.takes.values()]
    .filter((take) => take.shotId === shotId && take.rating >= leastRating)
    .sort((a, b) => b.rating - a.rating || a.number - b.number);
}

/** The take that is made like `take`, with another seed and nothing made of it yet. */
export function likeIt(take: Take, { id, number, seed }: Pick<Take, 'id' | 'number' | 'seed'>): Take {
  return { ...take, id, number, seed, rating: 0, made: [] };
}

const steps: Readonly<Record<string, (columns: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
};

/** The place that a key leads to from `at`; undefined for keys that lead nowhere. */
export function placeAfter(key: string, at: number, count: number, columns: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const by = steps[key]?.(columns);
  if (by === undefined || count === 0) return undefined;
  const to = at + by;
  return to < 0 || to >= count ? at : to;
}

/** `only`: this one and no other; `toggle`: in or out; `range`: from the last one that was marked up to this one. */
export type Marking = 'only' | 'toggle' | 'range';

export function markedAfter(
  marked: ReadonlySet<TakeId>,
  shown: readonly TakeId[],
  take: TakeId,
  how: Marking,
): ReadonlySet<TakeId> {
  if (how === 'only') return new Set([take]);
  if (how === 'toggle') {
    const next = new Set(marked);
    if (!next.delete(take)) next.add(take);
    return next;
  }
  const from = shown.findLastIndex((id) => marked.has(id));
  const to = shown.indexOf(take);
  const [first, last] = from < to ? [Math.max(0, from), to] : [to, from];
  return new Set([...marked, ...shown.slice(first, last + 1)]);
}

/** As wide as all of them have room, in the shape of their pictures, but at most `mostColumns` beside one another. */
export function columnsFor(
  count: number,
  room: { readonly width: number; readonly height: number },
  shape: { readonly width: number; readonly height: number },
  words: number,
): number {
  const most = Math.max(1, Math.floor(room.width / leastCellPixels));
  for (let columns = 1; columns < most; columns += 1) {
    const cell = room.width / columns;
    const rows = Math.ceil(count / columns);
    if (rows * ((cell * shape.height) / shape.width + words) <= room.height) return columns;
  }
  return most;
}

const leastCellPixels = 132;
