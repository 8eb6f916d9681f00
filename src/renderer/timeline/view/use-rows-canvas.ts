/** The canvas of the rows: painted again when the project, the view of it, what main works on, or the theme changes. */
import { useCallback, type RefCallback } from 'react';
import { useStudio } from '../../studio/use-studio';
import { useCanvas, type Paint } from '../../viewer/use-canvas';
import type { Row } from '../model/rows';
import { paintRows } from './paint-rows';
import { paletteOf } from './palette';

export function useRowsCanvas(rows: readonly Row[]): RefCallback<HTMLCanvasElement> {
  const { document, timeline, work, media, view } = useStudio();
  const paint = useCallback<Paint>(
    (context, size, again) => {
      const { scale, playhead, shown, sight, selection, gap } = timeline.getState();
      const chosen = shown.selection ?? selection;
      const scene = {
        project: shown.project ?? document.getState().project,
        rows,
        scale,
        selection: chosen,
        gap: chosen.size === 0 ? gap : undefined,
        playhead,
        scrolledBy: sight.top,
        work: work.getState(),
        media: media.getState(),
        palette: paletteOf(context.canvas),
        shown,
      };
      paintRows(context, size, scene, again);
    },
    [document, timeline, work, media, rows],
  );
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [document, timeline, work, media, view].map((store) => store.subscribe(listener));
      return () => stops.forEach((stop) => stop());
    },
    [document, timeline, work, media, view],
  );
  return useCanvas(paint, subscribe);
}
