/** One export, in its own thread: opens what is shown, gives it the wanted shape, and writes it. */
import type { z } from 'zod';
import { openFrameFile } from '#frames/reader';
import type { MediaId } from '#shared/project/ids';
import { sourceRange } from '#shared/project/source';
import { Watched } from '../../studio/follow';
import { choosePreset } from '../choose-preset';
import { stagePictures } from '../edit/clip-pictures';
import { EditFrames } from '../edit/edit-frames';
import { mediaPictures } from '../edit/media-pictures';
import { mixSound } from '../edit/mix-sound';
import { exportClip, type ExportSource } from '../export-clip';
import { inAnotherShape, part } from '../in-another-shape';
import type { ExportProgress, exportJobSchema } from './contract';

type Job = z.output<typeof exportJobSchema>;
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
  const opened = await openContent(job);
  const sound = soundOf(job, signal);
  try {
    const { inFrame, outFrame } = job.content.kind === 'edit' ? { inFrame: 0, outFrame: opened.frames } : range;
    await exportClip({
      ...{ ffmpegPath, target, quality, signal },
      source: inAnotherShape(part(opened, inFrame, outFrame), { size, frameRate }),
      preset: choosePreset(job.preset, undefined),
      ...(recipe && { recipe }),
      ...(sound && { sound }),
      onProgress: (share, { frames, sizeBytes }) =>
        report({ share: Math.min(1, share), frames, ...(sizeBytes !== undefined && { sizeBytes }) }),
    });
  } finally {
    await opened.close();
  }
}

async function openContent({ content, range, ffmpegPath }: Job): Promise<Opened> {
  if (content.kind === 'clip') return openFrameFile(content.framesPath);
  const { project, takes } = content;
  const { size } = project;
  return new EditFrames(project, range, (clip) => {
    const { source } = clip;
    if (source.kind === 'shot') {
      const found = takes.find((one) => one.takeId === source.takeId && one.stage === source.stage);
      return found && stagePictures(found.framesPath, size);
    }
    const seen = project.media.get(source.mediaId);
    const file = content.media.find(({ mediaId }) => mediaId === source.mediaId)?.file;
    if (seen === undefined || seen.kind === 'audio' || file === undefined) return undefined;
    const lastFrame = sourceRange(project, clip).outFrame - 1;
    return mediaPictures(ffmpegPath, file, { media: seen, lastFrame, size });
  });
}

/** Undefined where nothing is heard: then the file has no sound at all. */
function soundOf({ content, range }: Job, signal: AbortSignal): ((file: string) => Promise<void>) | undefined {
  if (content.kind === 'clip' || content.sounds.length === 0) return undefined;
  const { project, sounds } = content;
  const fileOf = (id: MediaId): string | undefined => sounds.find(({ mediaId }) => mediaId === id)?.file;
  return (file) => mixSound({ project, range, fileOf }, file, signal);
}
