/**
 * The bridge from takes to the job queue and back: a take becomes a job, and each stage that finishes is noted in the take as work that
 * undo passes over. Jobs outlive windows, and this process: after a restart they go on, and what they finish is noted then.
 */
import { SluiceError } from '#shared/errors';
import { newEditId } from '#shared/project/ids';
import { noteMade } from '#shared/project/edits/takes';
import type { MadeStage } from '#shared/project/project-shot';
import type { JobId } from '#shared/studio/job-id';
import type { JobTarget, QueueAction, QueueFacts } from '#shared/studio/jobs';
import type { CascadeEvent, CascadeResult } from '../jobs/cascade-job';
import type { CascadeJobs } from '../jobs/cascade-jobs';
import { openJobQueue, type JobQueue } from '../jobs/queue/job-queue';
import type { QueuedJob, QueuedRequest, QueueState } from '../jobs/queue/queue-state';
import type { PackLibrary } from '../packs/library';
import { Watched } from './follow';
import type { JobNews } from './job-news';
import type { OpenProjects } from './open-projects';

export interface GenerationOptions {
  readonly queueFolder: string;
  readonly jobs: CascadeJobs;
  readonly packs: PackLibrary;
  readonly projects: OpenProjects;
  readonly news: JobNews;
  readonly onNotice: (message: string) => void;
}

const lookAgainMs = 2000;

/** Of the queue. `holder` names the process that has it, if it is not this one. */
export type QueueStanding = { readonly holder: string } | { readonly state: QueueState };

