/** What a drag from the library carries, and where on the timeline a drop falls. */
import { mediaIdSchema, type MediaId, type TrackId } from '#shared/project/ids';
import { rowAt, type Row } from '../timeline/model/rows';
import { frameAt, type Scale } from '../timeline/model/scale';
import { snapOf, snapPixels } from '../timeline/model/snapping';

const mediaType = 'application/x-sluice-media';

export function carryMedia(transfer: DataTransfer, mediaId: MediaId): void {
  transfer.setData(mediaType, mediaId);
  transfer.effectAllowed = 'copy';
}

export function carriesMedia(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes(mediaType) === true;
}

/** Undefined where it carries something else. */
export function carriedMedia(transfer: DataTransfer): MediaId | undefined {
  return mediaIdSchema.safeParse(transfer.getData(mediaType)).data;
}

export interface DropPlace {
  readonly atFrame: number;
  /** Absent: below the last track. */
  readonly trackId: TrackId | undefined;
}

/** `x`, `y` from the left and top of the first row. `targets`: moments that it clings to, in order. */
export function dropPlace(
  rows: readonly Row[],
  scale: Scale,
  { x, y }: { readonly x: number; readonly y: number },
  targets: readonly number[] = [],
): DropPlace {
  const row = rowAt(rows, y);
  const isOn = row !== undefined && y < row.top + row.height + row.ladderHeight;
  const frame = Math.max(0, Math.round(frameAt(scale, x)));
  const snap = snapOf([frame], targets, snapPixels / scale.pixelsPerFrame);
  return { atFrame: snap?.atFrame ?? frame, trackId: isOn ? row.track.id : undefined };
}
