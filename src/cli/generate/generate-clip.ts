/** One clip from a shot to a file: runs the cascade, exports what came out, and tells of both. */
import { exportFrameFile } from '#main/export/export-frame-file';
import type { OutputTarget } from '#main/export/output-target';
import type { ExportPreset } from '#main/export/presets';
import type { CascadeRequest, CascadeResult } from '#main/jobs/cascade-job';
import type { CommandContext } from '../command';
import type { Reporter } from '../display/reporter';
import path from 'node:path';

export interface ClipWork {
  readonly request: CascadeRequest;
  readonly preset: ExportPreset;
  readonly target: OutputTarget;
}

/** Throws what running and exporting throw. Finished stages are kept whatever happens. */
export async function generateClip(
  { request, preset, target }: ClipWork,
  context: CommandContext,
  reporter: Reporter,
): Promise<CascadeResult> {
  const { sluice, signal } = context;
  const [part] = request.shot.prompts;
  const { name, version } = request.pack.manifest;
  const file = path.basename(target.path);
  reporter.begin([part?.prompt ?? '', `${name} ${version} · seed ${request.shot.seed} · ${file}`]);
  try {
    const jobs = await sluice.jobs();
    const result = await jobs.run(request, signal, (event) => reporter.event(event));
    reporter.exporting(file, 0);
    const replaced = await sluice.replaced();
    await replaced.during(target, () =>
      exportFrameFile({
        ffmpegPath: sluice.ffmpeg().path,
        framesPath: result.outputPath,
        preset,
        target,
        recipe: result.recipe,
        signal,
        onProgress: (share) => reporter.exporting(file, share),
      }),
    );
    return result;
  } finally {
    reporter.end();
  }
}
