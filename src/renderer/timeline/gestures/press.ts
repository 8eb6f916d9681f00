/**
 * The life of a press: down, perhaps dragged, then up or cancelled. A press that never leaves a few pixels stays a click; Escape, a
 * lost pointer or a changed project forget the gesture, and nothing happened.
 */
import type { Gesture, Outcome, PointerAt, Shown } from './gesture';

export type Press =
  | { readonly kind: 'idle' }
  | { readonly kind: 'down'; readonly at: PointerAt; readonly gesture: Gesture | undefined; readonly click: Outcome }
  | { readonly kind: 'dragging'; readonly gesture: Gesture };

export const idle: Press = { kind: 'idle' };

/** Pixels that a hand may tremble. */
const clickPixels = 3;

/** `click`: what happens if it never becomes a drag. `atOnce`: there is no click, it drags from the first moment (the ruler). */
export function pressed(at: PointerAt, gesture: Gesture | undefined, click: Outcome, atOnce = false): Press {
  return atOnce && gesture !== undefined ? { kind: 'dragging', gesture } : { kind: 'down', at, gesture, click };
}

export function pointerMoved(press: Press, pointer: PointerAt): Press {
  switch (press.kind) {
    case 'idle':
      return press;
    case 'down':
      if (Math.hypot(pointer.x - press.at.x, pointer.y - press.at.y) < clickPixels || press.gesture === undefined)
        return press;
      return { kind: 'dragging', gesture: press.gesture.moved(pointer) };
    case 'dragging':
      return { kind: 'dragging', gesture: press.gesture.moved(pointer) };
  }
}

/** What a release brings. A press that was cancelled brings nothing. */
export function released(press: Press): Outcome {
  switch (press.kind) {
    case 'idle':
      return { kind: 'nothing' };
    case 'down':
      return press.click;
    case 'dragging':
      return press.gesture.outcome;
  }
}

export function shownBy(press: Press): Shown {
  return press.kind === 'dragging' ? press.gesture.shows : {};
}
