/** Which clips are selected: a set that clicks, keys and marquees change, and that never names a clip that is gone. */
import { endFrame, type Clip } from '#shared/project/clip';
import type { ClipId } from '#shared/project/ids';
import { clipsOfTrack } from '#shared/project/order';
import type { Project } from '#shared/project/project';
import { clipsBetween } from '#shared/project/in-sight';
import type { Row } from './rows';

export type Selection = ReadonlySet<ClipId>;
export const nothingSelected: Selection = new Set();

/** How a click changes it: alone, added or taken out, or everything up to it on its track. */
export type ClickMode = 'replace' | 'toggle' | 'extend';

export function clicked(project: Project, selection: Selection, clip: Clip, mode: ClickMode): Selection {
  switch (mode) {
    case 'replace':
      return new Set([clip.id]);
    case 'toggle':
      return selection.has(clip.id)
        ? new Set([...selection].filter((id) => id !== clip.id))
        : new Set([...selection, clip.id]);
    case 'extend':
      return new Set([...selection, ...stretchTo(project, selection, clip)]);
  }
}

/** From the selected clips of its track up to `clip`, both included. */
function stretchTo(project: Project, selection: Selection, clip: Clip): readonly ClipId[] {
  const clips = clipsOfTrack(project, clip.trackId);
  const chosen = clips.filter(({ id }) => selection.has(id) || id === clip.id);
  const from = chosen[0]?.startFrame ?? clip.startFrame;
  const to = Math.max(...chosen.map(endFrame));
  return clipsBetween(clips, from, to).map(({ id }) => id);
}

/**
 * As Shift and an arrow key change it: from where the keys began (`anchor`) to where they went, in the order of `ids`. Away from there
 * one more is selected, on the way back one less.
 */
export function extendedBy(
  selection: Selection,
  ids: readonly ClipId[],
  { anchor, from, to }: { readonly anchor: ClipId; readonly from: ClipId; readonly to: ClipId },
): Selection {
  const distance = (id: ClipId): number => Math.abs(ids.indexOf(id) - ids.indexOf(anchor));
  if (distance(to) > distance(from)) return new Set([...selection, from, to]);
  return new Set([...selection, to].filter((id) => id !== from));
}

/** A rectangle of time and rows. */
export interface Area {
  readonly fromFrame: number;
  readonly toFrame: number;
  readonly fromY: number;
  readonly toY: number;
}

/** Those on tracks that are not locked: what a command selects by itself, so that it can be acted upon as a whole. */
export function unlockedClips({ clips, tracks }: Pick<Project, 'clips' | 'tracks'>): readonly Clip[] {
  return [...clips.values()].filter(({ trackId }) => tracks.get(trackId)?.locked !== true);
}

/** Clips that the area touches, but for those on locked tracks. */
export function clipsWithin(project: Project, rows: readonly Row[], area: Area): readonly ClipId[] {
  return rows
    .filter((row) => !row.track.locked && row.top < area.toY && row.top + row.height > area.fromY)
    .flatMap((row) => clipsBetween(clipsOfTrack(project, row.track.id), area.fromFrame, area.toFrame))
    .map(({ id }) => id);
}

/** Without clips that an edit removed; the same set where none was. */
export function pruned(project: Project, selection: Selection): Selection {
  const kept = [...selection].filter((id) => project.clips.has(id));
  return kept.length === selection.size ? selection : new Set(kept);
}
