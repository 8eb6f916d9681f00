/** Drags the line of a clip up and down: its opacity, or on a track of sound its volume. */
import type { Clip } from '#shared/project/clip';
import { setLevels } from '#shared/project/edits/appearance';
import { levelAfter } from '../model/handles';
import type { Row } from '../model/rows';
import type { Gesture, PointerAt, Scene } from './gesture';

export function levelling(
  scene: Scene,
  startedAt: PointerAt,
  clip: Clip,
  row: Row,
  pointer: PointerAt = startedAt,
): Gesture {
  const kind = row.track.kind === 'video' ? 'opacity' : 'volume';
  const share = levelAfter(clip, row, pointer.y - startedAt.y);
  const change = share === clip[kind] ? undefined : setLevels(scene.project, { clipIds: [clip.id], [kind]: share });
  return {
    shows: { readout: { kind, share }, ...(change && { project: change.project }) },
    outcome: change === undefined ? { kind: 'nothing' } : { kind: 'edit', change },
    moved: (next) => levelling(scene, startedAt, clip, row, next),
  };
}
