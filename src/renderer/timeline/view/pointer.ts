/** What gestures need to know of an event of the pointer. */
import type { PointerEvent } from 'react';
import { isMacIn } from '../../commands/keys';
import type { Studio } from '../../studio/studio';
import type { Keys } from '../gestures/choose';
import type { PointerAt, Scene } from '../gestures/gesture';
import type { Row } from '../model/rows';
import { frameAt } from '../model/scale';
import { nothingSelected, type Selection } from '../model/selection';
import { snapTargets } from '../model/snapping';

/** From the left and top of the element that listens. */
export function pointerOf({ timeline }: Studio, event: PointerEvent<HTMLElement>): PointerAt {
  const box = event.currentTarget.getBoundingClientRect();
  const x = event.clientX - box.left;
  return { x, y: event.clientY - box.top, frame: frameAt(timeline.getState().scale, x), isFree: event.altKey };
}

export function keysOf({ shiftKey, ctrlKey, metaKey, altKey }: PointerEvent): Keys {
  return { shift: shiftKey, mod: isMacIn(navigator.userAgent) ? metaKey : ctrlKey, alt: altKey };
}

/** What a gesture that begins now works on. */
export function sceneOf(studio: Studio, rows: readonly Row[], selection: Selection = nothingSelected): Scene {
  const { project } = studio.document.getState();
  const { scale, playhead } = studio.timeline.getState();
  const targets = studio.view.getState().snapping ? snapTargets(project, playhead, selection) : [];
  return { project, rows, scale, selection, targets };
}
