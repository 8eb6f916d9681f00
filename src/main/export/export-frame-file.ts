/** Exports the clip of a frame file: opens it, hands its frames over one after another, closes it whatever happens. */
import { openFrameFile } from '#frames/reader';
import { exportClip, type ClipExport } from './export-clip';

export type FrameFileExport = Omit<ClipExport, 'source'> & { readonly framesPath: string };

/** Throws what `exportClip` throws, `artifact-missing`, `artifact-corrupt`. */
export async function exportFrameFile({ framesPath, ...request }: FrameFileExport): Promise<void> {
  const source = await openFrameFile(framesPath);
  try {
    await exportClip({ ...request, source });
  } finally {
    await source.close();
  }
}
