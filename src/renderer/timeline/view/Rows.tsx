/** The surface of the rows: a canvas that paints what is in sight, and over it, for keyboard and screen reader, the clips as options of a list. */
import { useEffect, useRef, type MouseEvent, type ReactNode, type RefObject } from 'react';
import { useMediaDrop } from '../../media/use-media-drop';
import { useDocument, useSay, useStudio, useTimeline } from '../../studio/use-studio';
import { hitTest } from '../model/hit-test';
import { rowsHeight, type Row } from '../model/rows';
import { wholeInSight } from '../model/whole';
import { ClipMenu } from './ClipMenu';
import { ClipOptions } from './ClipOptions';
import styles from './timeline.module.css';
import { useRowsCanvas } from './use-rows-canvas';
import type { PointerHandlers } from './use-rows-gestures';
import { useWheel } from './use-wheel';

/** Below the last row: room to drop something there. */
const roomBelow = 24;

interface Props {
  readonly rows: readonly Row[];
  readonly gestures: PointerHandlers;
  readonly children: ReactNode;
}

export function Rows({ rows, gestures, children }: Props) {
  const say = useSay();
  const studio = useStudio();
  const surface = useRef<HTMLDivElement>(null);
  const isEmpty = useDocument(({ project }) => project.clips.size === 0);
  const height = useTimeline(({ sight }) => sight.height);
  const canvas = useRowsCanvas(rows);
  const drop = useMediaDrop(rows);
  useWheel(surface);
  useWidth(surface);

  /** A double click on a clip of a shot opens its ladder; on its name as on its pictures. */
  const onDoubleClick = (event: MouseEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const { scale, opened } = studio.timeline.getState();
    const { project } = studio.document.getState();
    const hit = hitTest(project, rows, scale, event.clientX - box.left, event.clientY - box.top);
    if (hit.kind === 'clip' && hit.clip.source.kind === 'shot')
      studio.timeline.setState({ opened: opened === hit.clip.id ? undefined : hit.clip.id });
  };

  return (
    <ClipMenu rows={rows}>
      <div
        ref={surface}
        className={styles['surface']}
        data-surface="rows"
        style={{ minHeight: rowsHeight(rows) + roomBelow }}
        {...gestures}
        {...drop}
        onDoubleClick={onDoubleClick}
      >
        <canvas ref={canvas} className={styles['rows']} style={{ height }} aria-hidden />
        <ClipOptions rows={rows} />
        {children}
        {isEmpty && <p className={styles['empty']}>{say('timeline.empty')}</p>}
      </div>
    </ClipMenu>
  );
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
      timeline.setState({ width, ...(isFirst && { scale: wholeInSight(document.getState().project, width) }) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [surface, document, timeline]);
}
