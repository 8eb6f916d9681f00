/** What of a shot can be wiped in beside what is shown: the stages of its take, and its other takes. Pure. */
import type { TakeId } from '#shared/project/ids';
import type { Take } from '#shared/project/project-shot';
import type { SelectedShot } from '../studio/selected';
import type { Wiped } from './looking';

/** The takes of the shot beside the one that is shown, by their numbers. */
export function otherTakes(
  { shot, take }: Pick<SelectedShot, 'shot' | 'take'>,
  takes: ReadonlyMap<TakeId, Take>,
): readonly Take[] {
  return [...takes.values()]
    .filter(({ id, shotId }) => shotId === shot.id && id !== take.id)
    .sort((a, b) => a.number - b.number);
}

/** `wiped` where it can be shown beside the selected take. Undefined for takes of other shots, stages of other packs, and the take itself. */
export function wipedThere(
  wiped: Wiped | undefined,
  selected: Pick<SelectedShot, 'shot' | 'take' | 'pack'>,
  takes: ReadonlyMap<TakeId, Take>,
): Wiped | undefined {
  const stages = selected.pack?.manifest.stages ?? [];
  if (wiped === undefined || stages.length === 0) return undefined;
  const stage = stages.find(({ id }) => id === wiped.stage)?.id;
  if (wiped.takeId === undefined || wiped.takeId === selected.take.id)
    return stage === undefined ? undefined : { takeId: undefined, stage };
  return takes.get(wiped.takeId)?.shotId === selected.shot.id ? { takeId: wiped.takeId, stage } : undefined;
}
