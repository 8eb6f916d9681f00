/** Where a picture of one shape lies within another: as large as it can be, centred, on whole pixels. */
import type { Size } from '../units';

export interface Rectangle extends Size {
  readonly x: number;
  readonly y: number;
}

/** The largest rectangle of a shape within another, centred, on whole pixels; at least one a side. */
export function fitted(width: number, height: number, within: Rectangle): Rectangle {
  const scale = Math.min(within.width / width, within.height / height);
  return centred(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), within);
}

export function centred(width: number, height: number, within: Rectangle): Rectangle {
  const x = within.x + Math.round((within.width - width) / 2);
  const y = within.y + Math.round((within.height - height) / 2);
  return { x, y, width, height };
}
