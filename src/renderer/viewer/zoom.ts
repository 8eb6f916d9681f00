/** How large a picture is shown, and which part of it: arithmetic without a screen. */

export interface Zoom {
  /** Pixels of the screen for each of the picture; `fit`: as large as there is room. */
  readonly factor: number | 'fit';
  /** How far the middle of the picture lies from the middle of the room, in CSS pixels. */
  readonly x: number;
  readonly y: number;
}

export const fit: Zoom = { factor: 'fit', x: 0, y: 0 };

/** Whole numbers show each pixel as a square of pixels: nothing is blurred, nothing is invented. */
export const zoomFactors = [1, 2, 4, 8, 16, 32] as const;

/** In the middle of the room. */
export function zoomTo(factor: Zoom['factor']): Zoom {
  return { factor, x: 0, y: 0 };
}

/** The next larger (1) or smaller (−1) factor; what lies at `at` (from the middle of the room) stays there. Below 100 % it fits. */
export function zoomStep({ factor, x, y }: Zoom, direction: 1 | -1, at = { x: 0, y: 0 }): Zoom {
  const before = factor === 'fit' ? 0 : zoomFactors.findIndex((each) => each >= factor) + 1;
  const next = before + direction;
  if (next <= 0) return fit;
  const larger = zoomFactors[Math.min(zoomFactors.length, next) - 1] ?? 1;
  if (factor === 'fit') return { factor: larger, x: 0, y: 0 };
  const ratio = larger / factor;
  return { factor: larger, x: at.x + (x - at.x) * ratio, y: at.y + (y - at.y) * ratio };
}

/** A picture that fits stays where it is. */
export function panned(zoom: Zoom, by: { readonly x: number; readonly y: number }): Zoom {
  return zoom.factor === 'fit' ? zoom : { ...zoom, x: zoom.x + by.x, y: zoom.y + by.y };
}
