/** The open ladder of a clip: a lane for each stage, with its strip, state, guidance and cost, and buttons that make it. */
import { Play, RotateCw } from 'lucide-react';
import { resolveParameters } from '#engine/plan-parameters';
import type { StageSpec } from '#shared/pack-manifest';
import { endFrame } from '#shared/project/clip';
import { shotOfTake } from '#shared/project/project-shot';
import type { LadderStage } from '#shared/studio/ladder';
import { IconButton } from '../controls/Button';
import { run } from '../generate/run';
import { Sparkline } from '../guidance/Sparkline';
import type { SelectedShot } from '../studio/selected';
import { useSay, useStudio, useTimeline, useWork } from '../studio/use-studio';
import type { Say } from '../text/text';
import { xOf } from '../timeline/model/scale';
import styles from './ladder.module.css';
import { StageStrip } from './StageStrip';
import { stateText } from './stage-state-text';

export const lanePixels = 32;

interface Props {
  readonly selected: SelectedShot;
}

export function LadderHeaders({ selected }: Props) {
  const stages = selected.pack?.manifest.stages ?? [];
  return (
    <div className={styles['headers']}>
      {stages.map((spec) => (
        <LaneHeader key={spec.id} selected={selected} spec={spec} />
      ))}
    </div>
  );
}

function LaneHeader({ selected: { shot, take }, spec }: Props & { readonly spec: StageSpec }) {
  const say = useSay();
  const { timeline } = useStudio();
  const isCurrent = useTimeline(({ stage }) => stage === spec.id);
  const stage = useStage(take.id, spec);
  const { steps, guidance } = resolveParameters(spec, shotOfTake(shot, take).stages[spec.id] ?? {});
  const { frames, width, height } = spec.output;
  return (
    <div className={styles['header']} style={{ height: lanePixels }} data-current={isCurrent}>
      <button
        type="button"
        className={styles['words']}
        aria-pressed={isCurrent}
        onClick={() => timeline.setState({ stage: spec.id })}
      >
        <span className={styles['title']}>{`${spec.id}  ${width}×${height}×${frames}`}</span>
        <span className={styles['state']} data-state={stage?.state.kind}>
          {stage === undefined ? '' : `${stateText(stage.state, say)}${costText(stage, say)}`}
        </span>
      </button>
      {spec.guidance.kind !== 'none' && (
        <span className={styles['spark']}>
          <Sparkline curve={guidance} steps={steps} label={say('guidance.label')} />
        </span>
      )}
    </div>
  );
}

/** What making it would take, where it is not there and this machine has measured. */
function costText({ seconds, state }: LadderStage, say: Say): string {
  if (seconds === undefined || state.kind === 'done' || state.kind === 'running') return '';
  return `, ${say('ladder.estimate', { seconds: seconds < 10 ? seconds.toFixed(1) : Math.round(seconds) })}`;
}

interface LanesProps extends Props {
  /** Pixels from the first row. */
  readonly top: number;
}

export function LadderLanes({ selected, top }: LanesProps) {
  const stages = selected.pack?.manifest.stages ?? [];
  return (
    <div
      className={styles['lanes']}
      style={{ top }}
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {stages.map((spec) => (
        <Lane key={spec.id} selected={selected} spec={spec} />
      ))}
    </div>
  );
}

function Lane({ selected, spec }: Props & { readonly spec: StageSpec }) {
  const say = useSay();
  const studio = useStudio();
  const { clip, take } = selected;
  const scale = useTimeline((state) => state.scale);
  const stage = useStage(take.id, spec);
  const left = xOf(scale, clip.startFrame);
  const right = xOf(scale, endFrame(clip));
  const share = stage?.state.kind === 'running' ? stage.state.share : 0;
  const isMade = stage?.shown !== undefined;
  return (
    <div className={styles['lane']} style={{ height: lanePixels }}>
      <div className={styles['strip']} style={{ left, width: right - left }} data-state={stage?.state.kind}>
        <StageStrip selected={selected} stage={spec.id} left={left} />
        {share > 0 && <span className={styles['meter']} style={{ width: `${share * 100}%` }} />}
      </div>
      <span className={styles['actions']} style={{ left: right + 6 }}>
        <IconButton
          label={say(isMade ? 'ladder.again' : 'ladder.run', { stage: spec.id })}
          disabled={stage?.state.kind === 'running' || stage?.state.kind === 'queued'}
          onClick={() => void run(studio, [take.id], isMade ? { from: spec.id, upTo: spec.id } : { upTo: spec.id })}
        >
          {isMade ? <RotateCw size={13} aria-hidden /> : <Play size={13} aria-hidden />}
        </IconButton>
      </span>
    </div>
  );
}

function useStage(takeId: SelectedShot['take']['id'], { id }: StageSpec): LadderStage | undefined {
  return useWork(({ ladders }) => ladders.get(takeId)?.stages.find(({ stage }) => stage === id));
}
