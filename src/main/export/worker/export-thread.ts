/** Main's side of the thread that exports: starts one for a job, hears how far it is, and lets go of it. */
import path from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { connect } from '#shared/channel/channel';
import { messagePortTransport } from '#shared/channel/message-port-transport';
import { SluiceError } from '#shared/errors';
import { discardOutput } from '../commit-output';
import { exportContract, type ExportJob, type ExportProgress } from './contract';

/** For clearing up after a cancellation: ffmpeg is killed at once, and what it wrote removed. */
const graceMs = 5000;

/** The bundled thread lies beside the other programs. */
export function exportThreadEntry(inferenceEntry: string): string {
  return path.join(path.dirname(inferenceEntry), 'export-thread.js');
}

/**
 * Resolves when the file has its name. Throws what the job throws, and `internal` where the thread itself ends; then, as after the reason
 * of `signal`, nothing of the export is left.
 *
 * @param entry the bundled `main.ts`, absolute
 */
export async function exportInThread(
  entry: string,
  job: ExportJob,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
): Promise<void> {
  signal.throwIfAborted();
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(entry, { workerData: port2, transferList: [port2], name: 'export' });
  const death = new Promise<SluiceError>((resolve) => {
    worker.once('error', (cause: Error) => resolve(threadEnded(cause)));
    worker.once('exit', () => resolve(threadEnded(undefined)));
  });
  const channel = connect(
    { ...messagePortTransport(port1), onClose: (listener) => void death.then(listener) },
    exportContract,
  );
  const stream = channel.stream('run', job, signal);
  try {
    for await (const progress of stream) onProgress(progress);
  } finally {
    await Promise.race([stream.released, death, waited(graceMs)]);
    await worker.terminate();
    channel.close();
    // Only where the thread died or hung is there anything left.
    await discardOutput(job.target);
  }
}

function waited(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function threadEnded(cause: Error | undefined): SluiceError {
  const isMemory = cause !== undefined && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return new SluiceError(
    isMemory ? 'out-of-memory' : 'internal',
    `The export ended by itself${cause === undefined ? '' : `: ${cause.message}`}. Nothing of it was kept; try again${isMemory ? ' with a smaller picture' : ''}.`,
    { cause },
  );
}