export class Generation {
  readonly standing = new Watched<QueueStanding>({ holder: '' });
  private queue: JobQueue | undefined;
  private opening: Promise<void> | undefined;
  private again: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: GenerationOptions) {}

  /** Takes the queue if no other process has it; begins to work on it. Throws `disk-full`, `disk-read-only`. */
  async open(): Promise<void> {
    if (this.queue !== undefined) return;
    this.opening ??= this.attempt().finally(() => (this.opening = undefined));
    await this.opening;
  }

  private async attempt(): Promise<void> {
    const opened = await openJobQueue({
      folder: this.options.queueFolder,
      locks: this.options.jobs.artifacts.locks,
      run: (request, signal, onEvent) => this.run(request, signal, onEvent),
      onState: (state) => this.stand(state),
      onEvent: (id, event) => this.options.news.tell(id, this.targetOf(id), event),
      onFailure: (error) => this.options.onNotice(`The queue could not be kept: ${String(error)}`),
      onDamaged: (movedTo) =>
        this.options.onNotice(
          `The queue was damaged. What could be read of it is kept; the damaged file was moved to ${movedTo}.`,
        ),
    });
    if (opened.kind === 'busy') {
      this.standing.set({ holder: opened.holder });
      this.lookAgain();
      return;
    }
    this.queue = opened.queue;
    this.stand(opened.queue.state);
  }

  /** The jobs that work or wait; none where the queue is elsewhere. */
  get jobsHere(): readonly QueuedJob[] {
    const { value } = this.standing;
    return 'state' in value ? value.state.jobs : [];
  }

  /** Whether the queue is here and nothing of it runs. */
  get isIdle(): boolean {
    return 'state' in this.standing.value && this.jobsHere.every(({ state }) => state.kind !== 'running');
  }

  /** Throws `queue-busy`, `disk-full`, `disk-read-only`. */
  async add(requests: readonly QueuedRequest[]): Promise<readonly JobId[]> {
    const queue = await this.own();
    const ids: JobId[] = [];
    for (const request of requests) ids.push(await queue.add(request));
    return ids;
  }

  /** Throws `queue-busy`, `job-not-found`, `invalid-argument` where the job's state does not allow it. */
  async act(action: QueueAction): Promise<void> {
    const queue = await this.own();
    switch (action.kind) {
      case 'move':
        return queue.move(action.id, action.before);
      case 'hold':
        return queue.hold();
      case 'release':
        return queue.release();
      case 'pause':
      case 'resume':
      case 'cancel':
      case 'retry':
      case 'remove':
        return queue[action.kind](action.id);
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.again);
    await this.queue?.close();
    this.queue = undefined;
  }

  private stand(state: QueueState): void {
    for (const { id, state: job } of state.jobs) if (job.kind !== 'running') this.options.news.ended(id);
    this.standing.set({ state });
  }

  /** Whoever has the queue may end, or die: its jobs then go on here. */
  private lookAgain(): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      if (!this.isClosed) this.open().catch((error: unknown) => this.options.onNotice(String(error)));
    }, lookAgainMs);
    this.again.unref();
  }

  private async own(): Promise<JobQueue> {
    await this.open();
    if (this.queue !== undefined) return this.queue;
    const { value } = this.standing;
    const holder = 'holder' in value ? (value.holder.split('-')[0] ?? '') : '';
    throw new SluiceError(
      'queue-busy',
      `Another Sluice (process ${holder}) works on the queue: generate there, or close it and try again.`,
      { details: { holder } },
    );
  }

  /** What of the job is finished is noted before the job counts as done. */
  private async run(
    request: QueuedRequest,
    signal: AbortSignal,
    onEvent: (event: CascadeEvent) => void,
  ): Promise<CascadeResult> {
    const { jobs, packs } = this.options;
    const { packHash, target, provider, ...means } = request;
    const pack = await packs.resolve(packHash, signal);
    let noted: Promise<void> = Promise.resolve();
    const heard = (event: CascadeEvent): void => {
      onEvent(event);
      if (event.kind !== 'stage-finished' || target === undefined) return;
      noted = noted.then(() => this.note(target, { stage: event.stage, key: event.key }));
    };
    try {
      return await jobs.run({ pack, ...means, ...(provider && { provider }) }, signal, heard);
    } finally {
      await noted;
    }
  }

  /** A take that is gone, or a project that cannot be written here, loses nothing: the artifact is there and will be found by its key. */
  private async note(target: JobTarget, made: MadeStage): Promise<void> {
    const user = {};
    try {
      const { project } = await this.options.projects.open(target.folder, user);
      const take = project.project.takes.get(target.take);
      if (take === undefined || project.project.id !== target.project) return;
      if (take.made.some(({ stage, key }) => stage === made.stage && key === made.key)) return;
      const { label, patches } = noteMade(project.project, { takeId: target.take, made });
      await project.record({ id: newEditId(), label, patches: [...patches] });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.options.onNotice(`Stage ${made.stage} is made, but could not be noted in its take: ${why}`);
    } finally {
      await this.options.projects.leave(user);
    }
  }

  private targetOf(id: JobId): JobTarget | undefined {
    return this.jobsHere.find((job) => job.id === id)?.request.target;
  }
}

/** The queue in the words of the contract. */
export function queueFacts(standing: QueueStanding): QueueFacts {
  if ('holder' in standing) return { kind: 'elsewhere', holder: standing.holder };
  return { kind: 'here', isHeld: standing.state.isHeld, jobs: standing.state.jobs.map(jobFacts) };
}

function jobFacts({ id, request, state }: QueuedJob): Extract<QueueFacts, { kind: 'here' }>['jobs'][number] {
  const { shot, packHash, target } = request;
  return {
    id,
    packHash,
    prompt: shot.prompts[0]?.prompt ?? '',
    ...(target && { target }),
    ...(shot.stopAt !== undefined && { upTo: shot.stopAt }),
    state: stateFacts(state),
  };
}

function stateFacts(state: QueuedJob['state']): Extract<QueueFacts, { kind: 'here' }>['jobs'][number]['state'] {
  switch (state.kind) {
    case 'done':
      return { kind: 'done', outputKey: state.outputKey };
    case 'failed':
      return { kind: 'failed', problem: { code: state.error.code, message: state.error.message } };
    case 'waiting':
    case 'running':
    case 'paused':
    case 'cancelled':
      return state;
  }
}
