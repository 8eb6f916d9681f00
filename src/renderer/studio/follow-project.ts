/** Follows something of the open project, anew whenever that is another project or the connection is another one. */
import type { OpenId } from '#shared/studio/projects';
import type { Studio } from './studio';

/** `listen` goes on until its signal is aborted or the connection is lost; what else it throws is reported. */
export function followProject(
  studio: Pick<Studio, 'document' | 'connection' | 'report'>,
  listen: (open: OpenId, signal: AbortSignal) => Promise<void>,
): void {
  const { document, connection, report } = studio;
  let followed: OpenId | undefined;
  let stop = new AbortController();
  const follow = (): void => {
    const { open } = document.getState();
    if (connection.getState().kind !== 'connected') followed = undefined;
    else if (followed !== open) {
      followed = open;
      stop.abort();
      stop = new AbortController();
      listen(open, stop.signal).catch(report);
    }
  };
  document.subscribe(follow);
  connection.subscribe(follow);
  follow();
}
