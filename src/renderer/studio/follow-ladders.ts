/** Asks main for the ladders of the takes in sight, anew whenever those are others or the connection is. */
import type { TakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { OpenId } from '#shared/studio/projects';
import type { Studio } from './studio';
import { takeLadder } from './work-store';

/** As many as main sends at once. */
const mostTakes = 200;

export function followLadders(studio: Studio): void {
  const { document, connection, work, report } = studio;
  let followed = '';
  let known: Project | undefined;
  let stop = new AbortController();
  const follow = (): void => {
    const { project, open } = document.getState();
    if (project === known && followed.startsWith(open)) return;
    known = project;
    const takes = takesInSight(project);
    const wanted = `${open} ${takes.join(' ')}`;
    if (wanted === followed) return;
    followed = wanted;
    stop.abort();
    stop = new AbortController();
    if (takes.length > 0) void listen(open, takes, stop.signal);
  };
  const listen = async (open: OpenId, takes: readonly TakeId[], signal: AbortSignal): Promise<void> => {
    try {
      for await (const event of studio.channel().stream('ladders', { open, takes: [...takes] }, signal))
        work.setState((state) => takeLadder(state, event));
    } catch (error) {
      report(error);
    }
  };
  document.subscribe(follow);
  connection.subscribe(follow);
  follow();
}

/** Those that clips show, then the others, newest first. */
function takesInSight({ clips, takes }: Project): readonly TakeId[] {
  const inSight = new Set<TakeId>();
  for (const { source } of clips.values()) if (source.kind === 'shot') inSight.add(source.takeId);
  for (const id of [...takes.keys()].toReversed()) inSight.add(id);
  return [...inSight].slice(0, mostTakes).sort();
}
