/**
 * The takes of a shot in a grid, all moving in step: drafts to judge side by side. Keys 1 to 5 rate those that are marked, Enter shows one
 * in the clip, Delete removes; what is kept is carried to the top together.
 */
import { useMemo, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { StageId } from '#shared/pack-manifest';
import type { Take } from '#shared/project/project-shot';
import type { SelectedShot } from '../studio/selected';
import { useDocument, useLooking, useSay, useStudio } from '../studio/use-studio';
import { useTakesInView } from '../studio/use-takes-in-view';
import { remove, showTake, vary } from './act-on-takes';
import { TakeCell } from './TakeCell';
import { columnsFor, markedAfter, placeAfter, takesOf, type Marking } from './takes-model';
import styles from './takes.module.css';
import { TakesBar } from './TakesBar';
import { useRoom } from './use-room';

interface Props {
  readonly selected: SelectedShot;
  /** Absent: the highest of each. */
  readonly stage: StageId | undefined;
}

/** Under each picture, in pixels. */
const wordsPixels = 44;

export function TakesView({ selected, stage }: Props) {
  const say = useSay();
  const studio = useStudio();
  const { shot, take: current } = selected;
  const project = useDocument((document) => document.project);
  const leastRating = useLooking((looking) => looking.leastRating);
  const marked = useLooking((looking) => looking.marked);
  const takes = useMemo(() => takesOf(project, shot.id, leastRating), [project, shot.id, leastRating]);
  const watch = useTakesInView();
  const { ref, room } = useRoom();
  const grid = useRef<HTMLDivElement>(null);
  const columns = columnsFor(takes.length, room, project.size, wordsPixels);
  const { mark, onKeyDown } = useMarking(selected, takes, columns, grid);
  const focusable = takes.find(({ id }) => marked.has(id)) ?? takes.find(({ id }) => id === current.id) ?? takes[0];
  return (
    <div className={styles['takes']}>
      <TakesBar selected={selected} takes={takes} />
      <div ref={ref} className={styles['scroll']}>
        <div
          ref={grid}
          className={styles['grid']}
          style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
          role="listbox"
          aria-multiselectable
          aria-label={say('takes.label', { shot: shot.name })}
        >
          {takes.map((take, at) => (
            <TakeCell
              key={take.id}
              take={take}
              watch={watch}
              shot={shot}
              stage={stage}
              isMarked={marked.has(take.id)}
              isCurrent={take.id === current.id}
              isFocusable={take === focusable}
              onMark={(how) => mark(take, how)}
              onShow={() => showTake(studio, take)}
              onKeyDown={(event) => onKeyDown(event, take, at)}
            />
          ))}
        </div>
        {takes.length === 0 && <p className={styles['none']}>{say('takes.none', { rating: leastRating })}</p>}
      </div>
    </div>
  );
}

/** Marks by hand and by key; what keys do to the takes. */
function useMarking(
  { pack }: SelectedShot,
  takes: readonly Take[],
  columns: number,
  grid: RefObject<HTMLElement | null>,
) {
  const studio = useStudio();
  const marked = useLooking((looking) => looking.marked);
  const mark = (take: Take, how: Marking): void =>
    studio.looking.setState({
      marked: markedAfter(
        marked,
        takes.map(({ id }) => id),
        take.id,
        how,
      ),
    });
  const onKeyDown = (event: KeyboardEvent, take: Take, at: number): void => {
    const place = placeAfter(event.key, at, takes.length, columns);
    const next = place === undefined ? undefined : takes[place];
    if (next !== undefined) {
      grid.current?.querySelectorAll<HTMLElement>('[role="option"]')[place ?? 0]?.focus();
      mark(next, event.shiftKey ? 'range' : 'only');
    } else if (event.key === 'Enter') showTake(studio, take);
    else if (event.key === 'x') mark(take, 'toggle');
    else if (event.key === 'd') void vary(studio, take, 1, pack?.manifest.stages[0]?.id);
    else if (event.key === 'Delete' || event.key === 'Backspace')
      remove(studio, marked.has(take.id) ? [...marked] : [take.id]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { mark, onKeyDown };
}
