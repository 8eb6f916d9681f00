/** The pack that a new shot is made with. */
import type { WorkState, WorkStore } from '../studio/work-store';
import type { Pack } from '../studio/selected';

export function packOfNewShots({ packs }: WorkState): Pack | undefined {
  return packs.find(({ isPreferred }) => isPreferred) ?? packs[0];
}

/** The same as soon as main has said what packs there are, so that a prompt entered before that is not lost. */
export function knownPackOfNewShots(work: WorkStore): Promise<Pack | undefined> {
  return new Promise((resolve) => {
    const answer = (state: WorkState): boolean => {
      if (state.arePacksKnown) resolve(packOfNewShots(state));
      return state.arePacksKnown;
    };
    if (answer(work.getState())) return;
    const unsubscribe = work.subscribe((state) => answer(state) && unsubscribe());
  });
}
