/** One job: of which take, how far, and its buttons. The meter shows what was measured, never a guess. */
import { ArrowUp, Pause, Play, RotateCw, X } from 'lucide-react';
import type { JobId } from '#shared/studio/job-id';
import type { JobFacts, QueueAction } from '#shared/studio/jobs';
import { IconButton } from '../controls/Button';
import styles from '../library/library.module.css';
import { isLoss } from '../studio/loss';
import { useDocument, useSay, useStudio, useWork } from '../studio/use-studio';
import type { Progress } from '../studio/work-store';
import type { Say } from '../text/text';

interface Props {
  readonly job: JobFacts;
  /** In line, from 1; 0: it ended. */
  readonly place: number;
  /** The job in front of it. */
  readonly before: JobId | undefined;
}

export function JobRow({ job, place, before }: Props) {
  const say = useSay();
  const shot = useDocument(({ project }) => job.target && project.shots.get(job.target.shot));
  const take = useDocument(({ project }) => job.target && project.takes.get(job.target.take));
  const progress = useWork((work) => work.progress.get(job.id));
  const name = shot && take ? say('queue.job', { shot: shot.name, take: take.number }) : job.prompt;
  const isRunning = job.state.kind === 'running';
  return (
    <div className={styles['job']}>
      <div className={styles['words']} title={name}>
        {name}
        <div className={styles['state']} data-state={job.state.kind} role={isRunning ? 'status' : undefined}>
          {stateOf(job, place, progress, say)}
        </div>
      </div>
      <Buttons job={job} name={name} before={before} />
      {isRunning && (
        <span className={styles['meter']}>
          <span style={{ width: `${(progress?.stageShare ?? 0) * 100}%` }} />
        </span>
      )}
    </div>
  );
}

function stateOf(job: JobFacts, place: number, progress: Progress | undefined, say: Say): string {
  switch (job.state.kind) {
    case 'waiting':
      return say('queue.waiting', { place });
    case 'running': {
      if (progress === undefined) return say('queue.starting');
      const { stage, step, steps, remainingSec } = progress;
      const where = say('queue.running', { stage, step: step + 1, steps });
      return remainingSec === undefined
        ? where
        : `${where}, ${say('queue.left', { seconds: Math.ceil(remainingSec) })}`;
    }
    case 'paused':
      return say('queue.paused');
    case 'done':
      return say('ladder.done');
    case 'failed':
      return say('queue.failed', { reason: job.state.problem.message });
    case 'cancelled':
      return say('queue.cancelled');
  }
}

function Buttons({
  job: { id, state },
  name,
  before,
}: {
  readonly job: JobFacts;
  readonly name: string;
  readonly before: JobId | undefined;
}) {
  const say = useSay();
  const studio = useStudio();
  const act = (action: QueueAction) => (): void => {
    studio
      .channel()
      .request('changeQueue', action)
      .catch((error: unknown) => {
        if (!isLoss(error)) studio.report(error);
      });
  };
  const isOpen = state.kind === 'waiting' || state.kind === 'running' || state.kind === 'paused';
  return (
    <span>
      {state.kind === 'waiting' && before !== undefined && (
        <IconButton label={say('queue.earlier', { job: name })} onClick={act({ kind: 'move', id, before })}>
          <ArrowUp size={13} aria-hidden />
        </IconButton>
      )}
      {(state.kind === 'running' || state.kind === 'waiting') && (
        <IconButton label={say('queue.pause', { job: name })} onClick={act({ kind: 'pause', id })}>
          <Pause size={13} aria-hidden />
        </IconButton>
      )}
      {state.kind === 'paused' && (
        <IconButton label={say('queue.resume', { job: name })} onClick={act({ kind: 'resume', id })}>
          <Play size={13} aria-hidden />
        </IconButton>
      )}
      {(state.kind === 'failed' || state.kind === 'cancelled') && (
        <IconButton label={say('queue.retry', { job: name })} onClick={act({ kind: 'retry', id })}>
          <RotateCw size={13} aria-hidden />
        </IconButton>
      )}
      {isOpen && (
        <IconButton label={say('queue.cancel', { job: name })} onClick={act({ kind: 'cancel', id })}>
          <X size={13} aria-hidden />
        </IconButton>
      )}
    </span>
  );
}
