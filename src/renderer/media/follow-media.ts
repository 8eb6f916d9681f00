/** Follows how the media of the open project stand. */
import { followProject } from '../studio/follow-project';
import type { Studio } from '../studio/studio';
import { takeStandings } from './media-store';

export function followMedia(studio: Studio): void {
  const { media } = studio;
  followProject(studio, async (open, signal) => {
    for await (const event of studio.channel().stream('mediaStandings', { open }, signal))
      media.setState((state) => takeStandings(state, event.media));
  });
}
