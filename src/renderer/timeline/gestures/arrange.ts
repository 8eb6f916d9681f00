/** Drags a track by its header to another place among the tracks. */
import { moveTrack } from '#shared/project/edits/tracks';
import type { TrackId } from '#shared/project/ids';
import type { Gesture, PointerAt, Scene } from './gesture';

export function arranging(scene: Scene, startedAt: PointerAt, trackId: TrackId, pointer = startedAt): Gesture {
  const { rows, project } = scene;
  const beforeRow = rows.filter((row) => row.top + (row.height + row.ladderHeight) / 2 < pointer.y).length;
  const from = rows.findIndex(({ track }) => track.id === trackId);
  const toRow = beforeRow > from ? beforeRow - 1 : beforeRow;
  const change = toRow === from ? undefined : moveTrack(project, { trackId, to: rows.length - 1 - toRow });
  return {
    shows: { trackPlace: { trackId, beforeRow } },
    outcome: change === undefined ? { kind: 'nothing' } : { kind: 'edit', change },
    crossesTracks: true,
    moved: (next) => arranging(scene, startedAt, trackId, next),
  };
}
