/**
 * What running jobs tell, for whoever listens: windows come and go, jobs do not care. Whoever begins to listen in the middle first hears
 * where the running job stands, with its last preview.
 */
import type { z } from 'zod';
import type { StageId } from '#shared/pack-manifest';
import type { JobId } from '#shared/studio/job-id';
import { mostPreviewBytes, type jobEventSchema, type JobTarget } from '#shared/studio/jobs';
import type { CascadeEvent } from '../jobs/cascade-job';
import { followEvents } from './follow';

type EventFacts = z.input<typeof jobEventSchema>;
type Happening = EventFacts['event'];

/** How far a running job is. */
export interface JobStanding {
  readonly stage: StageId | undefined;
  readonly step: number;
  readonly steps: number;
  readonly share: number;
}

const droppable = new Set<Happening['kind']>(['progress', 'preview']);
/** Of these a late listener hears the last one. */
const replayed: readonly Happening['kind'][] = ['planned', 'provider', 'stage-started', 'progress', 'preview'];

export class JobNews {
  private readonly listeners = new Set<(event: EventFacts) => void>();
  private readonly last = new Map<JobId, Map<Happening['kind'], EventFacts>>();
  private readonly standings = new Map<JobId, JobStanding>();

  tell(job: JobId, target: JobTarget | undefined, event: CascadeEvent): void {
    const happening = happeningOf(event);
    if (happening === undefined) return;
    const facts: EventFacts = { job, ...(target && { target }), event: happening };
    this.remember(job, facts);
    this.stand(job, event);
    for (const listener of this.listeners) listener(facts);
  }

  /** A job runs no longer: nobody needs to hear where it stood. Which stage it was at stays known. */
  ended(job: JobId): void {
    this.last.delete(job);
  }

  standing(job: JobId): JobStanding | undefined {
    return this.standings.get(job);
  }

  subscribe(listener: (event: EventFacts) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  follow(signal: AbortSignal): AsyncGenerator<EventFacts> {
    const standing = [...this.last.values()].flatMap((kinds) => replayed.flatMap((kind) => kinds.get(kind) ?? []));
    return followEvents<EventFacts>((listener) => this.subscribe(listener), signal, withoutOlder, standing);
  }

  private remember(job: JobId, facts: EventFacts): void {
    const { event } = facts;
    const kinds = this.last.get(job) ?? new Map<Happening['kind'], EventFacts>();
    this.last.set(job, kinds.set(event.kind, facts));
    if (event.kind !== 'stage-started' && event.kind !== 'stage-finished') return;
    kinds.delete('progress');
    kinds.delete('preview');
  }

  private stand(job: JobId, event: CascadeEvent): void {
    if (event.kind === 'stage-started') this.standings.set(job, { stage: event.stage, step: 0, steps: 1, share: 0 });
    if (event.kind === 'stage-finished') this.standings.set(job, { stage: event.stage, step: 0, steps: 1, share: 1 });
    if (event.kind !== 'progress') return;
    const { stage, step, steps, stageShare: share } = event;
    this.standings.set(job, { stage, step, steps, share });
  }
}

function withoutOlder(waiting: readonly EventFacts[], next: EventFacts): readonly EventFacts[] {
  if (!droppable.has(next.event.kind)) return [...waiting, next];
  return [...waiting.filter(({ job, event }) => job !== next.job || event.kind !== next.event.kind), next];
}

/** Undefined for what is not told: a preview that is too large to travel. */
function happeningOf(event: CascadeEvent): Happening | undefined {
  switch (event.kind) {
    case 'planned':
      return {
        kind: 'planned',
        stages: event.stages.map(({ id }) => id),
        reused: [...event.reused],
        ...remaining(event.remainingSec),
      };
    case 'progress': {
      const { remainingSec, ...progress } = event;
      return { ...progress, stageShare: Math.min(1, progress.stageShare), ...remaining(remainingSec) };
    }
    case 'provider':
      return { ...event, rejected: event.rejected.map((rejected) => ({ ...rejected })) };
    case 'warning':
      return { kind: 'warning', message: event.message, ...(event.stage !== undefined && { stage: event.stage }) };
    case 'retrying':
      return { kind: 'retrying', stage: event.stage, problem: { code: event.code, message: event.message } };
    case 'preview':
      return event.preview.rgb.byteLength > mostPreviewBytes ? undefined : event;
    case 'waiting':
    case 'stage-started':
    case 'stage-finished':
      return event;
  }
}

function remaining(remainingSec: number | undefined): { remainingSec?: number } {
  return remainingSec === undefined ? {} : { remainingSec: Math.max(0, remainingSec) };
}
