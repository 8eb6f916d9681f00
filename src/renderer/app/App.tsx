/** The whole window: opens the studio, says so while it does, and shows it. */
import { Tooltip } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { toast } from 'sonner';
import { isCancellation } from '#shared/errors';
import type { OpenTransport } from '../studio/channel';
import type { OnProblem } from '../studio/document-store';
import type { Beginning } from '../studio/first-project';
import { openStudio, type Studio } from '../studio/studio';
import { StudioContext } from '../studio/use-studio';
import { errorText } from '../studio/problem-text';
import { sayIn, type Say } from '../text/text';
import type { ViewStore } from '../view-state/view-store';
import styles from './app.module.css';
import { Frame } from './Frame';
import { Toasts } from './Toasts';

interface Props {
  readonly view: ViewStore;
  readonly openTransport: OpenTransport;
}

type Opening =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly studio: Studio }
  | { readonly kind: 'failed'; readonly error: unknown };

export function App({ view, openTransport }: Props) {
  const [opening, setOpening] = useState<Opening>({ kind: 'opening' });
  const { theme, language } = useStore(view);
  const say = sayIn(language);

  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.lang = language;
  }, [theme, language]);

  useEffect(() => {
    let isWanted = true;
    openStudio(openTransport, view, beginningIn(sayIn(view.getState().language)), reportIn(view)).then(
      (studio) => isWanted && setOpening({ kind: 'open', studio }),
      (error: unknown) => isWanted && setOpening({ kind: 'failed', error }),
    );
    return () => {
      isWanted = false;
    };
  }, [openTransport, view]);

  return (
    <Tooltip.Provider delayDuration={500}>
      {opening.kind === 'open' ? (
        <StudioContext value={opening.studio}>
          <Frame />
        </StudioContext>
      ) : (
        <main className={styles['opening']} role="status">
          {opening.kind === 'opening'
            ? say('app.connecting')
            : say('app.failed', { reason: errorText(opening.error, say) })}
        </main>
      )}
      <Toasts view={view} />
    </Tooltip.Provider>
  );
}

function beginningIn(say: Say): Beginning {
  return {
    title: say('app.untitled'),
    sample: { title: say('sample.title'), drawnTitle: say('sample.drawnTitle'), drawn: say('sample.drawn') },
    onNotOpened: (folder, error) =>
      void toast.error(say('app.notOpened', { folder, reason: errorText(error, say) }), {
        duration: Infinity,
        closeButton: true,
      }),
  };
}

/** What went wrong is shown once, where it is seen; a cancellation is nothing wrong. */
function reportIn(view: ViewStore): OnProblem {
  return (error) => {
    if (!isCancellation(error)) toast.error(errorText(error, sayIn(view.getState().language)));
  };
}
