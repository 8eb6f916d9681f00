/** Moves the selected clips in time and between tracks. */
import { endFrame } from '#shared/project/clip';
import { moveClips } from '#shared/project/edits/move-clips';
import { rowAt, tracksUp } from '../model/rows';
import type { Gesture, PointerAt, Scene } from './gesture';
import { furthest, unmoved, type Reached } from './possible';
import { distance } from './shift';

interface Place {
  readonly reached: Reached;
  readonly byTracks: number;
  readonly clingsTo?: number | undefined;
}

export function moving(scene: Scene, startedAt: PointerAt, place: Place = { reached: unmoved, byTracks: 0 }): Gesture {
  const { change, by } = place.reached;
  return {
    shows: {
      readout: { kind: 'by', frames: by },
      ...(change && { project: change.project }),
      ...(place.clingsTo !== undefined && { snappedAt: place.clingsTo }),
    },
    outcome: change === undefined ? { kind: 'nothing' } : { kind: 'edit', change },
    crossesTracks: true,
    moved: (pointer) => moving(scene, startedAt, placeAt(scene, startedAt, place, pointer)),
  };
}

function placeAt(scene: Scene, startedAt: PointerAt, last: Place, pointer: PointerAt): Place {
  const { project, selection } = scene;
  const clips = [...selection].flatMap((id) => project.clips.get(id) ?? []);
  const clipIds = clips.map(({ id }) => id);
  const edges = clips.length > 64 ? [] : clips.flatMap((clip) => [clip.startFrame, endFrame(clip)]);
  const { wanted, clingsTo } = distance({ scene, startedAt, edges }, pointer);
  const byTracks = tracksTo(scene, startedAt, pointer);
  const there = furthest((byFrames) => moveClips(project, { clipIds, byFrames, byTracks }), unmoved, wanted);
  if (byTracks !== 0 && (there.by === wanted || there.change !== undefined))
    return { reached: there, byTracks, clingsTo: there.by === wanted ? clingsTo : undefined };
  const from = last.byTracks === 0 ? last.reached : unmoved;
  const here = furthest((byFrames) => moveClips(project, { clipIds, byFrames }), from, wanted);
  return { reached: here, byTracks: 0, clingsTo: here.by === wanted ? clingsTo : undefined };
}

function tracksTo({ rows }: Scene, startedAt: PointerAt, pointer: PointerAt): number {
  const from = rowAt(rows, startedAt.y);
  const to = rowAt(rows, pointer.y);
  return from === undefined || to === undefined ? 0 : tracksUp(rows, from, to);
}
