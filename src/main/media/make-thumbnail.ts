/** Makes the small picture by which media are known in a list; and single frames as PNG, exact. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Media } from '#shared/project/media';
import type { Size } from '#shared/units';
import { decodeFrames, type MediaFile } from './decode-frames';
import { encodePng } from './png';
import { undecodable } from './probe';

export const thumbnailName = 'thumbnail.png';

/** For sharp screens twice what a list shows. */
const largestThumbnail: Size = { width: 192, height: 128 };

type Seen = Exclude<Media, { kind: 'audio' }>;

/** Writes into `folder`. Throws as `decodeFrames` does, `disk-full`. */
export async function makeThumbnail(file: MediaFile, media: Seen, folder: string, signal: AbortSignal): Promise<void> {
  const { width, height } = media.size;
  const scale = Math.min(1, largestThumbnail.width / width, largestThumbnail.height / height);
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const frame = media.kind === 'video' ? Math.floor(media.frames / 10) : 0;
  await writeFile(path.join(folder, thumbnailName), await framePng(file, media, frame, size, signal));
}

/** Frame `frame` of the media's grid, stretched to `size`. Throws as `decodeFrames` does. */
export async function framePng(
  file: MediaFile,
  media: Seen,
  frame: number,
  size: Size,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const isVideo = media.kind === 'video';
  const pixels = isVideo ? 'rgb24' : 'rgba';
  const stretch = isVideo && { frameRate: media.frameRate, fromFrame: frame, toFrame: frame + 1 };
  for await (const bytes of decodeFrames(file, { size, pixels, ...(stretch && { stretch }) }, signal))
    return await encodePng(bytes, size.height, size.width, isVideo ? 3 : 4);
  throw undecodable(file.file, file.streams.format, `no frame ${frame}`);
}
