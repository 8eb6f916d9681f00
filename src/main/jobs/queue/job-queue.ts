/**
 * The queue of cascade jobs: one runs at a time, in an order that a person may change; all of it survives a quit and a crash. Every
 * change is durable when its method returns. Knows nothing of cascades but that they can be run and cancelled.
 */
import { randomUUID } from 'node:crypto';
import { cancellation, isCancellation, serialiseError, SluiceError } from '#shared/errors';
import type { Lock, Locks, LockAttempt } from '../../files/lock';
import type { CascadeEvent, CascadeResult } from '../cascade-job';
import { openJournal, type Journal } from './journal';
import { afterRestart, applyChange, emptyQueue, findJob, jobIdSchema, nextJob } from './queue-state';
import { queueChangeSchema, queueStateSchema } from './queue-state';
import type { JobId, JobState, QueueChange, QueuedJob, QueuedRequest, QueueState } from './queue-state';

export interface JobQueueOptions {
  readonly folder: string;
  readonly locks: Locks;
  readonly run: (
    request: QueuedRequest,
    signal: AbortSignal,
    onEvent: (event: CascadeEvent) => void,
  ) => Promise<CascadeResult>;
  readonly onState?: (state: QueueState) => void;
  readonly onEvent?: (id: JobId, event: CascadeEvent) => void;
  /** How a job ended could not be kept, as on a full disk: it waits, and is tried again with the next change. */
  readonly onFailure?: (error: unknown) => void;
  /** The queue's file was damaged, and lies there: what it held is lost, in whole or in part. */
  readonly onDamaged?: (movedTo: string) => void;
}

interface RunningJob {
  readonly id: JobId;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/**
 * Opens the queue of a home and begins to work on it. One process has it at a time: `busy` names the one that has.
 * Throws `disk-full`, `disk-read-only`.
 */
export async function openJobQueue(
  options: JobQueueOptions,
): Promise<{ readonly kind: 'open'; readonly queue: JobQueue } | Extract<LockAttempt, { kind: 'busy' }>> {
  const attempt = await options.locks.attempt('queue');
  if (attempt.kind === 'busy') return attempt;
  let journal: Journal<QueueState, QueueChange> | undefined;
  try {
    journal = await openJournal({
      folder: options.folder,
      state: queueStateSchema,
      change: queueChangeSchema,
      empty: emptyQueue,
      apply: applyChange,
      onDamaged: options.onDamaged ?? (() => undefined),
    });
    journal.state = afterRestart(journal.state);
    const queue = new JobQueue(options, journal, attempt.lock);
    await queue.begin();
    return { kind: 'open', queue };
  } catch (error) {
    await journal?.close();
    await attempt.lock.release();
    throw error;
  }
}

export class JobQueue {
  private running: RunningJob | undefined;
  private isClosed = false;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: JobQueueOptions,
    private readonly journal: Journal<QueueState, QueueChange>,
    private readonly lock: Lock,
  ) {}

  get state(): QueueState {
    return this.journal.state;
  }

  async add(request: QueuedRequest): Promise<JobId> {
    const id = jobIdSchema.parse(randomUUID());
    await this.change(() => ({ kind: 'added', id, request }));
    return id;
  }

  /** To the place before another job, or to the end. Throws `job-not-found`. */
  async move(id: JobId, before?: JobId): Promise<void> {
    await this.change(() => ({ kind: 'moved', id, ...(before !== undefined && { before }) }));
  }

  /** A running job stops after its current evaluation and keeps what it has. Throws `job-not-found`, `invalid-argument` when it has ended. */
  async pause(id: JobId): Promise<void> {
    await this.turnTo(id, ['waiting', 'running', 'paused'], { kind: 'paused' });
  }

  /** Throws `job-not-found`, `invalid-argument` when it is not paused. */
  async resume(id: JobId): Promise<void> {
    await this.turnTo(id, ['paused'], { kind: 'waiting' });
  }

  /** Throws `job-not-found`, `invalid-argument` when it has ended. */
  async cancel(id: JobId): Promise<void> {
    await this.turnTo(id, ['waiting', 'running', 'paused'], { kind: 'cancelled' });
  }

