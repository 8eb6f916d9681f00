/** Follows the ladders of the takes that a window shows: renewed when the project, the queue or a running job says something of them. */
import type { z } from 'zod';
import { setTimeout as wait } from 'node:timers/promises';
import { isCancellation, SluiceError } from '#shared/errors';
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import { shotOfTake, type ProjectShot, type Take } from '#shared/project/project-shot';
import type { JobId } from '#shared/studio/job-id';
import type { Ladder, ladderEventSchema } from '#shared/studio/ladder';
import type { Sha256 } from '#shared/units';
import type { CascadeServices } from '../jobs/cascade-services';
import type { OpenProject } from '../projects/open-project';
import { Alarm } from './follow';
import type { Generation } from './generation';
import type { JobNews } from './job-news';
import type { PackShelf } from './pack-shelf';
import { brokenLadder, keptLadder, keysOfJob, restingLadder, withJobs, type TakeJob } from './take-ladder';

export interface LadderSources {
  readonly packs: PackShelf;
  readonly services: CascadeServices;
  readonly generation: Generation;
  readonly news: JobNews;
  readonly means: () => { readonly threads: number; readonly memoryBytes: number };
}

type EventFacts = z.input<typeof ladderEventSchema>;

/** Several changes within a blink are shown as one. */
const blinkMs = 60;

export async function* followLadders(
  project: OpenProject,
  takes: readonly TakeId[],
  sources: LadderSources,
  signal: AbortSignal,
): AsyncGenerator<EventFacts> {
  const watch = new LadderWatch(project, sources);
  const alarm = new Alarm(signal);
  const stop = watch.listen(alarm, { withSteps: true });
  const sent = new Map<TakeId, string>();
  try {
    while (!signal.aborted) {
      for (const takeId of takes) {
        const ladder = await watch.ladderOf(takeId);
        const text = JSON.stringify(ladder ?? null);
        if (sent.get(takeId) === text) continue;
        sent.set(takeId, text);
        yield { takeId, ladder: ladder ?? null };
      }
      await alarm.rings();
      await wait(blinkMs, undefined, { signal }).catch(ignoreCancellation);
    }
  } finally {
    stop();
  }
}

interface Resting {
  readonly shot: ProjectShot;
  readonly take: Take;
  readonly epoch: number;
  readonly ladder: Ladder;
}

export class LadderWatch {
  private readonly resting = new Map<TakeId, Resting>();
  private readonly jobKeys = new Map<JobId, ReadonlyMap<StageId, Sha256>>();
  /** Grows when artifacts may have come or gone. */
  private epoch = 0;

  constructor(
    private readonly project: OpenProject,
    private readonly sources: LadderSources,
  ) {}

  /** `withSteps`: rings also where a running stage is a step further. */
  listen(alarm: Alarm, { withSteps }: { readonly withSteps: boolean }): () => void {
    const { generation, news } = this.sources;
    const renew = (): void => {
      this.epoch += 1;
      alarm.ring();
    };
    const stopProject = this.project.subscribe(() => alarm.ring());
    const stopNews = news.subscribe(({ event }) => {
      if (event.kind === 'stage-finished') renew();
      else if (withSteps && (event.kind === 'stage-started' || event.kind === 'progress')) alarm.ring();
    });
    const stopQueue = generation.standing.watch(renew);
    const stopPacks = this.sources.packs.watch(renew);
    return () => {
      stopProject();
      stopNews();
      stopQueue();
      stopPacks();
    };
  }

  /** Undefined where the take is no longer there. */
  async ladderOf(takeId: TakeId): Promise<Ladder | undefined> {
    const { takes, shots } = this.project.project;
    const take = takes.get(takeId);
    const shot = take && shots.get(take.shotId);
    if (take === undefined || shot === undefined) return undefined;
    try {
      return withJobs(await this.restingOf(shot, take), await this.jobsOf(takeId));
    } catch (error) {
      const isWithoutPack = error instanceof SluiceError && ['pack-not-found', 'pack-invalid'].includes(error.code);
      return isWithoutPack ? await keptLadder(shot, take, this.sources.services, error) : brokenLadder(error);
    }
  }

  private async restingOf(shot: ProjectShot, take: Take): Promise<Ladder> {
    const known = this.resting.get(take.id);
    const { epoch } = this;
    if (known !== undefined && known.shot === shot && known.take === take && known.epoch === epoch) return known.ladder;
    const { packs, services, means } = this.sources;
    const pack = await packs.get(shot.packHash);
    const inputs = { pack, shot: shotOfTake(shot, take), made: take.made, means: means(), services };
    const ladder = await restingLadder(inputs);
    this.resting.set(take.id, { shot, take, epoch, ladder });
    return ladder;
  }

  private async jobsOf(takeId: TakeId): Promise<readonly TakeJob[]> {
    const { generation, news, packs } = this.sources;
    const projectId = this.project.project.id;
    const jobs: TakeJob[] = [];
    for (const job of generation.jobsHere) {
      const { target, packHash, shot } = job.request;
      if (target?.take !== takeId || target.project !== projectId) continue;
      const keys = this.jobKeys.get(job.id) ?? keysOfJob(await packs.get(packHash), shot);
      this.jobKeys.set(job.id, keys);
      jobs.push({ job, keys, standing: news.standing(job.id) });
    }
    return jobs;
  }
}

function ignoreCancellation(error: unknown): void {
  if (!isCancellation(error)) throw error;
}
