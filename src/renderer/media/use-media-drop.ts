/** Drops onto the rows of the timeline: media of the library, and files, which are imported first. */
import { useMemo, type DragEvent } from 'react';
import { endFrame } from '#shared/project/clip';
import type { Studio } from '../studio/studio';
import { useStudio } from '../studio/use-studio';
import type { Row } from '../timeline/model/rows';
import { nothingSelected } from '../timeline/model/selection';
import { snapTargets } from '../timeline/model/snapping';
import { placeMedia } from './act-on-media';
import { bringsFiles, broughtFiles } from './brought-file';
import { importAndSay } from './choose-media';
import { carriedMedia, carriesMedia, dropPlace, type DropPlace } from './drag-media';

export interface DropHandlers {
  readonly onDragOver: (event: DragEvent<HTMLElement>) => void;
  readonly onDrop: (event: DragEvent<HTMLElement>) => void;
}

export function useMediaDrop(rows: readonly Row[]): DropHandlers {
  const studio = useStudio();
  return useMemo(
    () => ({
      onDragOver: (event) => {
        if (!carriesMedia(event.dataTransfer) && !bringsFiles(event.dataTransfer)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDrop: (event) => {
        if (!carriesMedia(event.dataTransfer) && !bringsFiles(event.dataTransfer)) return;
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        const { scale, playhead } = studio.timeline.getState();
        const { project } = studio.document.getState();
        const targets = studio.view.getState().snapping ? snapTargets(project, playhead, nothingSelected) : [];
        const at = { x: event.clientX - box.left, y: event.clientY - box.top };
        const place = dropPlace(rows, scale, at, targets);
        const mediaId = carriedMedia(event.dataTransfer);
        if (mediaId === undefined) void importAndPlace(studio, [...event.dataTransfer.files], place);
        else placeMedia(studio, mediaId, place);
      },
    }),
    [studio, rows],
  );
}

/** One behind the other, where they were dropped; where that track has no room the next one takes it. */
async function importAndPlace(studio: Studio, files: readonly File[], place: DropPlace): Promise<void> {
  let { atFrame } = place;
  for (const { mediaId } of await importAndSay(studio, broughtFiles(files))) {
    await known(studio, mediaId);
    const placed = placeMedia(studio, mediaId, { ...place, atFrame });
    if (placed !== undefined) atFrame = endFrame(placed);
  }
}

/** Main makes the edit that adds media; this window hears of it a moment later. */
function known({ document }: Studio, mediaId: string): Promise<void> {
  const isKnown = (): boolean => [...document.getState().project.media.keys()].some((id) => id === mediaId);
  if (isKnown()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = document.subscribe(() => {
      if (!isKnown()) return;
      stop();
      resolve();
    });
  });
}
