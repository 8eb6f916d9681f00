/** The state of a job in words. */
import type { JobFacts } from '#shared/studio/jobs';
import type { Progress } from '../studio/work-store';
import { problemText } from '../studio/problem-text';
import type { Say } from '../text/text';

/** @param place in line, from 1 */
export function jobStateText({ state }: JobFacts, place: number, progress: Progress | undefined, say: Say): string {
  switch (state.kind) {
    case 'waiting':
      return say('queue.waiting', { place });
    case 'running':
      if (progress === undefined) return say('queue.starting');
      return say('queue.running', { stage: progress.stage, step: progress.step + 1, steps: progress.steps });
    case 'paused':
      return say('queue.paused');
    case 'done':
      return say('ladder.done');
    case 'failed':
      return say('queue.failed', { reason: problemText(state.problem, say) });
    case 'cancelled':
      return say('queue.cancelled');
  }
}
