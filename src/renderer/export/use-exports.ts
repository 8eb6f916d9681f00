/** The exports of this run of the program, as main reports them. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ExportFacts } from '#shared/studio/exports';
import { useStudio } from '../studio/use-studio';

/** Newest first. */
export function useExports(): readonly ExportFacts[] {
  const studio = useStudio();
  const connection = useStore(studio.connection, ({ kind }) => kind);
  const [list, setList] = useState<readonly ExportFacts[]>([]);
  useEffect(() => {
    if (connection !== 'connected') return;
    const stop = new AbortController();
    const follow = async (): Promise<void> => {
      try {
        for await (const { exports } of studio.channel().stream('exports', {}, stop.signal)) setList(exports);
      } catch (error) {
        studio.report(error);
      }
    };
    void follow();
    return () => stop.abort();
  }, [studio, connection]);
  return list;
}
