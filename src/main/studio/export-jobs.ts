/** Exports of edits and takes: what is wrong with one is said before it begins, then it is written beside everything else. */
import { stat } from 'node:fs/promises';
import type { FrameRate } from '#shared/project/time';
import type { ExportId, ExportQuality } from '#shared/studio/exports';
import type { Size } from '#shared/units';
import { choosePreset } from '../export/choose-preset';
import type { ExportSizes } from '../export/export-sizes';
import { exportedShape, exportJobOf, type FoundSource } from '../export/found-source';
import { prepareOutput } from '../export/output-target';
import type { ReplacedFolders } from '../export/replaced-folders';
import type { ExportJob, ExportProgress } from '../export/worker/contract';
import { exportInThread } from '../export/worker/export-thread';
import { folderSize } from '../files/disk-space';
import type { FileToWrite, WrittenFiles } from './written-files';

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
  readonly files: WrittenFiles;
  readonly replaced: ReplacedFolders;
}

export class ExportJobs {
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
    const pixels = shape.size.width * shape.size.height * shape.frames;
    const write = this.writing(job, shape.frames, pixels);
    return this.options.files.begin({ what: 'edit', file: target.path, write, release });
  }

  private writing(job: ExportJob, of: number, pixels: number): FileToWrite['write'] {
    const { threadEntry, sizes, replaced } = this.options;
    return async (signal, onProgress) => {
      onProgress({ share: 0, done: 0, of, unit: 'frames' });
      const report = ({ share, frames, sizeBytes }: ExportProgress): void =>
        onProgress({
          ...{ share, done: Math.min(frames, of), of, unit: 'frames' },
          ...(sizeBytes !== undefined && { sizeBytes }),
        });
      await replaced.during(job.target, () => exportInThread(threadEntry, job, signal, report));
      const { path, kind } = job.target;
      const sizeBytes = kind === 'folder' ? (await folderSize(path)).sizeBytes : (await stat(path)).size;
      await sizes.note({ preset: job.preset, quality: job.quality, pixels }, sizeBytes);
      return sizeBytes;
    };
  }
}
