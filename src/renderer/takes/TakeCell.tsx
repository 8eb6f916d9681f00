/** One take of the grid: its moving picture, number, seed, stars, and how far it is. */
import { useCallback, type KeyboardEvent } from 'react';
import type { StageId } from '#shared/pack-manifest';
import type { ProjectShot, Take } from '#shared/project/project-shot';
import type { Ladder } from '#shared/studio/ladder';
import { stateText } from '../ladder/stage-state-text';
import { useDocument, useSay, useStudio, useWork } from '../studio/use-studio';
import type { WatchTake } from '../studio/use-takes-in-view';
import type { Say } from '../text/text';
import { TakePicture } from '../viewer/TakePicture';
import { rate } from './act-on-takes';
import type { Marking } from './takes-model';
import styles from './takes.module.css';

interface Props {
  readonly take: Take;
  readonly shot: ProjectShot;
  readonly stage: StageId | undefined;
  readonly isMarked: boolean;
  /** The clip shows it. */
  readonly isCurrent: boolean;
  readonly isFocusable: boolean;
  readonly onMark: (how: Marking) => void;
  readonly onShow: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly watch: WatchTake;
}

export function TakeCell(props: Props) {
  const { take, shot, stage, isMarked, isCurrent, isFocusable, onMark, onShow, onKeyDown, watch } = props;
  const say = useSay();
  const watchOne = useCallback(
    (element: HTMLDivElement | null) => (element === null ? undefined : watch(element)),
    [watch],
  );
  const ladder = useWork(({ ladders }) => ladders.get(take.id));
  const { width, height } = useDocument(({ project }) => project.size);
  const state = wherever(ladder, say);
  const name = say('library.take', { number: take.number });
  return (
    <div
      ref={watchOne}
      data-take={take.id}
      role="option"
      tabIndex={isFocusable ? 0 : -1}
      aria-selected={isMarked}
      aria-current={isCurrent}
      className={styles['cell']}
      onClick={(event) => onMark(event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only')}
      onDoubleClick={onShow}
      onKeyDown={onKeyDown}
    >
      <span className={styles['picture']} style={{ aspectRatio: `${width} / ${height}` }}>
        <TakePicture
          className={styles['canvas']}
          takeId={take.id}
          {...(stage !== undefined && { stage })}
          moves
          seconds={(shot.frames * shot.frameRate.den) / shot.frameRate.num}
        />
      </span>
      <span className={styles['line']}>
        <span className={styles['number']}>{name}</span>
        <Stars take={take} />
        <span className="only-read-aloud">{say('takes.stars', { rating: take.rating })}</span>
      </span>
      <span className={styles['line']}>
        <span className={styles['seed']}>{say('library.seed', { seed: take.seed })}</span>
        <span className={styles['state']}>{state}</span>
      </span>
      {isCurrent && <span className={styles['current']}>{say('takes.inClip')}</span>}
    </div>
  );
}

/** For the hand only: keys 1 to 5 do the same. */
function Stars({ take }: { readonly take: Take }) {
  const studio = useStudio();
  return (
    <span className={styles['stars']} aria-hidden>
      {[1, 2, 3, 4, 5].map((star) => (
        <span
          key={star}
          data-lit={star <= take.rating}
          onClick={(event) => {
            event.stopPropagation();
            rate(studio, [take.id], star === take.rating ? 0 : star);
          }}
        >
          {star <= take.rating ? '★' : '☆'}
        </span>
      ))}
    </span>
  );
}

/** What is going on with it, else how far it was made. */
function wherever(ladder: Ladder | undefined, say: Say): string {
  const stages = ladder?.stages ?? [];
  const busy =
    stages.find(({ state }) => state.kind === 'running') ?? stages.find(({ state }) => state.kind === 'failed');
  if (busy !== undefined) return say('takes.stageState', { stage: busy.stage, state: stateText(busy.state, say) });
  if (stages.some(({ state }) => state.kind === 'queued')) return say('ladder.queued');
  const made = stages.filter(({ state }) => state.kind === 'done').length;
  return say('library.stagesMade', { made, stages: stages.length });
}
