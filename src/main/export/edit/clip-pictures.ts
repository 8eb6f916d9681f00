/** The pictures of one clip of an edit while it is exported, as large as the project shows them; and those of a stage. */
import { openFrameFile, type FrameFileReader } from '#frames/reader';
import { fittedInto } from '#shared/edit/compose';
import { stageFrame } from '#shared/edit/layers-at';
import type { Raster } from '#shared/edit/raster';
import type { Size } from '#shared/units';

export interface ClipPictures {
  /** `frame` of the source's `frames`, never less than the one before. The same frame again is the same object. */
  at(frame: number, frames: number): Promise<Raster>;
  close(): Promise<void>;
}

/** Of a stage that was made. Throws `artifact-missing`, `artifact-corrupt`. */
export async function stagePictures(framesPath: string, size: Size): Promise<ClipPictures> {
  return new StagePictures(await openFrameFile(framesPath), size);
}

class StagePictures implements ClipPictures {
  private last: { readonly frame: number; readonly picture: Promise<Raster> } | undefined;

  constructor(
    private readonly reader: FrameFileReader,
    private readonly size: Size,
  ) {}

  at(frame: number, frames: number): Promise<Raster> {
    const of = stageFrame(frame, frames, this.reader.frames);
    if (this.last?.frame !== of) this.last = { frame: of, picture: this.read(of) };
    return this.last.picture;
  }

  close(): Promise<void> {
    return this.reader.close();
  }

  private async read(frame: number): Promise<Raster> {
    const { height, width } = this.reader;
    return fittedInto({ height, width, rgb: await this.reader.read(frame, frame + 1) }, this.size);
  }
}
