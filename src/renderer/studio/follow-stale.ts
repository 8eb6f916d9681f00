/** Follows which takes of the open project are stale. */
import { followProject } from './follow-project';
import type { Studio } from './studio';

export function followStale(studio: Studio): void {
  const { work } = studio;
  followProject(studio, async (open, signal) => {
    work.setState({ stale: [] });
    for await (const { takes } of studio.channel().stream('staleTakes', { open }, signal))
      work.setState({ stale: takes });
  });
}
