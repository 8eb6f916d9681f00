/** Exports that were started: they run beside everything else, and go on whoever looks. They end with the program. */
import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { z } from 'zod';
import { cancellation, isCancellation, SluiceError } from '#shared/errors';
import type { FrameRate } from '#shared/project/time';
import {
  exportIdSchema,
  type ExportFacts,
  type ExportId,
  type exportPresetsSchema,
  type ExportQuality,
  type ExportState,
} from '#shared/studio/exports';
import type { Size } from '#shared/units';
import { choosePreset } from '../export/choose-preset';
import type { ExportSizes } from '../export/export-sizes';
import { exportedShape, exportJobOf, type FoundSource } from '../export/found-source';
import { prepareOutput } from '../export/output-target';
import { exportPresets } from '../export/presets';
import type { ExportJob } from '../export/worker/contract';
import { exportInThread } from '../export/worker/export-thread';
import { folderSize } from '../files/disk-space';
import { ffmpegCapabilities } from '../media/ffmpeg-capabilities';
import { Watched } from './follow';
import { problemOf } from './problem';
import { Slots } from './slots';

export interface ExportOrder {
  readonly found: FoundSource;
  readonly preset: string;
  readonly quality: ExportQuality;
  readonly size?: Size | undefined;
  readonly frameRate?: FrameRate | undefined;
  readonly file: string;
  readonly force: boolean;
  /** Called when the frames are no longer needed. */
  readonly release: () => Promise<void>;
}

export interface ExportJobsOptions {
  /** Throws `ffmpeg-missing`. */
  readonly ffmpegPath: () => string;
  /** The bundled thread, absolute. */
  readonly threadEntry: string;
  readonly sizes: ExportSizes;
}

const mostRemembered = 200;
const mostAtOnce = 1;

interface Work {
  readonly job: ExportJob;
  readonly frames: number;
  /** Width × height × frames. */
  readonly pixels: number;
  readonly release: () => Promise<void>;
}

export class ExportJobs {
  readonly list = new Watched<readonly ExportFacts[]>([]);
  private readonly running = new Map<
    ExportId,
    { readonly controller: AbortController; readonly ended: Promise<void> }
  >();
  private readonly slots = new Slots(mostAtOnce);

  constructor(private readonly options: ExportJobsOptions) {}

  get sizes(): ExportSizes {
    return this.options.sizes;
  }

  /** Throws, before anything is begun, what the preset and the file name are wrong with, `ffmpeg-missing`. */
  async start(order: ExportOrder): Promise<ExportId> {
    const { found, quality, size, frameRate, release } = order;
    const ffmpegPath = this.options.ffmpegPath();
    const preset = choosePreset(order.preset, order.file);
    const target = await prepareOutput(order.file, preset.target, order.force);
    const shape = exportedShape(found, { size, frameRate });
    const job = exportJobOf(found, { ...{ size, frameRate, quality, target, ffmpegPath }, preset: preset.id });
    const id = exportIdSchema.parse(`export-${randomBytes(8).toString('hex')}`);
    const controller = new AbortController();
    const facts: ExportFacts = { id, file: target.path, preset: preset.id, state: { kind: 'waiting' } };
    this.list.set([facts, ...this.list.value].slice(0, mostRemembered));
    const pixels = shape.size.width * shape.size.height * shape.frames;
    const ended = this.run(id, { job, pixels, frames: shape.frames, release }, controller.signal);
    this.running.set(id, { controller, ended });
    return id;
  }

  /** Stops it, or takes it off the list where it has ended. Throws `job-not-found`. */
  async cancel(id: ExportId): Promise<void> {
    const running = this.running.get(id);
    if (running === undefined) {
      this.factsOf(id);
      this.list.set(this.list.value.filter((one) => one.id !== id));
      return;
    }
    running.controller.abort(cancellation());
    await running.ended;
  }

  async close(): Promise<void> {
    for (const { controller } of this.running.values()) controller.abort(cancellation('Sluice is closing.'));
    await Promise.all([...this.running.values()].map(({ ended }) => ended));
  }

  private factsOf(id: ExportId): ExportFacts {
    const facts = this.list.value.find((one) => one.id === id);
    if (facts !== undefined) return facts;
    throw new SluiceError(
      'job-not-found',
      `There is no export ${id}. It may have been taken off the list: look again.`,
      { details: { id } },
    );
  }

  private async run(id: ExportId, work: Work, signal: AbortSignal): Promise<void> {
    try {
      await this.inTurn(signal, async () => this.turn(id, await this.written(id, work, signal)));
    } catch (error) {
      this.turn(id, isCancellation(error) ? { kind: 'cancelled' } : { kind: 'failed', problem: problemOf(error) });
    } finally {
      this.running.delete(id);
      await work.release().catch(() => undefined);
    }
  }

  /** Work that has begun clears up after itself before it ends; what still waits for its turn ends at once. */
  private inTurn(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    let hasBegun = false;
    const turn = this.slots.use(async () => {
      signal.throwIfAborted();
      hasBegun = true;
      await work();
    });
    const givenUp = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => hasBegun || reject(cancellation()), { once: true }),
    );
    return Promise.race([turn, givenUp]);
  }

  private async written(id: ExportId, { job, frames, pixels }: Work, signal: AbortSignal): Promise<ExportState> {
    const begun = performance.now();
    const elapsed = (): number => (performance.now() - begun) / 1000;
    this.turn(id, { kind: 'running', share: 0, doneFrames: 0, frames });
    await exportInThread(this.options.threadEntry, job, signal, ({ share, frames: doneFrames, sizeBytes }) =>
      this.turn(id, {
        ...{ kind: 'running', share, frames, doneFrames: Math.min(doneFrames, frames) },
        ...(share > 0 && { remainingSec: (elapsed() * (1 - share)) / share }),
        ...(sizeBytes !== undefined && { sizeBytes }),
      }),
    );
    const { path, kind } = job.target;
    const sizeBytes = kind === 'folder' ? (await folderSize(path)).sizeBytes : (await stat(path)).size;
    await this.sizes.note({ preset: job.preset, quality: job.quality, pixels }, sizeBytes);
    return { kind: 'done', seconds: elapsed(), sizeBytes };
  }

  private turn(id: ExportId, state: ExportState): void {
    this.list.set(this.list.value.map((one) => (one.id === id ? { ...one, state } : one)));
  }
}

/** Without ffmpeg none is usable. */
export async function presetFacts(
  ffmpegPath: () => string,
  signal: AbortSignal,
): Promise<z.input<typeof exportPresetsSchema>> {
  const encoders = await encodersOf(ffmpegPath, signal);
  const presets = exportPresets.map(
    ({ id, title, target, extension, encoder, qualities, sound, multipleOf, smallestSide }) => ({
      ...{ id, title, target, extension, multipleOf, smallestSide },
      isUsable: encoders.has(encoder),
      hasQuality: qualities !== undefined,
      hasSound: sound !== undefined,
    }),
  );
  return { presets };
}

async function encodersOf(ffmpegPath: () => string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  try {
    return (await ffmpegCapabilities(ffmpegPath(), signal)).encoders;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SluiceError) return new Set();
    throw error;
  }
}
