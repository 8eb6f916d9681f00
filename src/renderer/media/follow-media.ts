/** Follows how the media of the open project stand, anew whenever that is another project or the connection is another one. */
import type { Studio } from '../studio/studio';
import { takeStandings } from './media-store';

export function followMedia(studio: Studio): void {
  const { document, connection, media, report } = studio;
  let followed: unknown;
  let stop = new AbortController();
  const follow = (): void => {
    const { open } = document.getState();
    if (connection.getState().kind !== 'connected' || followed === open) return;
    followed = open;
    stop.abort();
    stop = new AbortController();
    void listen(stop.signal);
  };
  const listen = async (signal: AbortSignal): Promise<void> => {
    try {
      const { open } = document.getState();
      for await (const event of studio.channel().stream('mediaStandings', { open }, signal))
        media.setState((state) => takeStandings(state, event.media));
    } catch (error) {
      report(error);
    }
  };
  document.subscribe(follow);
  connection.subscribe(follow);
  follow();
}
