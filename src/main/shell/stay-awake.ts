/**
 * Keeps the machine awake while a shot is made or a file is written here, and not a moment longer, so that a night's work is done in the
 * morning. The screen may go dark; a closed lid stays the system's affair.
 */
import { powerSaveBlocker } from 'electron';
import type { Studio } from '../studio/studio';

/** Until the program ends: the system lets go then by itself. */
export function stayAwake({ parts: { generation, files } }: Pick<Studio, 'parts'>): void {
  let blocker: number | undefined;
  const follow = (): void => {
    const isWorking =
      generation.jobsHere.some(({ state }) => state.kind === 'running') ||
      files.list.value.some(({ state }) => state.kind === 'waiting' || state.kind === 'running');
    if (isWorking) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
  generation.standing.watch(follow);
  files.list.watch(follow);
  follow();
}
