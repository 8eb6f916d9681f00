/** Drags the lower edge of a track's header: the track is drawn higher or lower. It changes nothing of the project. */
import { leastRowPixels, mostRowPixels, type Row } from '../model/rows';
import type { Gesture, PointerAt } from './gesture';

export function heightening(startedAt: PointerAt, row: Row, pointer = startedAt): Gesture {
  const wanted = Math.round(row.height + pointer.y - startedAt.y);
  const pixels = Math.min(mostRowPixels, Math.max(leastRowPixels, wanted));
  const trackId = row.track.id;
  return {
    shows: { heights: { [trackId]: pixels } },
    outcome: { kind: 'height', trackId, pixels },
    moved: (next) => heightening(startedAt, row, next),
  };
}
