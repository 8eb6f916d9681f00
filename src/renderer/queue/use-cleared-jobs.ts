/**
 * Ended jobs that this window takes off the queue: out of sight at once, and out of the queue when the way back has gone. A window that
 * closes before has cleared nothing.
 */
import { useState } from 'react';
import type { JobId } from '#shared/studio/job-id';
import type { JobFacts } from '#shared/studio/jobs';
import { notify, undoMs } from '../controls/notify';
import { useSay, useStudio } from '../studio/use-studio';
import { changeQueue } from './change-queue';

interface ClearedJobs {
  readonly isCleared: (job: JobFacts) => boolean;
  readonly clear: (jobs: readonly JobFacts[]) => void;
}

export function useClearedJobs(): ClearedJobs {
  const say = useSay();
  const studio = useStudio();
  const [cleared, setCleared] = useState<ReadonlySet<JobId>>(new Set());
  return {
    isCleared: ({ id }) => cleared.has(id),
    clear: (jobs) => {
      const ids = new Set(jobs.map(({ id }) => id));
      setCleared((others) => new Set([...others, ...ids]));
      const later = setTimeout(() => ids.forEach((id) => changeQueue(studio, { kind: 'remove', id })), undoMs);
      const putBack = (): void => {
        clearTimeout(later);
        setCleared((others) => new Set([...others].filter((id) => !ids.has(id))));
      };
      notify(say('queue.cleared', { count: ids.size }), { label: say('toast.undo'), run: putBack });
    },
  };
}
