/**
 * The hand at work: takes presses, movements and releases of the pointer from whatever part of the timeline they were on, lets the
 * gesture go on, and carries out what it ends in. Held at the timeline's edge it scrolls it. It knows no gesture by name.
 */
import { changeBy } from '#shared/project/change';
import type { Project } from '#shared/project/project';
import type { Studio } from '../../studio/studio';
import type { TimelineState } from '../../studio/timeline-store';
import type { Gesture, Outcome, PointerAt, Shown } from '../gestures/gesture';
import { idle, pointerMoved, pressed, released, shownBy, type Press } from '../gestures/press';
import { edgeSpeed } from '../model/edge-scroll';
import { frameAt } from '../model/scale';
import { nothingSelected } from '../model/selection';
import { newEdgeScroll, type ScrollSpeed } from './edge-scroll';

/** Where the pointer is in the window, for what is said beside it. */
export interface AtClient {
  readonly clientX: number;
  readonly clientY: number;
}

export interface Hand {
  readonly isIdle: boolean;
  press(at: PointerAt, gesture: Gesture | undefined, click: Outcome, atOnce?: boolean): void;
  move(at: PointerAt, client: AtClient): void;
  release(): void;
  /** Forgets the gesture: everything is as before the press. */
  cancel(): void;
}

/** `tracks`: the element that scrolls them. */
export function newHand(studio: Studio, tracks: () => HTMLElement | null): Hand {
  const { timeline, document } = studio;
  let now: Press = idle;
  let base = document.getState().project;
  let before = { playhead: 0, scale: timeline.getState().scale };
  /** Where the drag began, in pixels of what was in sight. */
  let from = { x: 0, y: 0 };
  let last: PointerAt | undefined;
  const edge = newEdgeScroll(studio, tracks, (downPixels) => {
    if (last === undefined) return;
    last = { ...last, y: last.y + downPixels, frame: frameAt(timeline.getState().scale, last.x) };
    show(pointerMoved(now, last));
  });

  function show(next: Press, pointer = timeline.getState().pointer): void {
    now = next;
    const shown = shownBy(next);
    const { playhead, scale } = shown;
    timeline.setState({
      shown,
      pointer,
      ...(playhead !== undefined && { playhead, rate: 0 }),
      ...(scale !== undefined && { scale }),
    });
  }

  return {
    get isIdle() {
      return now.kind === 'idle';
    },
    press: (at, gesture, click, atOnce = false) => {
      base = document.getState().project;
      const { playhead, scale, sight } = timeline.getState();
      before = { playhead, scale };
      from = { x: at.x, y: at.y - sight.top };
      show(pressed(at, gesture, click, atOnce));
    },
    move: (at, { clientX, clientY }) => {
      last = at;
      show(pointerMoved(now, at), { x: clientX, y: clientY });
      if (now.kind === 'dragging') edge.follow(speedOf(now.gesture, at, from, timeline.getState()));
    },
    release: () => {
      edge.stop();
      const outcome = released(now);
      show(idle);
      take(studio, outcome, base);
    },
    cancel: () => {
      edge.stop();
      if (now.kind === 'dragging') timeline.setState(before);
      show(idle);
    },
  };
}

function speedOf(
  { shows, crossesTracks }: Gesture,
  at: PointerAt,
  from: Pick<PointerAt, 'x' | 'y'>,
  { width, sight }: Pick<TimelineState, 'width' | 'sight'>,
): ScrollSpeed {
  return {
    across: isAlongTime(shows) ? edgeSpeed('across', at.x, from.x, width) : 0,
    down: crossesTracks === true ? edgeSpeed('down', at.y - sight.top, from.y, sight.height) : 0,
  };
}

/** Others scroll by themselves, or have nothing to do with time. */
function isAlongTime({ scale, heights, trackPlace, readout }: Shown): boolean {
  if (scale !== undefined || heights !== undefined || trackPlace !== undefined) return false;
  return readout?.kind !== 'opacity' && readout?.kind !== 'volume';
}

/** Carries out what a gesture ended in. `base`: the project that it began with. */
function take(studio: Studio, outcome: Outcome, base: Project): void {
  const { timeline, document, view } = studio;
  switch (outcome.kind) {
    case 'edit': {
      const { change } = outcome;
      // A stage may have been finished meanwhile, or another window have changed something: the edit goes on top of that.
      document.edit((project) => (project === base ? change : changeBy(project, change.label, change.patches)));
      return;
    }
    case 'selection':
      timeline.setState({ selection: outcome.selection, gap: undefined });
      return;
    case 'gap':
      timeline.setState({ gap: outcome.gap, selection: nothingSelected, track: outcome.gap.trackId });
      return;
    case 'playhead':
      timeline.setState({ playhead: outcome.frame });
      return;
    case 'scale':
      timeline.setState({ scale: outcome.scale });
      return;
    case 'height': {
      const { trackHeights } = view.getState();
      view.getState().set({ trackHeights: { ...trackHeights, [outcome.trackId]: outcome.pixels } });
      return;
    }
    case 'nothing':
      return;
  }
}
