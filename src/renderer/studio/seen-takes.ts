/** Takes that lists have in sight at present. What timeline and viewer show follows from where they stand; a list must say it itself. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TakeId } from '#shared/project/ids';

export interface SeenTakes {
  /** By list, as two may show the same take. A list is whatever stands for it, such as its observer. */
  readonly lists: ReadonlyMap<object, ReadonlySet<TakeId>>;
}
export type SeenTakesStore = StoreApi<SeenTakes>;

export function newSeenTakesStore(): SeenTakesStore {
  return createStore<SeenTakes>()(() => ({ lists: new Map() }));
}

export function takesSeen({ lists }: SeenTakes): ReadonlySet<TakeId> {
  return new Set([...lists.values()].flatMap((takes) => [...takes]));
}

/** Of one list: some came into sight, some went. */
export function withSeen(
  { lists }: SeenTakes,
  list: object,
  { came = [], went = [] }: { readonly came?: readonly TakeId[]; readonly went?: readonly TakeId[] },
): SeenTakes {
  const takes = new Set([...(lists.get(list) ?? []), ...came]);
  for (const id of went) takes.delete(id);
  const others = [...lists].filter(([each]) => each !== list);
  return { lists: new Map(takes.size === 0 ? others : [...others, [list, takes]]) };
}
