/** Scrolls the timeline, frame by frame of the screen, while a drag is held at its edge. It knows no gesture. */
import type { Studio } from '../../studio/studio';
import { lengthFrames } from '../model/project-length';
import { scrolledBy } from '../model/scale';

/** Pixels a second, positive to what is later and further down. */
export interface ScrollSpeed {
  readonly across: number;
  readonly down: number;
}

export interface EdgeScroll {
  /** Goes on with this speed until told otherwise. */
  follow(speed: ScrollSpeed): void;
  stop(): void;
}

/** After a pause of the screen (another tab) it goes on, it does not leap. */
const longestStepMs = 50;

/**
 * `tracks`: the element that scrolls them. `onScrolled`: the same place on the screen is another moment now, and lies so many pixels further
 * down the tracks.
 */
export function newEdgeScroll(
  studio: Studio,
  tracks: () => HTMLElement | null,
  onScrolled: (downPixels: number) => void,
): EdgeScroll {
  let speed: ScrollSpeed = { across: 0, down: 0 };
  let request = 0;
  let before = 0;
  /** Elements round their own to whole pixels. */
  let top = 0;

  function scrollDown(pixels: number): number {
    const element = tracks();
    if (element === null || pixels === 0) return 0;
    const from = element.scrollTop;
    top = Math.min(element.scrollHeight - element.clientHeight, Math.max(0, top + pixels));
    element.scrollTop = top;
    return element.scrollTop - from;
  }

  function step(now: number): void {
    const seconds = Math.min(longestStepMs, Math.max(0, now - before)) / 1000;
    before = now;
    request = requestAnimationFrame(step);
    const isMoved = scrollAcross(studio, speed.across * seconds);
    const downPixels = scrollDown(speed.down * seconds);
    if (isMoved || downPixels !== 0) onScrolled(downPixels);
  }

  function stop(): void {
    cancelAnimationFrame(request);
    request = 0;
  }

  return {
    follow: (next) => {
      speed = next;
      if (next.across === 0 && next.down === 0) stop();
      else if (request === 0) {
        before = performance.now();
        top = tracks()?.scrollTop ?? 0;
        request = requestAnimationFrame(step);
      }
    },
    stop,
  };
}

/** @returns whether it did: it ends with the project */
function scrollAcross({ timeline, document }: Studio, pixels: number): boolean {
  const { scale, shown } = timeline.getState();
  const isAtEnd = pixels > 0 && scale.leftFrame >= lengthFrames(shown.project ?? document.getState().project);
  const next = isAtEnd ? scale : scrolledBy(scale, pixels);
  if (next.leftFrame === scale.leftFrame) return false;
  timeline.setState({ scale: next });
  return true;
}
