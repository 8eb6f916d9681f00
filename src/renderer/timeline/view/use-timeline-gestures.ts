/** Connects pointer, wheel and Escape to the gestures, and gestures to the project and the view. */
import { useCallback, useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import { isMacIn } from '../../commands/keys';
import type { Studio } from '../../studio/studio';
import { useStudio } from '../../studio/use-studio';
import { clickMode, gestureFor, type Keys } from '../gestures/choose';
import type { Outcome, PointerAt, Scene, Shown } from '../gestures/gesture';
import { idle, pointerMoved, pressed, released, shownBy, type Press } from '../gestures/press';
import { scrubbing } from '../gestures/scrub';
import { hitTest, type Hit } from '../model/hit-test';
import type { Row } from '../model/rows';
import { frameAt } from '../model/scale';
import { clicked, nothingSelected, type Selection } from '../model/selection';
import { snapTargets } from '../model/snapping';

export interface TimelineGestures {
  /** What a gesture shows instead of what is. */
  readonly shown: Shown;
  readonly cursor: string;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
  /** On the ruler a press moves the playhead at once. */
  readonly onRulerDown: (event: PointerEvent<HTMLElement>) => void;
}

export function useTimelineGestures(rows: readonly Row[]): TimelineGestures {
  const studio = useStudio();
  const press = useRef<Press>(idle);
  const before = useRef({ playhead: 0, scale: studio.timeline.getState().scale });
  const [shown, setShown] = useState<Shown>({});
  const [cursor, setCursor] = useState('default');

  const show = useCallback(
    (next: Press): void => {
      press.current = next;
      const shows = shownBy(next);
      setShown(shows);
      if (shows.playhead !== undefined) studio.timeline.setState({ playhead: shows.playhead, rate: 0 });
      if (shows.scale !== undefined) studio.timeline.setState({ scale: shows.scale });
    },
    [studio],
  );
  const cancel = useCallback((): void => {
    if (press.current.kind === 'dragging') studio.timeline.setState(before.current);
    show(idle);
  }, [show, studio]);

  useEscape(press, cancel);

  const begin = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const { playhead, scale } = studio.timeline.getState();
    before.current = { playhead, scale };
  };

  return {
    shown,
    cursor,
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      begin(event);
      const at = pointerOf(studio, event);
      const keys = keysOf(event);
      const hit = hitTest(studio.document.getState().project, rows, studio.timeline.getState().scale, at.x, at.y);
      const selection = selectionOnPress(studio, hit, keys);
      const scene = sceneOf(studio, rows, selection);
      const { tool } = studio.timeline.getState();
      show(pressed(at, gestureFor(scene, hit, tool, keys, at), clickOutcome(studio, hit, keys)));
    },
    onPointerMove: (event) => {
      const at = pointerOf(studio, event);
      if (press.current.kind === 'idle') {
        const { project } = studio.document.getState();
        setCursor(cursorOf(hitTest(project, rows, studio.timeline.getState().scale, at.x, at.y), studio));
      } else show(pointerMoved(press.current, at));
    },
    onPointerUp: () => {
      take(studio, released(press.current));
      show(idle);
    },
    onPointerCancel: cancel,
    onRulerDown: (event) => {
      if (event.button !== 0) return;
      begin(event);
      const at = pointerOf(studio, event);
      show(pressed(at, scrubbing(sceneOf(studio, rows, nothingSelected), at), { kind: 'nothing' }, true));
    },
  };
}

/** Before the commands hear it: while something is dragged Escape means that. */
function useEscape(press: RefObject<Press>, cancel: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || press.current.kind === 'idle') return;
      event.preventDefault();
      cancel();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [press, cancel]);
}

function take({ document, timeline }: Studio, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'edit':
      document.edit(() => outcome.change);
      return;
    case 'selection':
      timeline.setState({ selection: outcome.selection });
      return;
    case 'playhead':
      timeline.setState({ playhead: outcome.frame });
      return;
    case 'scale':
      timeline.setState({ scale: outcome.scale });
      return;
    case 'nothing':
      return;
  }
}

function sceneOf({ document, timeline, view }: Studio, rows: readonly Row[], selection: Selection): Scene {
  const { project } = document.getState();
  const { scale, playhead } = timeline.getState();
  const targets = view.getState().snapping ? snapTargets(project, playhead, selection) : [];
  return { project, rows, scale, selection, targets };
}

/** A press on a clip that is not selected selects it at once; on one that is, only the click does, so that all can be dragged. */
function selectionOnPress({ document, timeline }: Studio, hit: Hit, keys: Keys): Selection {
  const { selection } = timeline.getState();
  if ((hit.kind !== 'clip' && hit.kind !== 'edge') || selection.has(hit.clip.id) || keys.mod) return selection;
  const next = clicked(document.getState().project, selection, hit.clip, clickMode(keys));
  timeline.setState({ selection: next });
  return next;
}

function clickOutcome({ document, timeline }: Studio, hit: Hit, keys: Keys): Outcome {
  if (hit.kind === 'ladder') return { kind: 'nothing' };
  if (hit.kind === 'empty') return { kind: 'selection', selection: nothingSelected };
  const { selection } = timeline.getState();
  const mode = clickMode(keys);
  if (mode === 'extend') return { kind: 'nothing' };
  return { kind: 'selection', selection: clicked(document.getState().project, selection, hit.clip, mode) };
}

function cursorOf(hit: Hit, { timeline }: Studio): string {
  if (hit.kind === 'edge') return timeline.getState().tool === 'roll' && hit.isCut ? 'col-resize' : 'ew-resize';
  return hit.kind === 'clip' && timeline.getState().tool === 'slip' ? 'grab' : 'default';
}

function pointerOf({ timeline }: Studio, event: PointerEvent<HTMLElement>): PointerAt {
  const box = event.currentTarget.getBoundingClientRect();
  const x = event.clientX - box.left;
  return { x, y: event.clientY - box.top, frame: frameAt(timeline.getState().scale, x), isFree: event.altKey };
}

function keysOf({ shiftKey, ctrlKey, metaKey, altKey }: PointerEvent): Keys {
  return { shift: shiftKey, mod: isMacIn(navigator.userAgent) ? metaKey : ctrlKey, alt: altKey };
}
