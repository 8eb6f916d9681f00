/** How fast the timeline scrolls under a drag that is held at its edge or beyond. */

/** Within so many pixels of an edge it begins: where the timeline ends at the screen's edge there is no beyond. */
const edgePixels = 24;
/** So far past that it is fastest. */
const fastestAtPixels = 120;
const fastestPixelsPerSec = { across: 1800, down: 600 };

/**
 * Pixels a second, positive to what is later or further down; 0 in the middle. `at`, and where the drag began: pixels from the left or the top of
 * the `length` that is in sight. A drag that began at the edge scrolls only once it is drawn further out.
 */
export function edgeSpeed(way: keyof typeof fastestPixelsPerSec, at: number, from: number, length: number): number {
  const [least, most] = [Math.min(edgePixels, from), Math.max(length - edgePixels, from)];
  const past = Math.max(0, at - most) - Math.max(0, least - at);
  const share = Math.min(1, Math.abs(past) / fastestAtPixels);
  return past === 0 ? 0 : Math.sign(past) * share * fastestPixelsPerSec[way];
}
