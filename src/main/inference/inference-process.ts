/**
 * The inference service over a process of its own: started when first needed, started again after it died, killed when it
 * does not let go. Stages run one at a time, so that killing the process never takes another stage along.
 */
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Channel } from '#shared/channel/channel';
import type { RemoteStream } from '#shared/channel/remote-stream';
import { cancellation, SluiceError } from '#shared/errors';
import { inferenceContract } from '#shared/inference-contract';
import type {
  ProbeRequest,
  ProviderReport,
  StageEvent,
  StagePreparation,
  StageRunRequest,
} from '#shared/inference-contract';
import type { InferenceService } from './inference-service';
import { defaultSilenceLimits, SilenceWatch, type SilenceLimits } from './silence';
import type { InferenceChild, SpawnInference } from './spawn';
import { Turns } from './turns';

type Contract = typeof inferenceContract;

export interface InferenceOptions {
  readonly spawn: SpawnInference;
  /** How long a cancelled run may take to reach the end of its evaluation before its process is killed. */
  readonly graceMs?: number;
  readonly silence?: SilenceLimits;
  /** Longest time for the golden vectors of a pack. */
  readonly probeMs?: number;
  /** How long a process without work is kept warm. */
  readonly idleMs?: number;
}

/** With the kill and the clean-up behind it this stays below 2 s. */
const defaultGraceMs = 1500;
/** A software Vulkan takes up to 14 s for one small U-Net; a pack has seven or more. */
const defaultProbeMs = 180_000;

/** Long enough to judge a draft and change the prompt; then its hundreds of megabytes are worth more elsewhere. */
const defaultIdleMs = 180_000;

interface Worker {
  readonly child: InferenceChild;
  readonly channel: Channel<Contract['requests'], Contract['streams']>;
}

export class InferenceProcess implements InferenceService {
  readonly #turns = new Turns();
  readonly #live = new Set<Worker>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(private readonly options: InferenceOptions) {}

  async probe(request: ProbeRequest, signal: AbortSignal): Promise<ProviderReport> {
    signal.throwIfAborted();
    const start = performance.now();
    const worker = this.#start();
    const limitMs = this.options.probeMs ?? defaultProbeMs;
    const watch = new SilenceWatch({ ...defaultSilenceLimits, firstMs: limitMs, tickMs: Math.min(1000, limitMs) });
    try {
      return await watch.next(worker.channel.request('probe', request, signal));
    } catch (error) {
      if (!isProvidersFault(error)) throw error;
      const seconds = (performance.now() - start) / 1000;
      return { provider: request.provider, usable: false, seconds, reason: error.message };
    } finally {
      worker.child.kill();
    }
  }

  async *runStage(request: StageRunRequest, signal: AbortSignal): AsyncGenerator<StageEvent> {
    const { worker, endTurn } = await this.#takeTurn(signal);
    const stream = worker.channel.stream('runStage', request, signal);
    try {
      yield* this.#watched(stream, worker);
    } finally {
      // Not awaited: the caller hears of a cancellation now, the process lets go behind its back.
      void stream.return();
      void this.#letGo(stream, worker, request.outputPath).then(endTurn);
    }
  }

  async prepareStage(request: StagePreparation): Promise<void> {
    if (this.#turns.isTaken) return;
    const { worker, endTurn } = await this.#takeTurn(new AbortController().signal);
    const watch = new SilenceWatch(this.options.silence ?? defaultSilenceLimits);
    try {
      await watch.next(worker.channel.request('prepareStage', request));
    } catch (error) {
      this.#endIfSilent(worker, error);
      throw error;
    } finally {
      endTurn();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const workers = [...this.#live];
    for (const { child, channel } of workers) {
      channel.close(cancellation('Sluice is closing.'));
      child.kill();
    }
    await Promise.all(workers.map(({ child }) => child.exited));
  }

  /** The process, for one caller alone until `endTurn`; then it is kept warm for a while. Throws the signal's reason. */
  async #takeTurn(signal: AbortSignal): Promise<{ readonly worker: Worker; readonly endTurn: () => void }> {
    const endTurn = await this.#turns.next(signal);
    clearTimeout(this.#idle);
    try {
      const worker = (this.#worker ??= this.#start());
      const keepWarm = (): void => {
        this.#idle = setTimeout(() => this.#end(worker), this.options.idleMs ?? defaultIdleMs).unref();
        endTurn();
      };
      return { worker, endTurn: keepWarm };
    } catch (error) {
      endTurn();
      throw error;
    }
  }

  #start(): Worker {
    if (this.#closed) throw cancellation('Sluice is closing.');
    const child = this.options.spawn();
    const worker = { child, channel: connect(child.transport, inferenceContract) };
    this.#live.add(worker);
    void worker.channel.closed.then(() => this.#end(worker));
    void child.exited.then(() => this.#live.delete(worker));
    return worker;
  }

  /** No later stage gets this process. */
  #end(worker: Worker): void {
    if (this.#worker === worker) this.#worker = undefined;
    worker.child.kill();
  }

  async *#watched(stream: RemoteStream<StageEvent>, worker: Worker): AsyncGenerator<StageEvent> {
    const watch = new SilenceWatch(this.options.silence ?? defaultSilenceLimits);
    try {
      for (;;) {
        const { done, value } = await watch.next(stream.next());
        if (done === true) return;
        if (value.kind === 'progress') watch.measure();
        yield value;
      }
    } catch (error) {
      this.#endIfSilent(worker, error);
      throw error;
    }
  }

  #endIfSilent(worker: Worker, error: unknown): void {
    if (error instanceof SluiceError && error.code === 'inference-timeout') this.#end(worker);
  }

  /** Resolves when the process is free for the next stage, or gone; then what it had written of its output goes with it. */
  async #letGo(stream: RemoteStream<StageEvent>, worker: Worker, outputPath: string): Promise<void> {
    const timer = new AbortController();
    const grace = sleep(this.options.graceMs ?? defaultGraceMs, 'late' as const, { signal: timer.signal });
    grace.catch(() => undefined);
    const outcome = await Promise.race([stream.released, grace]);
    timer.abort();
    if (outcome !== 'late') return;
    this.#end(worker);
    await worker.child.exited;
    await rm(outputPath, { force: true }).catch(() => undefined);
  }
}

/** Deaths and silences are the provider's, in a process that does nothing but try it; the rest is the pack's or the caller's. */
function isProvidersFault(error: unknown): error is SluiceError {
  return (
    error instanceof SluiceError &&
    ['inference-crashed', 'inference-timeout', 'out-of-memory', 'provider-unavailable'].includes(error.code)
  );
}
