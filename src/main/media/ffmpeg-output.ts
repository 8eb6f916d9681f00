/** What an ffmpeg writes to its stdout, as something to iterate over: ffmpeg waits while nobody takes, and ends with whoever stops taking. */
import { cancellation } from '#shared/errors';
import { runFfmpeg, type FfmpegRun } from './run-ffmpeg';

/** Throws as `runFfmpeg` does. */
export async function* ffmpegOutput(run: Omit<FfmpegRun, 'output'>): AsyncGenerator<Uint8Array> {
  const stop = new AbortController();
  let offered: Uint8Array | undefined;
  let taken: () => void = () => undefined;
  let wake: () => void = () => undefined;
  let hasEnded = false;
  const output = (chunk: Uint8Array): Promise<void> => {
    if (stop.signal.aborted) return Promise.resolve();
    offered = chunk;
    wake();
    return new Promise((resolve) => (taken = resolve));
  };
  const signal = AbortSignal.any([run.signal, stop.signal]);
  const ended = runFfmpeg({ ...run, signal, output }).finally(() => {
    hasEnded = true;
    wake();
  });
  ended.catch(() => undefined);
  const next = async (): Promise<Uint8Array | undefined> => {
    if (offered === undefined && !hasEnded) await new Promise<void>((resolve) => (wake = resolve));
    return offered;
  };
  try {
    for (let chunk = await next(); chunk !== undefined; chunk = await next()) {
      yield chunk;
      offered = undefined;
      taken();
    }
    await ended;
  } finally {
    stop.abort(cancellation());
    taken();
    await ended.catch(() => undefined);
  }
}

/** The same bytes in pieces of `bytes`, each one's own; what is left at the end and fills none is left out. */
export async function* inPieces(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(bytes);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const taken = chunk.subarray(at, at + bytes - filled);
      piece.set(taken, filled);
      filled += taken.length;
      at += taken.length;
      if (filled < bytes) continue;
      yield piece;
      piece = new Uint8Array(bytes);
      filled = 0;
    }
  }
}
