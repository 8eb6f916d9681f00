/**
 * Main's side of the thread that looks into a pack's files. Graphs and tokenizers are foreign bytes: whatever they do to
 * their readers, they do it in a thread that can be ended, with a limit to its memory and to its time.
 */
import path from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { connect, type Channel } from '#shared/channel/channel';
import { messagePortTransport } from '#shared/channel/message-port-transport';
import { SluiceError } from '#shared/errors';
import type { PackFile, PackManifest } from '#shared/pack-manifest';
import type { ContentChecks, OpenContentChecks } from '../content-checks';
import { packInvalid, shown } from '../pack-invalid';
import { contentContract } from './contract';

export interface ContentLimits {
  /** For one file. The largest graph takes a tenth of a second on an idle machine. */
  readonly fileMs: number;
  /** Of the thread's heap; the largest tokenizer that is allowed takes about half of the default. */
  readonly memoryMebibytes: number;
}

const defaultLimits: ContentLimits = { fileMs: 60_000, memoryMebibytes: 1024 };
const remedy = 'Do not use it, and ask whoever made it.';

/** The bundled thread lies beside the other programs. */
export function contentThreadEntry(inferenceEntry: string): string {
  return path.join(path.dirname(inferenceEntry), 'pack-thread.js');
}

/** @param entry the bundled `main.ts`, absolute */
export function contentThread(entry: string, limits = defaultLimits): OpenContentChecks {
  return (directory, manifest, signal) => new ContentThread({ entry, limits, directory, manifest }, signal);
}

interface Task {
  readonly entry: string;
  readonly limits: ContentLimits;
  readonly directory: string;
  readonly manifest: PackManifest;
}

interface Running {
  readonly worker: Worker;
  readonly channel: Channel<(typeof contentContract)['requests'], (typeof contentContract)['streams']>;
}

class ContentThread implements ContentChecks {
  #running: Running | undefined;

  constructor(
    private readonly task: Task,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async check(file: PackFile): Promise<string> {
    const { directory, manifest, limits } = this.task;
    const timeout = AbortSignal.timeout(limits.fileMs);
    const signal = this.signal === undefined ? timeout : AbortSignal.any([timeout, this.signal]);
    this.#running ??= start(this.task);
    try {
      return await this.#running.channel.request('check', { directory, manifest, path: file.path }, signal);
    } catch (error) {
      if (error instanceof SluiceError && error.code === 'pack-invalid' && !timeout.aborted) throw error;
      await this.close();
      throw timeout.aborted ? tooLong(file, limits) : error;
    }
  }

  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.channel.close();
    await running?.worker.terminate();
  }
}

function start({ entry, limits }: Task): Running {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(entry, {
    workerData: port2,
    transferList: [port2],
    name: 'pack',
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMebibytes },
  });
  const death = new Promise<SluiceError>((resolve) => {
    worker.once('error', (cause: Error) => resolve(threadEnded(cause, limits)));
    worker.once('exit', () => resolve(threadEnded(undefined, limits)));
  });
  const transport = {
    ...messagePortTransport(port1),
    onClose: (listener: (reason: Error) => void) => void death.then(listener),
  };
  return { worker, channel: connect(transport, contentContract) };
}

function tooLong({ path: name }: PackFile, { fileMs }: ContentLimits): SluiceError {
  return packInvalid(`The pack's file ${shown(name)} was not understood within ${fileMs / 1000} s.`, remedy, {
    path: name,
  });
}

function threadEnded(cause: Error | undefined, { memoryMebibytes }: ContentLimits): SluiceError {
  if (cause !== undefined && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return packInvalid(`A file of the pack takes more than ${memoryMebibytes} MiB to look into.`, remedy);
  const why = cause === undefined ? '' : `: ${cause.message}`;
  return new SluiceError('internal', `The thread that looks into packs ended by itself${why}. Try again.`, { cause });
}
