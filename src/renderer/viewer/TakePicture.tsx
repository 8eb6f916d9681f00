/** A take, or one stage of it, as a small picture; moving, if it is wanted. */
import { useCallback, useRef, useState } from 'react';
import { fitted } from '#shared/edit/fit';
import { stageFrame } from '#shared/edit/layers-at';
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import { useWork } from '../studio/use-studio';
import { pictureOf, type Picture } from './picture-of';
import { drawFrame, sheetOfPreview, movingStripOf, sheetOfStrip, type Sheet } from './sheet';
import { useCanvas, type Paint } from './use-canvas';
import { useClock, wantsLessMotion } from './use-clock';
import type { PlayedMoment } from './use-played-moment';

interface Props {
  readonly takeId: TakeId;
  readonly stage?: StageId;
  readonly moves?: boolean;
  /** That one round of it takes; all that move as long move in step. */
  readonly seconds?: number;
  /** While it plays the picture goes by it, also for people who want less motion: they started it. */
  readonly played?: PlayedMoment;
  readonly width?: number;
  readonly height?: number;
  readonly className?: string | undefined;
}

/** Of Imagen Video's clips: 128 frames at 24 a second. */
const usualSeconds = 5.333;

/** Which moment of it is shown where nothing moves: what it is about has begun. */
const stillShare = 0.4;

export function TakePicture(props: Props) {
  const { takeId, stage, moves = false, seconds = usualSeconds, played, className, width, height } = props;
  const ladder = useWork(({ ladders }) => ladders.get(takeId));
  const live = useWork(({ previews }) => previews.get(takeId));
  const [isHovered, setHovered] = useState(false);
  const isMoving = moves || isHovered || live !== undefined;
  const before = useRef<Sheet>(undefined);
  const paint = useCallback<Paint>(
    (context, size, again) => {
      // Until a finished stage is loaded, what was last seen of it stays.
      const sheet = sheetOf(pictureOf(ladder, live, stage), size.height, again) ?? before.current;
      if (sheet === undefined) return;
      before.current = sheet;
      const roundMs = seconds * 1000;
      const share = isMoving && !wantsLessMotion() ? (performance.now() % roundMs) / roundMs : stillShare;
      const into = fitted(sheet.width, sheet.height, { x: 0, y: 0, width: size.width, height: size.height });
      context.imageSmoothingEnabled = into.width < sheet.width;
      const at = played?.now();
      const frame = at === undefined ? share * sheet.frames : stageFrame(at.frame, at.frames, sheet.frames);
      drawFrame(context, sheet, Math.floor(frame), into);
    },
    [ladder, live, stage, isMoving, seconds, played],
  );
  const clock = useClock(isMoving);
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [clock(listener), played?.subscribe(listener)];
      return () => stops.forEach((stop) => stop?.());
    },
    [clock, played],
  );
  const canvas = useCanvas(paint, subscribe);
  return (
    <canvas
      ref={canvas}
      className={className}
      style={width === undefined ? undefined : { width, height }}
      aria-hidden
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    />
  );
}

/** Undefined until it is loaded; `again` is called when it is. */
function sheetOf(picture: Picture | undefined, shownHeight: number, again: () => void): Sheet | undefined {
  if (picture?.kind === 'preview') return sheetOfPreview(picture.live.preview);
  if (picture === undefined) return undefined;
  const { url, frames } = movingStripOf(picture.artifact, shownHeight);
  return sheetOfStrip(url, frames, again);
}
