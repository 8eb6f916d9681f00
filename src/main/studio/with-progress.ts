/** Work as a stream of the channel: what it tells on its way, and what it ends with. */
import { followEvents } from './follow';

/** Only the newest of what `work` tells is kept for who does not listen; what it ends with comes last, always. */
export async function* withProgress<Event>(
  work: (tell: (event: Event) => void) => Promise<Event>,
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const ended = new AbortController();
  let tell: (event: Event) => void = () => undefined;
  const events = followEvents<Event>(
    (listener) => {
      tell = listener;
      return () => undefined;
    },
    AbortSignal.any([signal, ended.signal]),
    (_, next) => [next],
  );
  const working = work((event) => tell(event)).finally(() => ended.abort());
  working.catch(() => undefined);
  try {
    yield* events;
  } finally {
    // Also where nobody listens any more: only then is nothing of it left.
    await working.catch(() => undefined);
  }
  yield await working;
}
