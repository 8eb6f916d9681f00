/** The ladder of a clip under it on the timeline: a lane for each stage, with its film strip, its state, its seed, its cost and its guidance. */
import { Play } from 'lucide-react';
import { resolveParameters } from '#engine/plan-parameters';
import type { StageSpec } from '#shared/pack-manifest';
import { endFrame } from '#shared/project/clip';
import { shotOfTake } from '#shared/project/project-shot';
import type { LadderStage } from '#shared/studio/ladder';
import { IconButton } from '../controls/Button';
import { aboutText, sizeText } from '../generate/quantity-text';
import { Sparkline } from '../guidance/Sparkline';
import type { SelectedShot } from '../studio/selected';
import { useSay, useStudio, useTimeline, useWork } from '../studio/use-studio';
import type { Say } from '../text/text';
import { xOf } from '../timeline/model/scale';
import { playStage } from '../viewer/show';
import { LaneActions } from './LaneActions';
import styles from './ladder.module.css';
import { StageStrip } from './StageStrip';
import { stateText } from './stage-state-text';

export const lanePixels = 32;
/** Room that a lane's buttons need: where its clip ends beyond the edge, they lie on its strip. */
const actionsPixels = 86;

interface Props {
  readonly selected: SelectedShot;
}
interface LaneProps extends Props {
  readonly spec: StageSpec;
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

function LaneHeader({ selected: { shot, take }, spec }: LaneProps) {
  const say = useSay();
  const { timeline } = useStudio();
  const isCurrent = useTimeline(({ stage }) => stage === spec.id);
  const stage = useStage(take.id, spec);
  const { seed, ...overrides } = shotOfTake(shot, take).stages[spec.id] ?? {};
  const { steps, guidance } = resolveParameters(spec, overrides);
  const { frames, width, height } = spec.output;
  const state = stage === undefined ? '' : wordsOf(stage, say);
  return (
    <div className={styles['header']} style={{ height: lanePixels }} data-current={isCurrent}>
      <button
        type="button"
        className={styles['words']}
        aria-pressed={isCurrent}
        title={stage?.state.kind === 'failed' ? state : spec.title}
        onClick={() => timeline.setState({ stage: spec.id })}
      >
        <span className={styles['title']}>{`${spec.id}  ${width}×${height}×${frames}`}</span>
        <span className={styles['state']} data-state={stage?.state.kind}>
          {stage === undefined ? '' : [state, ...costTexts(stage, say)].join(', ')}
        </span>
      </button>
      <span className={styles['side']}>
        {spec.guidance.kind !== 'none' && (
          <span className={styles['spark']}>
            <Sparkline curve={guidance} steps={steps} label={say('guidance.label')} />
          </span>
        )}
        <span
          className={styles['seed']}
          data-own={seed !== undefined}
          title={say('library.seed', { seed: seed ?? take.seed })}
        >
          {seed ?? take.seed}
        </span>
      </span>
    </div>
  );
}

/** A stage that is replaced is given only where its pictures are: those before it are not needed. */
function wordsOf({ state, shown }: LadderStage, say: Say): string {
  return state.kind === 'replaced' && shown === undefined ? say('ladder.needless') : stateText(state, say);
}

/** What it takes on the disk; and where it is not there, the time that making it would take. */
function costTexts({ seconds, state, diskBytes }: LadderStage, say: Say): readonly string[] {
  switch (state.kind) {
    case 'done':
      return [sizeText(diskBytes)];
    case 'empty':
    case 'stale':
      return seconds === undefined ? [] : [aboutText(seconds, say)];
    case 'running':
    case 'queued':
    case 'failed':
    case 'replaced':
      return [];
  }
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

function Lane({ selected, spec }: LaneProps) {
  const say = useSay();
  const studio = useStudio();
  const { clip, take } = selected;
  const scale = useTimeline((state) => state.scale);
  const width = useTimeline((state) => state.width);
  const stage = useStage(take.id, spec);
  const left = xOf(scale, clip.startFrame);
  const right = xOf(scale, endFrame(clip));
  const share = stage?.state.kind === 'running' ? stage.state.share : 0;
  const isThere = stage?.shown !== undefined;
  return (
    <div className={styles['lane']} style={{ height: lanePixels }}>
      <div
        className={styles['strip']}
        style={{ left, width: right - left }}
        data-state={stage?.state.kind}
        onDoubleClick={() => isThere && playStage(studio, clip, spec.id)}
      >
        <StageStrip selected={selected} stage={spec.id} left={left} />
        {share > 0 && <span className={styles['meter']} style={{ width: `${share * 100}%` }} />}
      </div>
      <span className={styles['actions']} style={{ left: Math.min(right + 6, Math.max(0, width - actionsPixels)) }}>
        <IconButton
          label={say('ladder.play', { stage: spec.id })}
          disabled={!isThere}
          onClick={() => playStage(studio, clip, spec.id)}
        >
          <Play size={13} aria-hidden />
        </IconButton>
        <LaneActions selected={selected} spec={spec} stage={stage} />
      </span>
    </div>
  );
}

function useStage(takeId: SelectedShot['take']['id'], { id }: StageSpec): LadderStage | undefined {
  return useWork(({ ladders }) => ladders.get(takeId)?.stages.find(({ stage }) => stage === id));
}
