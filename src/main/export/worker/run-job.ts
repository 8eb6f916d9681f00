/** One export, in its own thread: opens what is shown, gives it the wanted shape, and writes it. */
import type { z } from 'zod';
import { openFrameFile } from '#frames/reader';
import { Watched } from '../../studio/follow';
import { choosePreset } from '../choose-preset';
import { stagePictures } from '../edit/clip-pictures';
import { EditFrames } from '../edit/edit-frames';
import { exportClip, type ExportSource } from '../export-clip';
import { inAnotherShape, part } from '../in-another-shape';
import type { ExportProgress, exportJobSchema } from './contract';

type Job = z.output<typeof exportJobSchema>;
type Content = Job['content'];
type Opened = ExportSource & { close(): Promise<void> };

/** Throws what `exportClip` throws, `artifact-missing`, `artifact-corrupt`. */
export async function* runExportJob(job: Job, signal: AbortSignal): AsyncGenerator<ExportProgress> {
  const progress = new Watched<ExportProgress>({ share: 0, frames: 0 });
  const ended = new AbortController();
  const work = exportJob(job, signal, (next) => progress.set(next)).finally(() => ended.abort());
  // Whoever stops listening still waits until the work has cleared up.
  try {
    yield* progress.follow(ended.signal);
  } finally {
    await work;
  }
}

async function exportJob(job: Job, signal: AbortSignal, report: (progress: ExportProgress) => void): Promise<void> {
  const { ffmpegPath, target, quality, size, frameRate, range, recipe } = job;
  const opened = await openContent(job.content, range);
  try {
    const { inFrame, outFrame } = job.content.kind === 'edit' ? { inFrame: 0, outFrame: opened.frames } : range;
    await exportClip({
      ...{ ffmpegPath, target, quality, signal },
      source: inAnotherShape(part(opened, inFrame, outFrame), { size, frameRate }),
      preset: choosePreset(job.preset, undefined),
      ...(recipe && { recipe }),
      onProgress: (share, { frames, sizeBytes }) =>
        report({ share: Math.min(1, share), frames, ...(sizeBytes !== undefined && { sizeBytes }) }),
    });
  } finally {
    await opened.close();
  }
}

async function openContent(content: Content, range: Job['range']): Promise<Opened> {
  if (content.kind === 'clip') return openFrameFile(content.framesPath);
  const { project, takes } = content;
  return new EditFrames(project, range, ({ source }) => {
    if (source.kind !== 'shot') return undefined;
    const found = takes.find((one) => one.takeId === source.takeId && one.stage === source.stage);
    return found && stagePictures(found.framesPath, project.size);
  });
}
