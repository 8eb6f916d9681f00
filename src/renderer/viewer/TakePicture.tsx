/** A take, or one stage of it, as a small picture; moving, if it is wanted. */
import { useCallback, useState } from 'react';
import { fitted } from '#shared/edit/fit';
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import { useWork } from '../studio/use-studio';
import { paintPicture } from './paint-picture';
import { pictureOf } from './picture-of';
import { drawFrame, sheetOfStrip, stripOf } from './sheet';
import { useCanvas, type Paint } from './use-canvas';
import { useClock } from './use-clock';

interface Props {
  readonly takeId: TakeId;
  /** Of the final clip. */
  readonly frames: number;
  readonly stage?: StageId;
  readonly moves?: boolean;
  /** That one round of it takes; all that move as long move in step. */
  readonly seconds?: number;
  readonly width?: number;
  readonly height?: number;
  readonly className?: string | undefined;
}

/** Of Imagen Video's clips: 128 frames at 24 a second. */
const usualSeconds = 5.333;

export function TakePicture(props: Props) {
  const { takeId, frames, stage, moves = false, seconds = usualSeconds, className, width, height } = props;
  const ladder = useWork(({ ladders }) => ladders.get(takeId));
  const live = useWork(({ previews }) => previews.get(takeId));
  const [isHovered, setHovered] = useState(false);
  const isMoving = moves || isHovered || live !== undefined;
  const paint = useCallback<Paint>(
    (context, size, again) => {
      const picture = pictureOf(ladder, live, stage);
      if (picture === undefined) return;
      const roundMs = seconds * 1000;
      const share = isMoving ? (performance.now() % roundMs) / roundMs : 0.4;
      const shape = picture.kind === 'preview' ? picture.live.preview : picture.artifact;
      const into = fitted(shape.width, shape.height, { x: 0, y: 0, width: size.width, height: size.height });
      if (picture.kind === 'preview') {
        paintPicture(context, picture, { frame: Math.floor(share * frames), frames, rate: 0 }, into, again);
        return;
      }
      const { url, frames: count } = stripOf(picture.artifact);
      const sheet = sheetOfStrip(url, count, again);
      context.imageSmoothingEnabled = into.width < shape.width;
      if (sheet !== undefined) drawFrame(context, sheet, Math.floor(share * count), into);
    },
    [ladder, live, stage, isMoving, frames, seconds],
  );
  const canvas = useCanvas(paint, useClock(isMoving));
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
