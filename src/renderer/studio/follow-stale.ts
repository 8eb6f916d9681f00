/** Follows which takes of the open project are stale, anew whenever that is another project or the connection is another one. */
import type { Studio } from './studio';

export function followStale(studio: Studio): void {
  const { document, connection, work, report } = studio;
  let followed: unknown;
  let stop = new AbortController();
  const follow = (): void => {
    const { open } = document.getState();
    if (connection.getState().kind !== 'connected') followed = undefined;
    else if (followed !== open) {
      followed = open;
      stop.abort();
      stop = new AbortController();
      work.setState({ stale: [] });
      void listen(stop.signal);
    }
  };
  const listen = async (signal: AbortSignal): Promise<void> => {
    try {
      const { open } = document.getState();
      for await (const { takes } of studio.channel().stream('staleTakes', { open }, signal))
        work.setState({ stale: takes });
    } catch (error) {
      report(error);
    }
  };
  document.subscribe(follow);
  connection.subscribe(follow);
  follow();
}
