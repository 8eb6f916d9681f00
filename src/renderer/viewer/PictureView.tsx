/** The picture at the playhead: every layer of the edit, or one stage of the selected shot; with a wipe to another stage or take. */
import { useCallback, useState } from 'react';
import { layersAt } from '#shared/edit/layers-at';
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import { useDocument, useLooking, useSay, useStudio, useTimeline } from '../studio/use-studio';
import type { Wiped } from './looking';
import { paintScene, type Painted } from './paint-scene';
import { shownMoment } from './preview-loop';
import type { Scene } from './scene';
import { useCanvas, type CanvasSize, type Paint } from './use-canvas';
import { useZoomGestures } from './use-zoom-gestures';
import styles from './viewer.module.css';
import { WipeLine } from './WipeLine';
import { zoomed } from './zoomed';

interface Props {
  /** Absent: the edit. */
  readonly stage: StageId | undefined;
  /** Of the selected shot; absent: none is selected. */
  readonly takeId: TakeId | undefined;
  /** Wiped in from the right, where it is of another take in place of the selected one; absent: no wipe. */
  readonly wiped: Wiped | undefined;
}

export function PictureView({ stage, takeId, wiped }: Props) {
  const say = useSay();
  const title = useDocument(({ project }) => project.title);
  const isEmpty = useNothingHere();
  const [wipe, setWipe] = useState(0.5);
  const paintStage = usePaintStage();
  const paint = useCallback<Paint>(
    (context, size, again) => {
      const painted = paintStage(context, size, { stage }, again);
      describe(context.canvas, painted);
      if (wiped === undefined) return;
      context.save();
      context.beginPath();
      context.rect(size.width * wipe, 0, size.width, size.height);
      context.clip();
      context.clearRect(0, 0, size.width, size.height);
      const instead = insteadOf(takeId, wiped.takeId);
      const beside = paintStage(context, size, { stage: wiped.stage, instead }, again);
      describe(context.canvas, { ...painted, isBusy: painted.isBusy || beside.isBusy });
      context.restore();
    },
    [paintStage, stage, takeId, wiped, wipe],
  );
  const { ref, style, ...gestures } = useZoomGestures();
  return (
    <>
      <div ref={ref} className={styles['canvas']} style={style} {...gestures}>
        <canvas
          ref={useCanvas(paint, useRepaint())}
          className={styles['canvas']}
          role="img"
          aria-label={say('viewer.label', { name: title })}
        />
      </div>
      {isEmpty && <p className={styles['nothing']}>{say('viewer.nothing')}</p>}
      {wiped !== undefined && <WipeLine at={wipe} onMove={setWipe} />}
    </>
  );
}

/** What a painted canvas shows, for whoever cannot see it: of which frame, whether it is the frame itself yet, which step of what is made. */
function describe(canvas: HTMLCanvasElement, { frame, isBusy, preview }: PaintedFrame): void {
  canvas.dataset['frame'] = String(frame);
  canvas.setAttribute('aria-busy', String(isBusy));
  if (preview === undefined) delete canvas.dataset['preview'];
  else canvas.dataset['preview'] = `${preview.stage} ${preview.step}`;
}

function insteadOf(of: TakeId | undefined, takeId: TakeId | undefined): Scene['instead'] {
  return of === undefined || takeId === undefined ? undefined : { of, takeId };
}

interface PaintedFrame extends Painted {
  readonly frame: number;
}

function usePaintStage() {
  const { document, timeline, looking, work, media } = useStudio();
  const zoom = useLooking((looking) => looking.zoom);
  return useCallback(
    (
      context: CanvasRenderingContext2D,
      size: CanvasSize,
      what: Pick<Scene, 'stage' | 'instead'>,
      again: () => void,
    ): PaintedFrame => {
      const moment = shownMoment(timeline.getState(), looking.getState());
      const { project } = document.getState();
      const { ladders, previews } = work.getState();
      const { standings } = media.getState();
      const scale = zoom.factor === 'fit' ? 'fit' : 'actual';
      context.save();
      const room = zoomed(context, size, zoom);
      const scene: Scene = { project, ...moment, ladders, previews, standings, scale, ...what };
      const painted = paintScene(context, room, scene, again);
      context.restore();
      return { ...painted, frame: moment.playhead };
    },
    [document, timeline, looking, work, media, zoom],
  );
}

/** Whatever may change the picture. */
function useRepaint(): (listener: () => void) => () => void {
  const { document, timeline, looking, work, media } = useStudio();
  return useCallback(
    (listener) => {
      const stops = [document, timeline, looking, work, media].map((store) => store.subscribe(listener));
      return () => stops.forEach((stop) => stop());
    },
    [document, timeline, looking, work, media],
  );
}

function useNothingHere(): boolean {
  const project = useDocument((document) => document.project);
  return useTimeline(({ playhead }) => layersAt(project, playhead).length === 0);
}
