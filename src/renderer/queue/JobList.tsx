/** The open jobs in their order, which a hand changes by dragging and the keyboard with the arrow keys on a row's handle. */
import { useState, type DragEvent } from 'react';
import type { JobId } from '#shared/studio/job-id';
import type { JobFacts } from '#shared/studio/jobs';
import { useSay, useStudio } from '../studio/use-studio';
import { changeQueue } from './change-queue';
import { JobRow } from './JobRow';
import { moveTo } from './queue-order';
import styles from './queue.module.css';

export function JobList({ open }: { readonly open: readonly JobFacts[] }) {
  const say = useSay();
  const studio = useStudio();
  const [dragged, setDragged] = useState<JobId>();
  const [over, setOver] = useState<number>();
  const move = (id: JobId, to: number): void => {
    const action = moveTo(open, id, to);
    if (action !== undefined) changeQueue(studio, action);
  };
  const dragging = (job: JobFacts, index: number) => ({
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', job.id);
      setDragged(job.id);
    },
    onDragOver: (event: DragEvent) => {
      if (dragged === undefined) return;
      event.preventDefault();
      setOver(index);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      if (dragged !== undefined) move(dragged, index);
    },
    onDragEnd: () => {
      setDragged(undefined);
      setOver(undefined);
    },
  });
  if (open.length === 0) return null;
  return (
    <ol className={styles['jobs']} aria-label={say('queue.order')}>
      {open.map((job, index) => (
        <li
          key={job.id}
          data-dragged={job.id === dragged}
          data-over={over === index && dragged !== undefined && job.id !== dragged}
          {...dragging(job, index)}
        >
          <JobRow job={job} place={index + 1} onMove={(by) => move(job.id, index + by)} />
        </li>
      ))}
    </ol>
  );
}