  /** Throws `job-not-found`, `invalid-argument` when it neither failed nor was cancelled. */
  async retry(id: JobId): Promise<void> {
    await this.turnTo(id, ['failed', 'cancelled'], { kind: 'waiting' });
  }

  /** Takes a job off the list. Throws `job-not-found`, `invalid-argument` when it runs. */
  async remove(id: JobId): Promise<void> {
    await this.change((state) => {
      requireState(state, id, ['waiting', 'paused', 'done', 'failed', 'cancelled'], 'removed');
      return { kind: 'removed', id };
    });
  }

  /** Begins nothing new until the queue is released; what runs goes on. */
  async hold(): Promise<void> {
    await this.change(() => ({ kind: 'held', isHeld: true }));
  }

  async release(): Promise<void> {
    await this.change(() => ({ kind: 'held', isHeld: false }));
  }

  /** Stops the running job, which waits again when the queue is next opened, and lets another process have the queue. */
  async close(): Promise<void> {
    this.isClosed = true;
    // A turn that is being taken may begin a job yet.
    await this.turn;
    this.running?.controller.abort(cancellation('Sluice is closing.'));
    await this.running?.ended;
    await this.turn;
    await this.journal.close();
    await this.lock.release();
  }

  /** Starts the next job if none runs. */
  async begin(): Promise<void> {
    await this.inTurn(async () => {
      const next = nextJob(this.state);
      if (this.running !== undefined || next === undefined || this.isClosed) return;
      await this.keep({ kind: 'turned', id: next.id, state: { kind: 'running' } });
      const controller = new AbortController();
      this.running = { id: next.id, controller, ended: this.runSafely(next, controller.signal) };
    });
  }

  private async runSafely({ id, request }: QueuedJob, signal: AbortSignal): Promise<void> {
    try {
      await this.runToEnd(id, request, signal);
    } catch (error) {
      this.running = undefined;
      this.journal.state = afterRestart(this.state);
      this.options.onFailure?.(error);
    }
  }

  private async runToEnd(id: JobId, request: QueuedRequest, signal: AbortSignal): Promise<void> {
    const end = await this.outcome(id, request, signal);
    await this.inTurn(async () => {
      this.running = undefined;
      if (this.isClosed) return;
      const { kind } = findJob(this.state, id).state;
      // What a person decided meanwhile holds, but a job that was paused too late is done.
      if (kind === 'running' || (kind === 'paused' && end.kind === 'done'))
        await this.keep({ kind: 'turned', id, state: end });
    });
    if (!this.isClosed) await this.begin();
  }

  private async outcome(id: JobId, request: QueuedRequest, signal: AbortSignal): Promise<JobState> {
    try {
      const { outputKey, recipe } = await this.options.run(request, signal, (event) =>
        this.options.onEvent?.(id, event),
      );
      return { kind: 'done', outputKey, recipe };
    } catch (error) {
      return isCancellation(error) ? { kind: 'cancelled' } : { kind: 'failed', error: serialiseError(error) };
    }
  }

  /** Keeps the decision first, then acts on it: a kill in between is a job that stays stopped. */
  private async turnTo(id: JobId, from: readonly JobState['kind'][], state: JobState): Promise<void> {
    await this.change((queue) => {
      requireState(queue, id, from, state.kind);
      return { kind: 'turned', id, state };
    });
    if (this.running?.id === id && state.kind !== 'waiting') this.running.controller.abort(cancellation());
  }

  private async change(decide: (state: QueueState) => QueueChange): Promise<void> {
    await this.inTurn(() => this.keep(decide(this.state)));
    await this.begin();
  }

  private async keep(change: QueueChange): Promise<void> {
    await this.journal.append(change);
    this.options.onState?.(this.state);
  }

  /** One after the other: decisions are made on the state that they change. */
  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.turn.then(action);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

function requireState(state: QueueState, id: JobId, allowed: readonly JobState['kind'][], becoming: string): void {
  const { kind } = findJob(state, id).state;
  if (allowed.includes(kind)) return;
  throw new SluiceError(
    'invalid-argument',
    `Job ${id} is ${kind} and cannot become ${becoming}: only a job that is ${allowed.join(' or ')} can.`,
    { details: { id, state: kind } },
  );
}
