/** Puts a zoom on a canvas: whatever is painted after it lies where the zoom says. */
import type { CanvasSize } from './use-canvas';
import type { Zoom } from './zoom';

/** The size to paint for. Until `restore`, one CSS pixel of it is one pixel of a picture that is painted at its own size. */
export function zoomed(context: CanvasRenderingContext2D, size: CanvasSize, { factor, x, y }: Zoom): CanvasSize {
  if (factor === 'fit') return size;
  const scale = factor / size.ratio;
  context.translate(size.width / 2 + x, size.height / 2 + y);
  context.scale(scale, scale);
  context.translate(-size.width / 2, -size.height / 2);
  return { ...size, ratio: 1 };
}
