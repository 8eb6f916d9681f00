/** Presses on the rows: what lies under the pointer decides which gesture begins, and what a mere click does. */
import { useMemo, type PointerEvent } from 'react';
import type { Studio } from '../../studio/studio';
import { useStudio } from '../../studio/use-studio';
import { clickMode, gestureFor, type Keys } from '../gestures/choose';
import type { Outcome } from '../gestures/gesture';
import { hitTest, type Hit } from '../model/hit-test';
import type { Row } from '../model/rows';
import { clicked, nothingSelected, type Selection } from '../model/selection';
import type { Hand } from './hand';
import { keysOf, pointerOf, sceneOf } from './pointer';

export interface PointerHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

export function useRowsGestures(hand: Hand, rows: readonly Row[]): PointerHandlers {
  const studio = useStudio();
  return useMemo(() => {
    const hitOf = (x: number, y: number): Hit => {
      const { scale, selection } = studio.timeline.getState();
      return hitTest(studio.document.getState().project, rows, scale, x, y, selection);
    };
    return {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = pointerOf(studio, event);
        const keys = keysOf(event);
        const hit = hitOf(at.x, at.y);
        const selection = selectionOnPress(studio, hit, keys);
        const scene = sceneOf(studio, rows, selection);
        const { tool } = studio.timeline.getState();
        hand.press(at, gestureFor(scene, hit, tool, keys, at), clickOutcome(studio, hit, keys));
      },
      onPointerMove: (event) => {
        const at = pointerOf(studio, event);
        if (hand.isIdle) event.currentTarget.style.cursor = cursorOf(hitOf(at.x, at.y), studio);
        else hand.move(at, event);
      },
      onPointerUp: () => hand.release(),
      onPointerCancel: () => hand.cancel(),
    };
  }, [studio, hand, rows]);
}

/** A press on a clip that is not selected selects it at once; on one that is, only the click does, so that all can be dragged. */
function selectionOnPress({ document, timeline }: Studio, hit: Hit, keys: Keys): Selection {
  const { selection } = timeline.getState();
  if (!('clip' in hit) || selection.has(hit.clip.id) || keys.mod) return selection;
  const next = clicked(document.getState().project, selection, hit.clip, clickMode(keys));
  timeline.setState({ selection: next, gap: undefined });
  return next;
}

function clickOutcome({ document, timeline }: Studio, hit: Hit, keys: Keys): Outcome {
  if (hit.kind === 'ladder') return { kind: 'nothing' };
  if (hit.kind === 'gap') return { kind: 'gap', gap: hit.gap };
  if (hit.kind === 'empty') return { kind: 'selection', selection: nothingSelected };
  const { selection } = timeline.getState();
  const mode = clickMode(keys);
  if (mode === 'extend') return { kind: 'nothing' };
  return { kind: 'selection', selection: clicked(document.getState().project, selection, hit.clip, mode) };
}

function cursorOf(hit: Hit, { timeline }: Studio): string {
  const { tool } = timeline.getState();
  if (hit.kind === 'handle') return hit.handle.kind === 'level' ? 'ns-resize' : 'ew-resize';
  if (hit.kind === 'edge') return (tool === 'roll' && hit.isCut) || tool === 'stretch' ? 'col-resize' : 'ew-resize';
  return hit.kind === 'clip' && (tool === 'slip' || tool === 'slide') ? 'grab' : 'default';
}
