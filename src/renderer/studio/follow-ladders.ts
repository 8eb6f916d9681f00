/**
 * Asks main for the ladders of the takes in sight. It is asked anew when one is needed that it does not send, which is seldom: it
 * sends those around them, too. While a person scrolls or a film plays, that is looked at a few times a second.
 */
import type { TakeId } from '#shared/project/ids';
import type { OpenId } from '#shared/studio/projects';
import { takesSeen } from './seen-takes';
import type { Studio } from './studio';
import { mostTakes, takesNeeded, takesToFollow, type Standpoint } from './takes-in-sight';
import { takeLadder, withoutOldLadders } from './work-store';

/** Long against a frame, short against what a person waits for. */
const lookMs = 120;

interface Followed {
  readonly open: OpenId;
  readonly takes: ReadonlySet<TakeId>;
  readonly stop: AbortController;
}

export function followLadders(studio: Studio): void {
  const { document, connection, timeline, looking, seen, view } = studio;
  let followed: Followed | undefined;
  const follow = (): void => {
    if (connection.getState().kind !== 'connected') return;
    const { project, open } = document.getState();
    const at = standpointOf(studio);
    if (followed?.open === open && isEnough(followed.takes, takesNeeded(project, at), project.takes)) return;
    followed?.stop.abort();
    followed = { open, takes: takesToFollow(project, at), stop: new AbortController() };
    if (followed.takes.size > 0) void listen(studio, followed);
  };
  const look = atMostEvery(lookMs, follow);
  document.subscribe((now, before) => {
    if (now.project !== before.project || now.open !== before.open) follow();
  });
  connection.subscribe(({ kind }) => {
    if (kind === 'lost') followed = undefined;
    if (kind === 'connected') follow();
  });
  timeline.subscribe(look);
  looking.subscribe(look);
  seen.subscribe(look);
  view.subscribe(look);
  follow();
}

/** Everything needed is followed, and there is room for no other. */
function isEnough(
  followed: ReadonlySet<TakeId>,
  needed: ReadonlySet<TakeId>,
  takes: ReadonlyMap<TakeId, unknown>,
): boolean {
  for (const id of needed) if (!followed.has(id)) return false;
  if (followed.size >= mostTakes) return true;
  for (const id of takes.keys()) if (!followed.has(id)) return false;
  return true;
}

function standpointOf({ timeline, looking, view, seen }: Studio): Standpoint {
  const { playhead, scale, width, sight, selection, opened } = timeline.getState();
  const { mode, sides, wiped } = looking.getState();
  const { trackHeights: heights } = view.getState();
  return {
    playhead,
    scale,
    width,
    sight,
    selection,
    opened,
    mode,
    sides,
    heights,
    seen: withOne(takesSeen(seen.getState()), wiped?.takeId),
  };
}

function withOne(takes: ReadonlySet<TakeId>, takeId: TakeId | undefined): ReadonlySet<TakeId> {
  return takeId === undefined ? takes : new Set([...takes, takeId]);
}

async function listen(studio: Studio, { open, takes, stop }: Followed): Promise<void> {
  const { work, report } = studio;
  work.setState((state) => withoutOldLadders(state, takes));
  try {
    const request = { open, takes: [...takes] };
    for await (const event of studio.channel().stream('ladders', request, stop.signal))
      work.setState((state) => takeLadder(state, event));
  } catch (error) {
    report(error);
  }
}

/** Calls `act` soon after it was called for, however often that was. */
function atMostEvery(ms: number, act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      act();
    }, ms);
  };
}
