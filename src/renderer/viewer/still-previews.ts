/** Whoever moves the playhead or touches the transport wants to see that frame: what goes round by itself then stands still. */
import type { TakeId } from '#shared/project/ids';
import type { Studio } from '../studio/studio';
import { takesBeingMade } from './preview-loop';

/** What is being made now stands still at the playhead; what is made later moves again. */
export function stillPreviews({ looking, work }: Pick<Studio, 'looking' | 'work'>): void {
  const { stilled, turned } = looking.getState();
  const takes = takesBeingMade(work.getState());
  const isSame = takes.size === stilled.size && [...takes].every((id) => stilled.has(id));
  if (turned !== undefined || !isSame) looking.setState({ stilled: takes, turned: undefined });
}

/** These are about to be made, and move while they are. */
export function movePreviews({ looking }: Pick<Studio, 'looking'>, takes: readonly TakeId[]): void {
  looking.setState(({ stilled }) => ({ stilled: new Set([...stilled].filter((id) => !takes.includes(id))) }));
}

/** Stills previews whenever the playhead moves or begins to. Returns what ends that. */
export function stillWhenMoved(studio: Pick<Studio, 'looking' | 'work' | 'timeline'>): () => void {
  return studio.timeline.subscribe((now, before) => {
    if (now.playhead !== before.playhead || now.rate !== before.rate) stillPreviews(studio);
  });
}
