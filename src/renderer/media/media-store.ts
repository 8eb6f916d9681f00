/** What is known of imported media: where their files are, what is being made of them, and the files that are on their way in. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MediaId } from '#shared/project/ids';
import type { MediaStanding, Preparation } from '#shared/studio/media';

/** A file on its way into the project. */
export interface Arrival {
  readonly id: number;
  readonly name: string;
  readonly step: 'waiting' | 'sending' | 'reading' | 'examining';
  /** Of the step. */
  readonly share: number;
  readonly stop: () => void;
}

export interface MediaState {
  readonly standings: ReadonlyMap<MediaId, MediaStanding>;
  /** In the order in which they were brought. */
  readonly arrivals: readonly Arrival[];
}

export type MediaStore = StoreApi<MediaState>;

export function newMediaStore(): MediaStore {
  return createStore<MediaState>()(() => ({ standings: new Map(), arrivals: [] }));
}

/** Pure: the standings as main reports them, those that did not change as they were. */
export function takeStandings(state: MediaState, media: readonly MediaStanding[]): Partial<MediaState> {
  const standings = media.map((standing): [MediaId, MediaStanding] => {
    const known = state.standings.get(standing.mediaId);
    return [standing.mediaId, known !== undefined && isSame(known, standing) ? known : standing];
  });
  return { standings: new Map(standings) };
}

/** Whether a part of it can be played. */
export function isReady(part: Preparation | undefined): boolean {
  return part?.kind === 'ready';
}

function isSame(a: MediaStanding, b: MediaStanding): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
