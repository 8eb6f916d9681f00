/** Asks main to change the queue. What main refuses is reported; the queue shows itself as it is then. */
import type { QueueAction } from '#shared/studio/jobs';
import type { Studio } from '../studio/studio';

export function changeQueue(studio: Studio, action: QueueAction): void {
  studio.channel().request('changeQueue', action).catch(studio.report);
}
