/**
 * The hand at work: takes presses, movements and releases of the pointer from whatever part of the timeline they were on, lets the
 * gesture go on, and carries out what it ends in. It knows no gesture by name.
 */
import { changeBy } from '#shared/project/change';
import type { Project } from '#shared/project/project';
import type { Studio } from '../../studio/studio';
import type { Gesture, Outcome, PointerAt } from '../gestures/gesture';
import { idle, pointerMoved, pressed, released, shownBy, type Press } from '../gestures/press';
import { nothingSelected } from '../model/selection';

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

export function newHand(studio: Studio): Hand {
  const { timeline, document } = studio;
  let now: Press = idle;
  let base = document.getState().project;
  let before = { playhead: 0, scale: timeline.getState().scale };

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
      const { playhead, scale } = timeline.getState();
      before = { playhead, scale };
      show(pressed(at, gesture, click, atOnce));
    },
    move: (at, { clientX, clientY }) => show(pointerMoved(now, at), { x: clientX, y: clientY }),
    release: () => {
      const outcome = released(now);
      show(idle);
      take(studio, outcome, base);
    },
    cancel: () => {
      if (now.kind === 'dragging') timeline.setState(before);
      show(idle);
    },
  };
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
