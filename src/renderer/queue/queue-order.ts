/** The queue as a person sees it: what is open in its order, what ended, how long it all takes, and where a moved job goes. Pure. */
import type { JobId } from '#shared/studio/job-id';
import type { JobFacts, QueueAction } from '#shared/studio/jobs';

export interface QueueLists {
  /** Waiting, running or paused, in the order in which they run. */
  readonly open: readonly JobFacts[];
  /** The newest first. */
  readonly ended: readonly JobFacts[];
}

const openKinds: ReadonlySet<JobFacts['state']['kind']> = new Set(['waiting', 'running', 'paused']);

export function queueLists(jobs: readonly JobFacts[]): QueueLists {
  return {
    open: jobs.filter(({ state }) => openKinds.has(state.kind)),
    ended: jobs.filter(({ state }) => !openKinds.has(state.kind)).toReversed(),
  };
}

export interface TotalTime {
  readonly seconds: number;
  /** Jobs whose time is not known: `seconds` is without them. */
  readonly unknown: number;
}

/** Of all that is to run; what is paused does not count. */
export function totalTime(open: readonly JobFacts[], remainingOf: (id: JobId) => number | undefined): TotalTime {
  const times = open
    .filter(({ state }) => state.kind !== 'paused')
    .map(({ id, seconds }) => remainingOf(id) ?? seconds);
  return {
    seconds: times.reduce((sum: number, time) => sum + (time ?? 0), 0),
    unknown: times.filter((time) => time === undefined).length,
  };
}

/** The action that puts a job at place `to` of the open ones; undefined where it lies there. */
export function moveTo(open: readonly JobFacts[], id: JobId, to: number): QueueAction | undefined {
  const from = open.findIndex((job) => job.id === id);
  const place = Math.min(open.length - 1, Math.max(0, to));
  if (from === -1 || from === place) return undefined;
  const before = open.filter((job) => job.id !== id)[place];
  return { kind: 'move', id, ...(before !== undefined && { before: before.id }) };
}
