/** The pictures of one clip of an edit while it is exported, as large as the project shows them. */
import { openFrameFile, type FrameFileReader } from '#frames/reader';
import { fittedInto } from '#shared/edit/compose';
import { fitted } from '#shared/edit/fit';
import { stageFrame } from '#shared/edit/layers-at';
import type { Raster } from '#shared/edit/raster';
import { cancellation, SluiceError } from '#shared/errors';
import type { Media } from '#shared/project/media';
import type { Size } from '#shared/units';
import { decodeFrames, type MediaFile } from '../../media/decode-frames';
import { probeStreams } from '../../media/probe';

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

/** Of imported media: the frames that the viewer shows of it where it stands still. Throws as `decodeFrames` does. */
export async function mediaPictures(
  ffmpegPath: string,
  file: string,
  { media, lastFrame, size }: { readonly media: SeenMedia; readonly lastFrame: number; readonly size: Size },
): Promise<ClipPictures> {
  const ended = new AbortController();
  const streams = await probeStreams(ffmpegPath, file, ended.signal);
  return new MediaPictures({ ffmpegPath, file, streams }, media, lastFrame, size, ended);
}

export type SeenMedia = Exclude<Media, { kind: 'audio' }>;

class MediaPictures implements ClipPictures {
  private stream: AsyncGenerator<Uint8Array> | undefined;
  private next = 0;
  private last: Raster | undefined;

  constructor(
    private readonly file: MediaFile,
    private readonly media: SeenMedia,
    private readonly lastFrame: number,
    private readonly size: Size,
    private readonly ended: AbortController,
  ) {}

  async at(frame: number): Promise<Raster> {
    const { media } = this;
    const { width, height } = fitted(media.size.width, media.size.height, { x: 0, y: 0, ...this.size });
    this.stream ??= this.begin(frame, { width, height });
    for (; this.last === undefined || (media.kind === 'video' && this.next <= frame); this.next += 1) {
      const step = await this.stream.next();
      if (step.done === true) break;
      const size = { width, height };
      this.last = media.kind === 'video' ? { ...size, rgb: step.value } : withAlpha(step.value, size);
    }
    if (this.last === undefined)
      throw new SluiceError('media-unreadable', `“${media.name}” gave no frame ${frame}. Import it again.`);
    return this.last;
  }

  async close(): Promise<void> {
    this.ended.abort(cancellation());
    await this.stream?.return(undefined).catch(() => undefined);
  }

  private begin(frame: number, size: Size): AsyncGenerator<Uint8Array> {
    this.next = frame;
    const { media, lastFrame } = this;
    if (media.kind === 'image') return decodeFrames(this.file, { size, pixels: 'rgba' }, this.ended.signal);
    const stretch = { frameRate: media.frameRate, fromFrame: frame, toFrame: Math.max(frame, lastFrame) + 1 };
    return decodeFrames(this.file, { stretch, size, pixels: 'rgb24' }, this.ended.signal);
  }
}

function withAlpha(rgba: Uint8Array, size: Size): Raster {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  const alpha = new Uint8Array(rgba.length / 4);
  for (let pixel = 0; pixel < alpha.length; pixel += 1) {
    rgb.set(rgba.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
    alpha[pixel] = rgba[pixel * 4 + 3] ?? 255;
  }
  return { ...size, rgb, alpha };
}
