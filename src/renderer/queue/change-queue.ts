/** Asks main to change the queue. What main refuses is reported; the queue shows itself as it is then. */
import type { TakeId } from '#shared/project/ids';
import type { JobId } from '#shared/studio/job-id';
import type { QueueAction } from '#shared/studio/jobs';
import type { Studio } from '../studio/studio';
import { movePreviews } from '../viewer/still-previews';

export function changeQueue(studio: Studio, action: QueueAction): void {
  // As whoever runs a take does: it moves in the viewer while it is made.
  if (action.kind === 'retry') movePreviews(studio, takesOfJob(studio, action.id));
  studio.channel().request('changeQueue', action).catch(studio.report);
}

function takesOfJob({ work }: Studio, id: JobId): readonly TakeId[] {
  const { queue } = work.getState();
  const job = queue.kind === 'here' ? queue.jobs.find((each) => each.id === id) : undefined;
  return job?.target === undefined ? [] : [job.target.take];
}
