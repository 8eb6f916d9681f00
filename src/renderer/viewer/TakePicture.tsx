/** A take, or one stage of it, as a small picture; moving, if it is wanted. */
import { useCallback, useRef, useState } from 'react';
import { fitted } from '#shared/edit/fit';
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import { useWork } from '../studio/use-studio';
import { pictureOf, type Picture } from './picture-of';
import { drawFrame, sheetOfPreview, sheetOfStrip, stripOf, type Sheet } from './sheet';
import { useCanvas, type Paint } from './use-canvas';
import { useClock } from './use-clock';

interface Props {
  readonly takeId: TakeId;
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
  const { takeId, stage, moves = false, seconds = usualSeconds, className, width, height } = props;
  const ladder = useWork(({ ladders }) => ladders.get(takeId));
  const live = useWork(({ previews }) => previews.get(takeId));
  const [isHovered, setHovered] = useState(false);
  const isMoving = moves || isHovered || live !== undefined;
  const before = useRef<Sheet>(undefined);
  const paint = useCallback<Paint>(
    (context, size, again) => {
      // Until a finished stage is loaded, what was last seen of it stays.
      const sheet = sheetOf(pictureOf(ladder, live, stage), again) ?? before.current;
      if (sheet === undefined) return;
      before.current = sheet;
      const roundMs = seconds * 1000;
      const share = isMoving ? (performance.now() % roundMs) / roundMs : 0.4;
      const into = fitted(sheet.width, sheet.height, { x: 0, y: 0, width: size.width, height: size.height });
      context.imageSmoothingEnabled = into.width < sheet.width;
      drawFrame(context, sheet, Math.floor(share * sheet.frames), into);
    },
    [ladder, live, stage, isMoving, seconds],
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

/** Undefined until it is loaded; `again` is called when it is. */
function sheetOf(picture: Picture | undefined, again: () => void): Sheet | undefined {
  if (picture?.kind === 'preview') return sheetOfPreview(picture.live.preview);
  if (picture === undefined) return undefined;
  const { url, frames } = stripOf(picture.artifact);
  return sheetOfStrip(url, frames, again);
}
