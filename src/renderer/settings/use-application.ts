/** The program's facts; undefined until main has said them. They never change while it runs. */
import { useEffect, useState } from 'react';
import type { ApplicationFacts } from '#shared/studio/application';
import { useStudio } from '../studio/use-studio';

export function useApplication(): ApplicationFacts | undefined {
  const studio = useStudio();
  const [facts, setFacts] = useState<ApplicationFacts>();
  useEffect(() => {
    let isWanted = true;
    studio
      .channel()
      .request('application', {})
      .then((found) => {
        if (isWanted) setFacts(found);
      }, studio.report);
    return () => {
      isWanted = false;
    };
  }, [studio]);
  return facts;
}
