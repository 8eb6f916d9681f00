/** How a person stands before the timeline: what is in sight, selected, opened, in hand, and where the playhead is. Never saved. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clip } from '#shared/project/clip';
import type { ClipId, TrackId } from '#shared/project/ids';
import type { StageId } from '#shared/pack-manifest';
import type { Tool } from '../timeline/gestures/choose';
import type { Shown } from '../timeline/gestures/gesture';
import type { TrackGap } from '../timeline/model/gap';
import type { Scale } from '../timeline/model/scale';
import { nothingSelected, type Selection } from '../timeline/model/selection';

export interface TimelineState {
  readonly scale: Scale;
  /** Of the rows, in pixels; known once the timeline is on the screen. */
  readonly width: number;
  /** What of the rows is in sight, in pixels from the top of the first. */
  readonly sight: { readonly top: number; readonly height: number };
  readonly selection: Selection;
  /** Instead of clips, a gap can be selected. */
  readonly gap: TrackGap | undefined;
  /** The track that was chosen by its header: what is pasted goes there. */
  readonly track: TrackId | undefined;
  /** The track whose name is being written. */
  readonly renaming: TrackId | undefined;
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
  /** What a gesture shows instead of what is, and where in the window the pointer is meanwhile. */
  readonly shown: Shown;
  readonly pointer: { readonly x: number; readonly y: number };
  readonly isListingMarkers: boolean;
}

export type TimelineStore = StoreApi<TimelineState>;

export function newTimelineStore(): TimelineStore {
  return createStore<TimelineState>()(() => ({
    scale: { pixelsPerFrame: 4, leftFrame: 0 },
    width: 0,
    sight: { top: 0, height: 0 },
    gap: undefined,
    track: undefined,
    renaming: undefined,
    selection: nothingSelected,
    opened: undefined,
    tool: 'select',
    playhead: 0,
    rate: 0,
    clipboard: [],
    stage: undefined,
    isSeedLocked: false,
    shown: {},
    pointer: { x: 0, y: 0 },
    isListingMarkers: false,
  }));
}
