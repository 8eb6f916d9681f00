/** The film strip of one stage under its clip: as the clip is trimmed, so is the strip. A stage in the making shows its x̂0. */
import { useCallback } from 'react';
import type { StageId } from '#shared/pack-manifest';
import { sourceFrameAt } from '#shared/project/source';
import { stripUrl } from '#shared/studio/media-url';
import type { SelectedShot } from '../studio/selected';
import { useDocument, useTimeline, useWork } from '../studio/use-studio';
import { frameAt } from '../timeline/model/scale';
import { stageFrame } from '#shared/edit/layers-at';
import { pictureOf, type Picture } from '../viewer/picture-of';
import { drawFrame, sheetOfPreview, sheetOfStrip, type Sheet } from '../viewer/sheet';
import { useCanvas, type Paint } from '../viewer/use-canvas';

interface Props {
  readonly selected: SelectedShot;
  readonly stage: StageId;
  /** Where the strip begins, in pixels of the timeline. */
  readonly left: number;
}

const mostPictures = 32;

export function StageStrip({ selected: { clip, take, shot }, stage, left }: Props) {
  const project = useDocument((document) => document.project);
  const scale = useTimeline((timeline) => timeline.scale);
  const ladder = useWork(({ ladders }) => ladders.get(take.id));
  const live = useWork(({ previews }) => previews.get(take.id));
  const paint = useCallback<Paint>(
    (context, { width, height }, again) => {
      const sheet = sheetOf(pictureOf(ladder, live, stage), again);
      if (sheet === undefined) return;
      const step = Math.max(8, Math.round((height * sheet.width) / sheet.height));
      context.imageSmoothingEnabled = sheet.height > height;
      for (let x = 0; x < width; x += step) {
        const moment = Math.max(clip.startFrame, Math.floor(frameAt(scale, left + x)));
        const frame = stageFrame(sourceFrameAt(project, clip, moment), shot.frames, sheet.frames);
        drawFrame(context, sheet, frame, { x, y: 0, width: step, height });
      }
    },
    [project, scale, ladder, live, stage, clip, shot, left],
  );
  return <canvas ref={useCanvas(paint)} aria-hidden />;
}

function sheetOf(picture: Picture | undefined, again: () => void): Sheet | undefined {
  if (picture?.kind === 'preview') return sheetOfPreview(picture.live.preview);
  if (picture === undefined) return undefined;
  const { key, frames, height } = picture.artifact;
  const count = Math.min(mostPictures, frames);
  return sheetOfStrip(stripUrl(key, count, Math.max(8, Math.min(64, height))), count, again);
}
