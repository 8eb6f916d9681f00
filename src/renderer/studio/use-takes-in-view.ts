/** Tells the studio which takes of a list a person sees: as they come into view and go, by scrolling, searching or another page. */
import { useCallback, useEffect, useRef } from 'react';
import { takeIdSchema, type TakeId } from '#shared/project/ids';
import { withSeen } from './seen-takes';
import { useStudio } from './use-studio';

/** For the ref of what shows one take: its element carries the take as `data-take`. */
export type WatchTake = (element: Element) => () => void;

export function useTakesInView(): WatchTake {
  const { seen } = useStudio();
  const observer = useRef<IntersectionObserver>(undefined);
  const watch = useCallback<WatchTake>(
    (element) => {
      const list = (observer.current ??= new IntersectionObserver((entries, self) => {
        const [came, went] = [true, false].map((isSeen) =>
          entries.filter(({ isIntersecting }) => isIntersecting === isSeen).flatMap(({ target }) => takesOf(target)),
        );
        seen.setState((state) => withSeen(state, self, { came: came ?? [], went: went ?? [] }));
      }));
      list.observe(element);
      return () => {
        list.unobserve(element);
        seen.setState((state) => withSeen(state, list, { went: takesOf(element) }));
      };
    },
    [seen],
  );
  useEffect(() => () => observer.current?.disconnect(), []);
  return watch;
}

function takesOf(element: Element): readonly TakeId[] {
  const { success, data } = takeIdSchema.safeParse(element.getAttribute('data-take'));
  return success ? [data] : [];
}
