/** How a person stands before the timeline: what is in sight, selected, opened, in hand, and where the playhead is. Never saved. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clip } from '#shared/project/clip';
import type { ClipId } from '#shared/project/ids';
import type { StageId } from '#shared/pack-manifest';
import type { Tool } from '../timeline/gestures/choose';
import type { Scale } from '../timeline/model/scale';
import { nothingSelected, type Selection } from '../timeline/model/selection';

export interface TimelineState {
  readonly scale: Scale;
  /** Of the rows, in pixels; known once the timeline is on the screen. */
  readonly width: number;
  readonly selection: Selection;
  /** The clip whose ladder is open. */
  readonly opened: ClipId | undefined;
  readonly tool: Tool;
  readonly playhead: number;
  /** Times normal speed; 0: paused, negative: backward. */
  readonly rate: number;
  readonly clipboard: readonly Clip[];
  /** The stage that the viewer and the inspector look at; absent: the edit, and the base. */
  readonly stage: StageId | undefined;
  /** New takes keep the seed. */
  readonly isSeedLocked: boolean;
}

export type TimelineStore = StoreApi<TimelineState>;

export function newTimelineStore(): TimelineStore {
  return createStore<TimelineState>()(() => ({
    scale: { pixelsPerFrame: 4, leftFrame: 0 },
    width: 0,
    selection: nothingSelected,
    opened: undefined,
    tool: 'select',
    playhead: 0,
    rate: 0,
    clipboard: [],
    stage: undefined,
    isSeedLocked: false,
  }));
}
