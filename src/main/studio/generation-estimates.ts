/** How long each job of the queue will take, from what was measured on this machine. Looked up once for each job, while it is not known. */
import type { JobId } from '#shared/studio/job-id';
import type { QueueFacts } from '#shared/studio/jobs';
import type { CascadeServices } from '../jobs/cascade-services';
import type { QueuedJob } from '../jobs/queue/queue-state';
import { estimateShot } from '../shot-estimate';
import { queueFacts, type QueueStanding } from './generation';
import type { PackShelf } from './pack-shelf';

/** Of those that come next; what lies beyond is not in sight, and each costs a look at the disk. */
const mostEstimated = 100;

const open = new Set<QueuedJob['state']['kind']>(['waiting', 'running', 'paused']);

export class QueueEstimates {
  private readonly known = new Map<JobId, number>();

  constructor(
    private readonly packs: PackShelf,
    private readonly services: CascadeServices,
  ) {}

  /** The queue in the words of the contract, with seconds where they are known. */
  async facts(standing: QueueStanding): Promise<QueueFacts> {
    const facts = queueFacts(standing);
    if (facts.kind === 'elsewhere' || !('state' in standing)) return facts;
    await this.look(standing.state.jobs.filter(({ state }) => open.has(state.kind)).slice(0, mostEstimated));
    const jobs = facts.jobs.map((job) => {
      const seconds = open.has(job.state.kind) ? this.known.get(job.id) : undefined;
      return seconds === undefined ? job : { ...job, seconds };
    });
    return { ...facts, jobs };
  }

  private async look(jobs: readonly QueuedJob[]): Promise<void> {
    for (const { id, request } of jobs) {
      if (this.known.has(id)) continue;
      const seconds = await this.secondsOf(request);
      if (seconds !== undefined) this.known.set(id, seconds);
    }
    const ids = new Set(jobs.map(({ id }) => id));
    for (const id of this.known.keys()) if (!ids.has(id)) this.known.delete(id);
  }

  /** A job that cannot be planned says so when it runs. */
  private async secondsOf(request: QueuedJob['request']): Promise<number | undefined> {
    const { packHash, shot, memoryBytes, threads, previewPixels, provider } = request;
    try {
      const pack = await this.packs.get(packHash);
      const means = { memoryBytes, threads, previewPixels, ...(provider && { provider }) };
      return (await estimateShot({ pack, shot, ...means }, this.services)).seconds;
    } catch {
      return undefined;
    }
  }
}
