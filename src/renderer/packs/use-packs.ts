/** Every pack of this machine, usable or not, as main has them; undefined until it has said so. */
import { useEffect, useState } from 'react';
import type { PackEntry } from '#shared/studio/packs';
import { useStudio } from '../studio/use-studio';

export function usePacks(): readonly PackEntry[] | undefined {
  const studio = useStudio();
  const [packs, setPacks] = useState<readonly PackEntry[]>();
  useEffect(() => {
    const { signal, abort } = stoppable();
    const follow = async (): Promise<void> => {
      for await (const list of studio.channel().stream('packList', {}, signal)) setPacks(list.packs);
    };
    follow().catch(studio.report);
    return abort;
  }, [studio]);
  return packs;
}

function stoppable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
