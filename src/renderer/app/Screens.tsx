/** The screens over the work, each from when it is first wanted: it stays then, so that it can close as gently as it opened. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { useDialogs } from '../studio/use-studio';
import { screens, type Screen } from './screens';

const parts = screens.map((screen) => ({ screen, Part: lazy(async () => ({ default: await screen.load() })) }));

/** Time for the first pictures to come. Milliseconds. */
const loadAfterMs = 1500;

export function Screens() {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { load } of screens) load().catch(() => undefined);
    }, loadAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return parts.map(({ screen, Part }, i) => (
    <OnceWanted key={i} screen={screen}>
      <Part />
    </OnceWanted>
  ));
}

function OnceWanted({ screen, children }: { readonly screen: Screen; readonly children: React.ReactNode }) {
  const isWanted = useDialogs(screen.isWanted);
  const [wasWanted, setWasWanted] = useState(isWanted);
  if (isWanted && !wasWanted) setWasWanted(true);
  return wasWanted || isWanted ? <Suspense fallback={null}>{children}</Suspense> : null;
}
