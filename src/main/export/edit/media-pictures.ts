/** The pictures of a clip of imported media while it is exported: decoded once, in order, straight from the user's file. */
import { fitted } from '#shared/edit/fit';
import type { Raster } from '#shared/edit/raster';
import { cancellation, SluiceError } from '#shared/errors';
import type { Media } from '#shared/project/media';
import type { Size } from '#shared/units';
import { decodeFrames, type MediaFile } from '../../media/decode-frames';
import { probeStreams } from '../../media/probe';
import type { ClipPictures } from './clip-pictures';

/** The frames that the viewer shows of it where it stands still. Throws as `decodeFrames` does. */
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
