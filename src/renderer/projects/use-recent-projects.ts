/** The projects that were opened last, as main lists them now, and anew when `again` is called. */
import { useCallback, useEffect, useState } from 'react';
import type { RecentProject } from '#shared/studio/project-library';
import { useStudio } from '../studio/use-studio';

interface RecentProjects {
  readonly projects: readonly RecentProject[];
  /** Before the first answer there may be some. */
  readonly isKnown: boolean;
  readonly again: () => void;
}

export function useRecentProjects(): RecentProjects {
  const studio = useStudio();
  const [projects, setProjects] = useState<readonly RecentProject[]>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isWanted = true;
    studio
      .channel()
      .request('recentProjects', {})
      .then((list) => {
        if (isWanted) setProjects(list.projects);
      }, studio.report);
    return () => {
      isWanted = false;
    };
  }, [studio, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { projects: projects ?? [], isKnown: projects !== undefined, again };
}
