/** The surface of the rows: a canvas that paints them, and over it, for keyboard and screen reader, the clips as options of a list. */
import { useCallback, useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useDocument, useSay, useStudio, useView } from '../../studio/use-studio';
import { useCanvas, type Paint } from '../../viewer/use-canvas';
import { hitTest } from '../model/hit-test';
import { lengthFrames } from '../model/project-length';
import { rowsHeight, type Row } from '../model/rows';
import { fitting } from '../model/scale';
import { ClipOptions } from './ClipOptions';
import { paintRows } from './paint-rows';
import { paletteOf } from './palette';
import styles from './timeline.module.css';
import type { TimelineGestures } from './use-timeline-gestures';
import { useWheel } from './use-wheel';

/** Ten seconds at 24 fps: an empty project has room for a first shot or two. */
const beginningFrames = 240;

interface Props {
  readonly rows: readonly Row[];
  readonly gestures: TimelineGestures;
  readonly children: ReactNode;
}

export function Rows({ rows, gestures, children }: Props) {
  const say = useSay();
  const studio = useStudio();
  const surface = useRef<HTMLDivElement>(null);
  const isEmpty = useDocument(({ project }) => project.clips.size === 0);
  useWheel(surface);
  useWidth(surface);
  const canvas = useRowsCanvas(rows, gestures);

  return (
    <div
      ref={surface}
      className={styles['surface']}
      style={{ cursor: gestures.cursor, minHeight: rowsHeight(rows) + 48 }}
      onPointerDown={gestures.onPointerDown}
      onPointerMove={gestures.onPointerMove}
      onPointerUp={gestures.onPointerUp}
      onPointerCancel={gestures.onPointerCancel}
      onDoubleClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const { scale, opened } = studio.timeline.getState();
        const { project } = studio.document.getState();
        const hit = hitTest(project, rows, scale, event.clientX - box.left, event.clientY - box.top);
        if (hit.kind === 'clip' && hit.clip.source.kind === 'shot')
          studio.timeline.setState({ opened: opened === hit.clip.id ? undefined : hit.clip.id });
      }}
    >
      <canvas ref={canvas} className={styles['rows']} style={{ height: rowsHeight(rows) }} aria-hidden />
      <ClipOptions rows={rows} />
      {children}
      {isEmpty && <p className={styles['empty']}>{say('timeline.empty')}</p>}
    </div>
  );
}

function useRowsCanvas(rows: readonly Row[], { shown }: TimelineGestures) {
  const { document, timeline, work } = useStudio();
  const theme = useView((view) => view.theme);
  const paint = useCallback<Paint>(
    (context, size, again) => {
      const state = timeline.getState();
      const scene = {
        project: shown.project ?? document.getState().project,
        rows,
        scale: state.scale,
        selection: shown.selection ?? state.selection,
        playhead: state.playhead,
        work: work.getState(),
        palette: paletteOf(context.canvas),
        shown,
      };
      paintRows(context, size, scene, again);
    },
    // The palette is read while painting: another theme paints again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [document, timeline, work, rows, shown, theme],
  );
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [document.subscribe(listener), timeline.subscribe(listener), work.subscribe(listener)];
      return () => stops.forEach((stop) => stop());
    },
    [document, timeline, work],
  );
  return useCanvas(paint, subscribe);
}

/** Commands that zoom need to know how much is in sight. A window begins with the whole project. */
function useWidth(surface: RefObject<HTMLElement | null>): void {
  const { document, timeline } = useStudio();
  useEffect(() => {
    const element = surface.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const width = element.clientWidth;
      const isFirst = timeline.getState().width === 0 && width > 0;
      const frames = Math.max(beginningFrames, lengthFrames(document.getState().project));
      timeline.setState({ width, ...(isFirst && { scale: fitting(frames, width) }) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [surface, document, timeline]);
}
