/** Five short stops through the studio, each beside what it is about. Shown once by itself; Escape ends it, arrow keys move. */
import { Popover } from 'radix-ui';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useShownKeys } from '../commands/use-shown-keys';
import { commands } from '../commands/table';
import { Button } from '../controls/Button';
import { useDialogs, useSay, useStudio } from '../studio/use-studio';
import { tourSteps, type TourStep } from './steps';
import styles from './tour.module.css';
import { useAnchor } from './use-anchor';
import { useFirstTour } from './use-first-tour';

export function Tour() {
  useFirstTour();
  const isOpen = useDialogs(({ open }) => open === 'tour');
  return isOpen ? <Stops /> : null;
}

function Stops() {
  const { dialogs } = useStudio();
  const [at, setAt] = useState(0);
  const step = tourSteps[at];
  const end = (): void => dialogs.setState({ open: undefined });
  useEffect(() => {
    if (step === undefined) dialogs.setState({ open: undefined });
  }, [step, dialogs]);
  return step === undefined ? null : <Stop key={step.id} step={step} at={at} onGo={setAt} onEnd={end} />;
}

interface Props {
  readonly step: TourStep;
  readonly at: number;
  readonly onGo: (at: number) => void;
  readonly onEnd: () => void;
}

function Stop({ step, at, onGo, onEnd }: Props) {
  const say = useSay();
  const anchor = useAnchor(step.anchor);
  const shownKeys = useShownKeys();
  const palette = commands.find(({ id }) => id === 'palette');
  const keys = palette === undefined ? '' : shownKeys(palette);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') onGo(at + 1);
    else if (event.key === 'ArrowLeft' && at > 0) onGo(at - 1);
  };
  if (anchor === undefined) return null;
  const { x, y, width, height } = anchor.rectangle;
  const isLast = at === tourSteps.length - 1;
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onEnd()}>
      <div className={styles['light']} style={{ left: x, top: y, width, height }} aria-hidden />
      <Popover.Anchor virtualRef={anchor.virtual} />
      <Popover.Portal>
        <Popover.Content
          className={styles['stop']}
          side={step.side}
          sideOffset={8}
          collisionPadding={12}
          aria-label={say(step.title)}
          onKeyDown={onKeyDown}
          // Whoever tries what is told shall not lose the tour by it.
          onInteractOutside={(event) => event.preventDefault()}
        >
          <p className={styles['count']}>{say('tour.count', { at: at + 1, of: tourSteps.length })}</p>
          <h2 className={styles['title']}>{say(step.title)}</h2>
          <p>{say(step.words, { keys })}</p>
          <div className={styles['ways']}>
            {!isLast && <Button onClick={onEnd}>{say('tour.skip')}</Button>}
            <span className={styles['space']} />
            {at > 0 && <Button onClick={() => onGo(at - 1)}>{say('tour.back')}</Button>}
            <Button isStrong autoFocus onClick={() => (isLast ? onEnd() : onGo(at + 1))}>
              {say(isLast ? 'tour.end' : 'tour.next')}
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
