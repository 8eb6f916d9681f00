/** One job: of which take, how far, how long yet, and its buttons. The meter shows what was measured, never a guess. */
import { GripVertical, Pause, Play, RotateCw, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { JobFacts, QueueAction } from '#shared/studio/jobs';
import { Button, IconButton } from '../controls/Button';
import { durationText } from '../generate/quantity-text';
import { useDocument, useSay, useStudio, useWork } from '../studio/use-studio';
import { changeQueue } from './change-queue';
import { jobStateText } from './job-state-text';
import styles from './queue.module.css';

interface Props {
  readonly job: JobFacts;
  /** In line, from 1; 0: it ended. */
  readonly place: number;
  /** Absent: its order says nothing any more. */
  readonly onMove?: (by: 1 | -1) => void;
}

export function JobRow({ job, place, onMove }: Props) {
  const say = useSay();
  const shot = useDocument(({ project }) => job.target && project.shots.get(job.target.shot));
  const take = useDocument(({ project }) => job.target && project.takes.get(job.target.take));
  const progress = useWork((work) => work.progress.get(job.id));
  const name = shot && take ? say('queue.job', { shot: shot.name, take: take.number }) : job.prompt;
  const isRunning = job.state.kind === 'running';
  const left = place === 0 ? undefined : (progress?.remainingSec ?? job.seconds);
  const state = jobStateText(job, place, progress, say);
  return (
    <div className={styles['job']}>
      {onMove === undefined ? <span /> : <Handle name={name} onMove={onMove} />}
      <div className={styles['words']} title={job.state.kind === 'failed' ? state : name}>
        {name}
        <div className={styles['state']} data-state={job.state.kind} role={isRunning ? 'status' : undefined}>
          {state}
        </div>
      </div>
      <span className={styles['left']}>{left !== undefined && durationText(left, say)}</span>
      <Buttons job={job} name={name} />
      {isRunning && (
        <span className={styles['meter']}>
          <span style={{ width: `${(progress?.stageShare ?? 0) * 100}%` }} />
        </span>
      )}
    </div>
  );
}

interface HandleProps {
  readonly name: string;
  readonly onMove: (by: 1 | -1) => void;
}

function Handle({ name, onMove }: HandleProps) {
  const say = useSay();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <Button className={styles['handle']} aria-label={say('queue.move', { job: name })} onKeyDown={onKeyDown}>
      <GripVertical size={12} aria-hidden />
    </Button>
  );
}

function Buttons({ job: { id, state }, name }: { readonly job: JobFacts; readonly name: string }) {
  const say = useSay();
  const studio = useStudio();
  const act = (kind: Exclude<QueueAction['kind'], 'move' | 'hold' | 'release'>) => (): void =>
    changeQueue(studio, { kind, id });
  const isOpen = state.kind === 'waiting' || state.kind === 'running' || state.kind === 'paused';
  return (
    <span className={styles['buttons']}>
      {(state.kind === 'running' || state.kind === 'waiting') && (
        <IconButton label={say('queue.pause', { job: name })} onClick={act('pause')}>
          <Pause size={13} aria-hidden />
        </IconButton>
      )}
      {state.kind === 'paused' && (
        <IconButton label={say('queue.resume', { job: name })} onClick={act('resume')}>
          <Play size={13} aria-hidden />
        </IconButton>
      )}
      {(state.kind === 'failed' || state.kind === 'cancelled') && (
        <IconButton label={say('queue.retry', { job: name })} onClick={act('retry')}>
          <RotateCw size={13} aria-hidden />
        </IconButton>
      )}
      <IconButton
        label={say(isOpen ? 'queue.cancel' : 'queue.remove', { job: name })}
        onClick={act(isOpen ? 'cancel' : 'remove')}
      >
        <X size={13} aria-hidden />
      </IconButton>
    </span>
  );
}
