/** One take: its moving picture, seed, how far it was made, and its rating. */
import { Star } from 'lucide-react';
import { useCallback } from 'react';
import { showSource } from '#shared/project/edits/appearance';
import { rateTakes } from '#shared/project/edits/takes';
import type { Take } from '#shared/project/project-shot';
import { selectedClip } from '../studio/selected';
import type { Studio } from '../studio/studio';
import { useDocument, useSay, useStudio, useTimeline, useWork } from '../studio/use-studio';
import type { WatchTake } from '../studio/use-takes-in-view';
import { TakePicture } from '../viewer/TakePicture';
import styles from './library.module.css';

const ratings = [1, 2, 3, 4, 5] as const;

interface Props {
  readonly take: Take;
  readonly watch: WatchTake;
}

export function TakeRow({ take, watch }: Props) {
  const say = useSay();
  const studio = useStudio();
  const watchOne = useCallback(
    (element: HTMLDivElement | null) => (element === null ? undefined : watch(element)),
    [watch],
  );
  const ladder = useWork(({ ladders }) => ladders.get(take.id));
  const selection = useTimeline((timeline) => timeline.selection);
  const project = useDocument((document) => document.project);
  const source = selectedClip(project, selection)?.source;
  const isCurrent = source?.kind === 'shot' && source.takeId === take.id;
  const made = ladder?.stages.filter(({ state }) => state.kind === 'done').length ?? take.made.length;
  return (
    <div ref={watchOne} data-take={take.id}>
      <button type="button" className={styles['take']} aria-current={isCurrent} onClick={() => showTake(studio, take)}>
        <TakePicture className={styles['thumb']} takeId={take.id} width={64} height={38} />
        <span className={styles['facts']}>
          <span className={styles['number']}>{say('library.take', { number: take.number })}</span>
          <span>{say('library.seed', { seed: take.seed })}</span>
          <span>{say('library.stagesMade', { made, stages: ladder?.stages.length ?? 0 })}</span>
        </span>
      </button>
      <div
        className={styles['stars']}
        style={{ paddingLeft: 84 }}
        role="group"
        aria-label={say('library.rating', { number: take.number })}
      >
        {ratings.map((rating) => (
          <button
            key={rating}
            type="button"
            className={styles['star']}
            aria-pressed={rating <= take.rating}
            aria-label={say('library.rate', { number: take.number, rating })}
            onClick={() =>
              studio.document.edit((at) =>
                rateTakes(at, { takeIds: [take.id], rating: rating === take.rating ? 0 : rating }),
              )
            }
          >
            <Star size={11} fill={rating <= take.rating ? 'currentColor' : 'none'} aria-hidden />
          </button>
        ))}
      </div>
    </div>
  );
}

/** In the selected clip where that shows the same shot; else selects the first clip that shows it. */
function showTake({ document, timeline }: Studio, take: Take): void {
  const { project } = document.getState();
  const clip = selectedClip(project, timeline.getState().selection);
  if (clip?.source.kind === 'shot' && clip.source.shotId === take.shotId) {
    const { kind, shotId } = clip.source;
    document.edit((at) => showSource(at, { clipId: clip.id, source: { kind, shotId, takeId: take.id } }));
    return;
  }
  const showing = [...project.clips.values()].find(
    ({ source }) => source.kind === 'shot' && source.shotId === take.shotId,
  );
  if (showing !== undefined) timeline.setState({ selection: new Set([showing.id]), playhead: showing.startFrame });
}
