/** The gestures that drag something along time: they differ in what clings, and in the edit they make of the distance. */
import type { Change } from '#shared/project/change';
import { snapOf, snapPixels } from '../model/snapping';
import type { Gesture, PointerAt, Readout, Scene } from './gesture';
import { furthest, unmoved, type Reached } from './possible';

export interface Shift {
  readonly scene: Scene;
  readonly startedAt: PointerAt;
  /** Moments of the edges that cling to others; empty: none. */
  readonly edges: readonly number[];
  /** The edit for a distance in frames; may refuse. */
  readonly make: (byFrames: number) => Change;
  /** What is said of the distance that was reached. Absent: the distance itself. */
  readonly readout?: (reached: Reached) => Readout;
}

export function shifting(shift: Shift, reached: Reached = unmoved, snappedAt?: number): Gesture {
  const { change, by } = reached;
  return {
    shows: {
      readout: shift.readout?.(reached) ?? { kind: 'by', frames: by },
      ...(change && { project: change.project }),
      ...(snappedAt !== undefined && { snappedAt }),
    },
    outcome: change === undefined ? { kind: 'nothing' } : { kind: 'edit', change },
    moved: (pointer) => {
      const { wanted, clingsTo } = distance(shift, pointer);
      const next = furthest(shift.make, reached, wanted);
      return shifting(shift, next, next.by === wanted ? clingsTo : undefined);
    },
  };
}

/** Whole frames from where it started, and the moment that an edge clings to. */
export function distance(
  { scene, startedAt, edges }: Pick<Shift, 'scene' | 'startedAt' | 'edges'>,
  pointer: PointerAt,
): { readonly wanted: number; readonly clingsTo: number | undefined } {
  const byFrames = Math.round(pointer.frame - startedAt.frame);
  if (pointer.isFree) return { wanted: byFrames, clingsTo: undefined };
  const moved = edges.map((edge) => edge + byFrames);
  const snap = snapOf(moved, scene.targets, snapPixels / scene.scale.pixelsPerFrame);
  return { wanted: byFrames + (snap?.byFrames ?? 0), clingsTo: snap?.atFrame };
}
