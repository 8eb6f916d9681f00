/** What main works on and what there is of each take: queue, ladders, the newest preview of each stage. Follows main's streams. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Preview } from '#shared/inference-contract';
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import type { JobId } from '#shared/studio/job-id';
import type { JobEvent, QueueFacts } from '#shared/studio/jobs';
import type { Ladder, LadderEvent } from '#shared/studio/ladder';
import type { StaleTake } from '#shared/studio/stale-takes';
import type { PackEntry } from '#shared/studio/packs';

/** x̂0 of a stage that is being made. */
export interface LivePreview {
  readonly stage: StageId;
  readonly step: number;
  readonly preview: Preview;
}

/** Where a running job stands. */
export interface Progress {
  readonly stage: StageId;
  readonly step: number;
  readonly steps: number;
  readonly stageShare: number;
  readonly remainingSec: number | undefined;
}

/** An archive that is being opened. */
export interface OpeningArchive {
  readonly file: string;
  /** Bytes read so far, of `of`; 0 of 0 before the first. */
  readonly done: number;
  readonly of: number;
  readonly cancel: () => void;
}

export interface WorkState {
  /** Whether main has said what packs there are; until then `packs` is empty. */
  readonly arePacksKnown: boolean;
  readonly packs: readonly Extract<PackEntry, { state: 'valid' }>[];
  readonly queue: QueueFacts;
  readonly ladders: ReadonlyMap<TakeId, Ladder>;
  /** Of all takes that the project shows, also of those whose ladders are not followed. */
  readonly stale: readonly StaleTake[];
  readonly previews: ReadonlyMap<TakeId, LivePreview>;
  readonly progress: ReadonlyMap<JobId, Progress>;
  readonly archive: OpeningArchive | undefined;
}

export type WorkStore = StoreApi<WorkState>;

export function newWorkStore(): WorkStore {
  return createStore<WorkState>()(() => ({
    arePacksKnown: false,
    packs: [],
    queue: { kind: 'here', jobs: [], isHeld: false },
    ladders: new Map(),
    stale: [],
    previews: new Map(),
    progress: new Map(),
    archive: undefined,
  }));
}

export function takeLadder(state: WorkState, { takeId, ladder }: LadderEvent): Partial<WorkState> {
  const ladders = new Map(state.ladders);
  if (ladder === null) ladders.delete(takeId);
  else ladders.set(takeId, ladder);
  return { ladders };
}

/** Of takes out of sight the last that was heard is kept, to be shown at once when they are in sight again. */
const mostLadders = 1000;

/** Where too many are kept, those that are not `followed` go. */
export function withoutOldLadders({ ladders }: WorkState, followed: ReadonlySet<TakeId>): Partial<WorkState> {
  return ladders.size <= mostLadders ? {} : { ladders: new Map([...ladders].filter(([id]) => followed.has(id))) };
}

/** Pure: what a job's news changes. Events of jobs of no take (the command line's) only show in the queue. */
export function takeJobEvent(state: WorkState, { job, target, event }: JobEvent): Partial<WorkState> {
  switch (event.kind) {
    case 'progress': {
      const { stage, step, steps, stageShare, remainingSec } = event;
      return { progress: new Map(state.progress).set(job, { stage, step, steps, stageShare, remainingSec }) };
    }
    case 'preview': {
      if (target === undefined) return {};
      const { stage, step, preview } = event;
      return { previews: new Map(state.previews).set(target.take, { stage, step, preview }) };
    }
    case 'stage-finished': {
      if (target === undefined || state.previews.get(target.take)?.stage !== event.stage) return {};
      const previews = new Map(state.previews);
      previews.delete(target.take);
      return { previews };
    }
    case 'planned':
    case 'provider':
    case 'waiting':
    case 'stage-started':
    case 'warning':
    case 'retrying':
      return {};
  }
}

/** Forgets where jobs stood that no longer run. */
export function takeQueue(state: WorkState, queue: QueueFacts): Partial<WorkState> {
  const running = new Set(
    queue.kind === 'here' ? queue.jobs.filter((job) => job.state.kind === 'running').map((job) => job.id) : [],
  );
  const targets = new Set(
    queue.kind === 'here'
      ? queue.jobs.flatMap((job) => (running.has(job.id) && job.target ? [job.target.take] : []))
      : [],
  );
  return {
    queue,
    progress: new Map([...state.progress].filter(([id]) => running.has(id))),
    previews: queue.kind === 'here' ? new Map([...state.previews].filter(([id]) => targets.has(id))) : state.previews,
  };
}
