/** What main finds when it looks through a project that need not be open. */
import { useEffect, useState } from 'react';
import type { StudioChannel } from '../studio/channel';
import { useStudio } from '../studio/use-studio';

type Look<Found> = (channel: StudioChannel, folder: string, signal: AbortSignal) => Promise<Found>;

/** Undefined until main has looked; where it cannot, that is said. `look` must be the same function in every render. */
export function useFinding<Found>(folder: string, look: Look<Found>): Found | undefined {
  const studio = useStudio();
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    const stop = new AbortController();
    look(studio.channel(), folder, stop.signal).then(setFound, studio.report);
    return () => stop.abort();
  }, [studio, folder, look]);
  return found;
}
