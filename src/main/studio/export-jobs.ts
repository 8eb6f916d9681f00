/** Exports that were started: they run beside everything else, and go on whoever looks. They end with the program. */
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { cancellation, isCancellation, SluiceError } from '#shared/errors';
import type { Recipe } from '#shared/recipe';
import { exportIdSchema, type ExportFacts, type ExportId, type exportPresetsSchema } from '#shared/studio/exports';
import { choosePreset } from '../export/choose-preset';
import { exportFrameFile } from '../export/export-frame-file';
import { prepareOutput, type OutputTarget } from '../export/output-target';
import { exportPresets, type ExportPreset } from '../export/presets';
import { ffmpegCapabilities } from '../media/ffmpeg-capabilities';
import { Watched } from './follow';
import { problemOf } from './problem';
import { Slots } from './slots';

export interface ExportOrder {
  readonly framesPath: string;
  readonly recipe: Recipe | undefined;
  readonly preset: string;
  readonly file: string;
  readonly range: { readonly from: number; readonly to: number } | undefined;
  readonly force: boolean;
  /** Called when the frames are no longer needed. */
  readonly release: () => Promise<void>;
}

const mostRemembered = 200;
const mostAtOnce = 1;

export class ExportJobs {
  readonly list = new Watched<readonly ExportFacts[]>([]);
  private readonly running = new Map<
    ExportId,
    { readonly controller: AbortController; readonly ended: Promise<void> }
  >();
  private readonly slots = new Slots(mostAtOnce);

  /** @param ffmpegPath throws `ffmpeg-missing` */
  constructor(private readonly ffmpegPath: () => string) {}

  /** Throws, before anything is begun, what the preset and the file name are wrong with, `ffmpeg-missing`. */
  async start(order: ExportOrder): Promise<ExportId> {
    const ffmpegPath = this.ffmpegPath();
    const preset = choosePreset(order.preset, order.file);
    const target = await prepareOutput(order.file, preset.target, order.force);
    const id = exportIdSchema.parse(`export-${randomBytes(8).toString('hex')}`);
    const controller = new AbortController();
    const facts: ExportFacts = { id, file: target.path, preset: preset.id, state: { kind: 'running', share: 0 } };
    this.list.set([facts, ...this.list.value].slice(0, mostRemembered));
    const ended = this.run(id, { order, preset, target, ffmpegPath }, controller.signal);
    this.running.set(id, { controller, ended });
    return id;
  }

  /** Stops it, or takes it off the list where it has ended. Throws `job-not-found`. */
  async cancel(id: ExportId): Promise<void> {
    const running = this.running.get(id);
    if (running !== undefined) {
      running.controller.abort(cancellation());
      await running.ended;
    } else if (this.list.value.some((one) => one.id === id)) {
      this.list.set(this.list.value.filter((one) => one.id !== id));
    } else
      throw new SluiceError(
        'job-not-found',
        `There is no export ${id}. It may have been taken off the list: look again.`,
        {
          details: { id },
        },
      );
  }

  async close(): Promise<void> {
    for (const { controller } of this.running.values()) controller.abort(cancellation('Sluice is closing.'));
    await Promise.all([...this.running.values()].map(({ ended }) => ended));
  }

  private async run(id: ExportId, work: ExportWork, signal: AbortSignal): Promise<void> {
    const { order, preset, target, ffmpegPath } = work;
    const { framesPath, recipe, range } = order;
    try {
      await this.slots.use(async () => {
        signal.throwIfAborted();
        await exportFrameFile({
          ...{ ffmpegPath, framesPath, preset, target, signal },
          ...(recipe && { recipe }),
          ...(range && { range }),
          onProgress: (share) => this.turn(id, { kind: 'running', share: Math.min(1, share) }),
        });
      });
      this.turn(id, { kind: 'done' });
    } catch (error) {
      this.turn(id, isCancellation(error) ? { kind: 'cancelled' } : { kind: 'failed', problem: problemOf(error) });
    } finally {
      this.running.delete(id);
      await order.release().catch(() => undefined);
    }
  }

  private turn(id: ExportId, state: ExportFacts['state']): void {
    this.list.set(this.list.value.map((one) => (one.id === id ? { ...one, state } : one)));
  }
}

interface ExportWork {
  readonly order: ExportOrder;
  readonly preset: ExportPreset;
  readonly target: OutputTarget;
  readonly ffmpegPath: string;
}

/** Without ffmpeg none is usable. */
export async function presetFacts(
  ffmpegPath: () => string,
  signal: AbortSignal,
): Promise<z.input<typeof exportPresetsSchema>> {
  const encoders = await encodersOf(ffmpegPath, signal);
  const presets = exportPresets.map(({ id, title, target, extension, encoder }) => ({
    ...{ id, title, target, extension },
    isUsable: encoders.has(encoder),
  }));
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
