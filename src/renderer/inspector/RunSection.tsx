/** What making the selected take would take, and the button that makes it; while it is made, how far it is. */
import { Pause, Play, RotateCw, X } from 'lucide-react';
import { useState } from 'react';
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import type { JobFacts } from '#shared/studio/jobs';
import type { Ladder } from '#shared/studio/ladder';
import { Actions } from '../controls/Actions';
import { Button, IconButton } from '../controls/Button';
import { Menu } from '../controls/Choice';
import { costOf } from '../generate/cost';
import { costText, durationText } from '../generate/quantity-text';
import { run } from '../generate/run';
import { runExtension } from '../generate/run-extension';
import { changeQueue } from '../queue/change-queue';
import { jobStateText } from '../queue/job-state-text';
import type { SelectedShot } from '../studio/selected';
import { useSay, useStudio, useWork } from '../studio/use-studio';
import { vary } from '../takes/act-on-takes';
import { problemText } from '../studio/problem-text';
import { show } from '../viewer/show';
import styles from './inspector.module.css';

interface Props {
  readonly selected: SelectedShot;
  readonly isDisabled: boolean;
}

export function RunSection({ selected, isDisabled }: Props) {
  const { take } = selected;
  const ladder = useWork(({ ladders }) => ladders.get(take.id));
  const queue = useWork((work) => work.queue);
  const jobs = queue.kind === 'here' ? queue.jobs.filter(({ target }) => target?.take === take.id) : [];
  const job = jobs.find(({ state }) => ['running', 'paused', 'waiting'].includes(state.kind));
  return (
    <div className={styles['run']}>
      {job === undefined ? <Begin selected={selected} isDisabled={isDisabled} ladder={ladder} /> : <Busy job={job} />}
      {job === undefined && <Problem ladder={ladder} />}
    </div>
  );
}

function Begin({ selected: { take, pack }, isDisabled, ladder }: Props & { readonly ladder: Ladder | undefined }) {
  const say = useSay();
  const studio = useStudio();
  const ladders = useWork((work) => work.ladders);
  const [chosen, setChosen] = useState<StageId>();
  const stages = pack?.manifest.stages ?? [];
  const upTo = chosen ?? usualEnd(ladders, take.id, stages.at(-1)?.id);
  if (upTo === undefined) return <NoPack />;
  const cost = costOf(ladders, [take.id], { upTo });
  return (
    <>
      <div className={styles['runRow']}>
        <Menu
          label={say('run.upTo')}
          value={upTo}
          options={stages.map(({ id }) => ({
            value: id,
            label: say('run.to', { stage: id }),
            isDisabled: isReplaced(ladder, id),
          }))}
          onChange={setChosen}
        />
        <Button
          isStrong
          disabled={isDisabled || cost.stages === 0}
          onClick={() => void run(studio, [take.id], { upTo })}
        >
          {say('run.run')}
        </Button>
        <Actions
          label={say('run.more')}
          actions={[
            {
              id: 'vary',
              label: say('command.variations'),
              isDisabled,
              run: () => {
                show(studio, 'takes');
                void vary(studio, take, 4, stages[0]?.id);
              },
            },
            ...(['forward', 'backward'] as const).map((direction) => ({
              id: direction,
              label: say(direction === 'forward' ? 'command.extendForward' : 'command.extendBackward'),
              isDisabled: isDisabled || pack?.manifest.capabilities.givenFrames !== true,
              run: () => void runExtension(studio, direction),
            })),
          ]}
        />
      </div>
      <p className={styles['hint']} aria-live="polite">
        {cost.stages === 0 ? say('run.allThere', { stage: upTo }) : costText(cost, say)}
      </p>
    </>
  );
}

function NoPack() {
  const say = useSay();
  const { dialogs } = useStudio();
  return (
    <>
      <p className={styles['hint']}>{say('run.noPack')}</p>
      <Button onClick={() => dialogs.setState({ open: 'packs' })}>{say('banner.packs')}</Button>
    </>
  );
}

/** As far as it was made before, where that is stale; else to the top. */
function usualEnd(ladders: ReadonlyMap<TakeId, Ladder>, take: TakeId, top: StageId | undefined): StageId | undefined {
  const reached = ladders.get(take)?.stages.findLast(({ state }) => !['empty', 'replaced'].includes(state.kind))?.stage;
  return reached !== undefined && costOf(ladders, [take], { upTo: reached }).stages > 0 ? reached : top;
}

function isReplaced(ladder: Ladder | undefined, id: StageId): boolean {
  return ladder?.stages.find(({ stage }) => stage === id)?.state.kind === 'replaced';
}

function Busy({ job }: { readonly job: JobFacts }) {
  const say = useSay();
  const studio = useStudio();
  const progress = useWork((work) => work.progress.get(job.id));
  const place = useWork(({ queue }) =>
    queue.kind === 'here'
      ? queue.jobs
          .filter(({ state }) => ['running', 'waiting', 'paused'].includes(state.kind))
          .findIndex(({ id }) => id === job.id)
      : -1,
  );
  const left = progress?.remainingSec ?? job.seconds;
  return (
    <>
      <div className={styles['runRow']}>
        <span className={styles['busy']} role="status">
          {jobStateText(job, place + 1, progress, say)}
          {left !== undefined && (
            <span className={styles['left']}>{say('queue.left', { time: durationText(left, say) })}</span>
          )}
        </span>
        <span>
          {job.state.kind === 'paused' ? (
            <IconButton label={say('run.resume')} onClick={() => changeQueue(studio, { kind: 'resume', id: job.id })}>
              <Play size={13} aria-hidden />
            </IconButton>
          ) : (
            <IconButton label={say('run.pause')} onClick={() => changeQueue(studio, { kind: 'pause', id: job.id })}>
              <Pause size={13} aria-hidden />
            </IconButton>
          )}
          <IconButton label={say('run.cancel')} onClick={() => changeQueue(studio, { kind: 'cancel', id: job.id })}>
            <X size={13} aria-hidden />
          </IconButton>
        </span>
      </div>
      <span className={styles['meter']}>
        <span style={{ width: `${(progress?.stageShare ?? 0) * 100}%` }} />
      </span>
    </>
  );
}

/** Why the take cannot be made, or was not, with what can be done. */
function Problem({ ladder }: { readonly ladder: Ladder | undefined }) {
  const say = useSay();
  const studio = useStudio();
  const failed = ladder?.stages.flatMap(({ stage, state }) =>
    state.kind === 'failed' ? [{ stage, ...state }] : [],
  )[0];
  if (ladder?.problem !== undefined) return <p className={styles['problem']}>{problemText(ladder.problem, say)}</p>;
  if (failed === undefined) return null;
  return (
    <div className={styles['problem']} role="alert">
      <p>{say('run.failed', { stage: failed.stage, reason: problemText(failed.problem, say) })}</p>
      <Button onClick={() => changeQueue(studio, { kind: 'retry', id: failed.job })}>
        <RotateCw size={12} aria-hidden /> {say('run.retry')}
      </Button>
    </div>
  );
}
