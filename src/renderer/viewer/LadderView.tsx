/**
 * The signature: every stage of one clip side by side, each as large beside the others as the eye can bear, all moving together: with what
 * is played, else by themselves.
 */
import type { StageId, StageSpec } from '#shared/pack-manifest';
import { stateText } from '../ladder/stage-state-text';
import type { SelectedShot } from '../studio/selected';
import { useSay, useWork } from '../studio/use-studio';
import { rungShares } from './rungs';
import { TakePicture } from './TakePicture';
import { usePlayedMoment } from './use-played-moment';
import styles from './viewer.module.css';

interface Props {
  readonly selected: SelectedShot;
  readonly stages: readonly StageSpec[];
  readonly shown: StageId | undefined;
  readonly onShow: (stage: StageId) => void;
}

export function LadderView({ selected, stages, shown, onShow }: Props) {
  const { take, shot } = selected;
  const say = useSay();
  const played = usePlayedMoment(selected);
  const ladder = useWork(({ ladders }) => ladders.get(take.id));
  const shares = rungShares(stages.map(({ output }) => output.width));
  return (
    <div className={styles['ladderRoom']}>
      <div className={styles['ladder']} role="group" aria-label={say('ladder.label', { name: shot.name })}>
        {stages.map(({ id, output }, index) => {
          const state = ladder?.stages.find(({ stage }) => stage === id)?.state;
          const words = state === undefined ? '' : stateText(state, say);
          return (
            <button
              key={id}
              type="button"
              className={styles['rung']}
              style={{ width: `${(shares[index] ?? 0) * 100}%` }}
              aria-pressed={id === shown}
              onClick={() => onShow(id)}
            >
              <span style={{ aspectRatio: `${output.width} / ${output.height}`, display: 'block' }}>
                <TakePicture
                  className={styles['rungPicture']}
                  takeId={take.id}
                  stage={id}
                  moves
                  played={played}
                  seconds={(shot.frames * shot.frameRate.den) / shot.frameRate.num}
                />
              </span>
              <span className="only-read-aloud">{say('ladder.show', { stage: id })}</span>
              <span
                className={styles['rungMeter']}
                style={{ width: `${(state?.kind === 'running' ? state.share : 0) * 100}%` }}
              />
              <span className={styles['rungTitle']}>{`${output.width}×${output.height}`}</span>
              <span className={styles['rungState']}>
                {say('ladder.grid', { frames: output.frames, fps: output.fps })}
              </span>
              <span className={styles['rungState']} data-state={state?.kind} title={words}>
                {words}
              </span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
