/** The state of a stage in words. */
import type { StageState } from '#shared/studio/ladder';
import { problemText } from '../studio/problem-text';
import type { Say } from '../text/text';

export function stateText(state: StageState, say: Say): string {
  switch (state.kind) {
    case 'running':
      return say('ladder.running', { step: state.step + 1, steps: state.steps });
    case 'queued':
      return say(state.isPaused ? 'ladder.paused' : 'ladder.queued');
    case 'failed':
      return say('ladder.failed', { reason: problemText(state.problem, say) });
    case 'empty':
    case 'stale':
    case 'done':
    case 'replaced':
      return say(`ladder.${state.kind}`);
  }
}
