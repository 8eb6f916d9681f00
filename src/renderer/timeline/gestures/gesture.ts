/**
 * What a gesture on the timeline is: a value that each movement of the pointer turns into the next one. It never touches the
 * project; while it lasts the timeline draws `shows`, and it ends in one outcome. To cancel it, forget it.
 */
import type { Change } from '#shared/project/change';
import type { TrackId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { TrackGap } from '../model/gap';
import type { Row, TrackHeights } from '../model/rows';
import type { Scale } from '../model/scale';
import type { Selection } from '../model/selection';

/** Where the pointer is. */
export interface PointerAt {
  /** Pixels from the left of the rows and from the top of the first one. */
  readonly x: number;
  readonly y: number;
  /** The moment under it, fractional. */
  readonly frame: number;
  /** Held down: edges do not cling. */
  readonly isFree: boolean;
}

/** What stays the same as long as a gesture lasts. */
export interface Scene {
  readonly project: Project;
  readonly rows: readonly Row[];
  readonly scale: Scale;
  readonly selection: Selection;
  /** As `snapTargets` gives them; empty: snapping is off. */
  readonly targets: readonly number[];
}

/** What to draw instead of what is. Absent: as it is. */
export interface Shown {
  readonly project?: Project;
  readonly selection?: Selection;
  readonly playhead?: number;
  readonly scale?: Scale;
  /** A moment that an edge clings to. */
  readonly snappedAt?: number;
  readonly heights?: TrackHeights;
  readonly marquee?: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** Said beside the pointer. */
  readonly readout?: Readout;
  /** The place that a track would take, counted from the top row. */
  readonly trackPlace?: { readonly trackId: TrackId; readonly beforeRow: number };
}

/** What a gesture measures. */
export type Readout =
  /** Something gets later, longer, or the other way round. */
  | { readonly kind: 'by'; readonly frames: number }
  | { readonly kind: 'fade' | 'dissolve'; readonly frames: number }
  | { readonly kind: 'opacity' | 'volume' | 'speed'; readonly share: number };

export type Outcome =
  | { readonly kind: 'edit'; readonly change: Change }
  | { readonly kind: 'selection'; readonly selection: Selection }
  | { readonly kind: 'playhead'; readonly frame: number }
  | { readonly kind: 'scale'; readonly scale: Scale }
  | { readonly kind: 'gap'; readonly gap: TrackGap }
  /** A row is as high as this from now on, in pixels. */
  | { readonly kind: 'height'; readonly trackId: TrackId; readonly pixels: number }
  | { readonly kind: 'nothing' };

export interface Gesture {
  readonly shows: Shown;
  readonly outcome: Outcome;
  /** It may end on a track that is not in sight. */
  readonly crossesTracks?: true;
  moved(pointer: PointerAt): Gesture;
}
