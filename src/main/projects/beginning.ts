/** What a project begins with: the usual tracks, and no history. */
import { newTrackId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { Track } from '#shared/project/track';
import { emptyStacks } from './entry';
import type { ProjectState } from './snapshot';

/** Anew each time, since each has an id. From the bottom to the top. */
export function usualTracks(): readonly Track[] {
  const state = { muted: false, locked: false };
  return [
    { id: newTrackId(), kind: 'audio', name: 'A1', ...state },
    { id: newTrackId(), kind: 'video', name: 'V1', ...state },
    { id: newTrackId(), kind: 'video', name: 'V2', ...state },
  ];
}

export function startOf(project: Project): ProjectState {
  return { project, revision: 0, stacks: emptyStacks };
}
