/** What the viewer shows: the edit or a stage, a ladder, a grid of takes, or clips side by side; and how large. Never saved. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import { fit, type Zoom } from './zoom';

export const lookingModes = ['picture', 'ladder', 'takes', 'compare'] as const;
export type LookingMode = (typeof lookingModes)[number];

/** One of the clips side by side. */
export interface Side {
  readonly takeId: TakeId;
  /** Absent: the highest that is there. */
  readonly stage: StageId | undefined;
}

/** What is wiped in from the right of what is shown. */
export interface Wiped {
  /** Another take of the shot; absent: the one that is shown. */
  readonly takeId: TakeId | undefined;
  /** Absent: what the edit would show of it. */
  readonly stage: StageId | undefined;
}

export const fewestSides = 2;
export const mostSides = 4;

export interface Looking {
  readonly mode: LookingMode;
  /** Of the picture, and of all clips side by side alike. */
  readonly zoom: Zoom;
  /** Absent: the edit; in the grid of takes the highest that there is. */
  readonly stage: StageId | undefined;
  /** Absent: no wipe. */
  readonly wiped: Wiped | undefined;
  /** The frame of the edit that is shown instead of the playhead's while what is being made there goes round; absent: the playhead's. */
  readonly turned: number | undefined;
  /** Takes that were being made when a person last moved the playhead: these stand still at it. */
  readonly stilled: ReadonlySet<TakeId>;
  readonly sides: readonly Side[];
  /** Takes that are chosen in the grid. */
  readonly marked: ReadonlySet<TakeId>;
  /** The grid shows takes with at least as many stars. */
  readonly leastRating: number;
}

export type LookingStore = StoreApi<Looking>;

export function newLookingStore(): LookingStore {
  return createStore<Looking>()(() => ({
    mode: 'picture',
    zoom: fit,
    stage: undefined,
    wiped: undefined,
    turned: undefined,
    stilled: new Set(),
    sides: [],
    marked: new Set(),
    leastRating: 0,
  }));
}
