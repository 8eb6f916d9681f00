/**
 * Says what was removed, wherever it was removed, with the way back. The way back is undo, so it goes as soon as another edit is made:
 * undo would take that one back instead.
 */
import { useEffect } from 'react';
import type { Project } from '#shared/project/project';
import { notify } from '../controls/notify';
import type { DocumentState } from '../studio/document-store';
import type { Studio } from '../studio/studio';
import { useStudio } from '../studio/use-studio';
import type { TextKey } from '../text/english';
import { sayIn } from '../text/text';

type Removable = 'shots' | 'clips' | 'tracks' | 'media' | 'markers';

/** What goes with a thing is not named: a shot's takes and clips. Of takes their own view tells. */
const removals: readonly (readonly [Removable, TextKey, TextKey])[] = [
  ['shots', 'removed.shot', 'removed.shots'],
  ['tracks', 'removed.track', 'removed.tracks'],
  ['media', 'removed.medium', 'removed.media'],
  ['clips', 'removed.clip', 'removed.clips'],
  ['markers', 'removed.marker', 'removed.markers'],
];

export interface Removal {
  readonly what: TextKey;
  readonly count: number;
}

/** Undefined where nothing became fewer. */
export function removalBetween(before: Project, after: Project): Removal | undefined {
  for (const [collection, one, several] of removals) {
    const count = before[collection].size - after[collection].size;
    if (count > 0) return { what: count === 1 ? one : several, count };
  }
  return undefined;
}

export function useRemovalToasts(): void {
  const studio = useStudio();
  useEffect(() => {
    let takeAway = (): void => undefined;
    return studio.document.subscribe((now, before) => {
      if (now.project === before.project) return;
      // A change of this window's own: one that main only reports, as an undo, brings no new edit.
      if (isOwnEdit(now, before)) {
        takeAway();
        takeAway = told(studio, before.project, now.project);
      } else if (now.stacks.undo !== before.stacks.undo || now.open !== before.open) takeAway();
    });
  }, [studio]);
}

function isOwnEdit(now: DocumentState, before: DocumentState): boolean {
  return now.open === before.open && now.unanswered > before.unanswered;
}

function told({ document, view }: Studio, before: Project, after: Project): () => void {
  const removal = removalBetween(before, after);
  if (removal === undefined) return () => undefined;
  const say = sayIn(view.getState().language);
  return notify(say(removal.what, { count: removal.count }), { label: say('toast.undo'), run: () => document.undo() });
}
