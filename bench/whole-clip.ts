/**
 * A whole clip through the product's own path: jobs, the inference process, frame files, ffmpeg. And the figure people feel
 * first: how soon a warm process shows a moving preview.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportFrameFile } from '#main/export/export-frame-file';
import { prepareOutput } from '#main/export/output-target';
import { choosePreset } from '#main/export/choose-preset';
import { openSharedHome } from '#main/files/shared-home';
import { InferenceProcess } from '#main/inference/inference-process';
import { forkInference } from '#main/inference/spawn';
import type { CascadeRequest } from '#main/jobs/cascade-job';
import { openCascadeJobs } from '#main/jobs/cascade-jobs';
import { locateFfmpeg } from '#main/media/ffmpeg';
import type { Pack } from '#main/packs/pack';
import { plainShot, type Shot } from '#shared/shot';
import { StageRecorder, type StageFigures } from './stage-recorder';

const prompt = 'a red hot-air balloon drifts left over snowy mountains at sunset';

export interface WholeClip {
  readonly stages: readonly StageFigures[];
  /** From the request to the first preview, in a process that has made a clip before. */
  readonly firstPreviewSec: number;
  readonly generateSec: number;
  readonly exportSec: number;
  readonly frames: number;
}

export interface Machine {
  readonly threads: number;
  readonly memoryBytes: number;
}

export async function wholeClip(pack: Pack, machine: Machine): Promise<WholeClip> {
  const ffmpegPath = locateFfmpeg({ chosen: process.env['SLUICE_FFMPEG'], searchPath: process.env['PATH'] ?? '' }).path;
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-bench-'));
  const home = await openSharedHome(folder);
  const inference = new StageRecorder(
    new InferenceProcess({ spawn: forkInference(path.resolve('out/inference.js'), process.env) }),
  );
  const versions = { sluice: 'bench', onnxruntime: 'bench' };
  const jobs = await openCascadeJobs({ home, inference, versions });
  const { signal } = new AbortController();
  const run = async (shot: Shot) => {
    const request: CascadeRequest = { pack, shot, provider: 'cpu', previewPixels: 320, ...machine };
    const start = performance.now();
    const result = await jobs.run(request, signal);
    return { result, start, seconds: (performance.now() - start) / 1000 };
  };
  try {
    const base = pack.manifest.stages.slice(0, 1).map(({ id }) => id)[0];
    await run({ ...plainShot(prompt, 1), ...(base && { stopAt: base }) });
    inference.figures.length = 0;
    inference.watchForPreview();
    const clip = await run(plainShot(prompt, 2));
    const preset = choosePreset(undefined, 'clip.mp4');
    const target = await prepareOutput(path.join(folder, 'clip.mp4'), 'file', false);
    const exportStart = performance.now();
    await exportFrameFile({
      ffmpegPath,
      framesPath: clip.result.outputPath,
      preset,
      target,
      recipe: clip.result.recipe,
      signal,
    });
    return {
      stages: [...inference.figures],
      firstPreviewSec: ((inference.firstPreviewMs ?? NaN) - clip.start) / 1000,
      generateSec: clip.seconds,
      exportSec: (performance.now() - exportStart) / 1000,
      frames: pack.manifest.stages.at(-1)?.output.frames ?? 0,
    };
  } finally {
    await jobs.close();
    await inference.close();
    await home.close();
    await rm(folder, { recursive: true, force: true });
  }
}
