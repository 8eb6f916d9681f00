/** The paths of `#shared/studio/media-imported`, answered. Films, pictures and samples, never anything that a browser would run. */
import path from 'node:path';
import { longestSide, sheetFrames } from '#shared/studio/media-imported';
import { longestProjectFrames } from '#shared/project/time';
import { sha256Schema, type Sha256, type Size } from '#shared/units';
import { words, type Content } from './content';
import { failureWords } from './media-content';
import type { PlainPath } from './plain-path';

export interface ImportedSource {
  /** Folder of what was made to play. Throws `artifact-missing`. */
  part(media: Sha256, part: 'film' | 'sound'): Promise<string>;
  /** Path of a PNG. Throws `artifact-missing`, `media-unreadable`, `ffmpeg-missing`, `disk-full`. */
  thumbnail(media: Sha256): Promise<string>;
  /** PNG. Throws as `thumbnail`, `invalid-argument`. */
  frame(media: Sha256, frame: number, size: Size, signal: AbortSignal): Promise<Uint8Array>;
}

interface Asked {
  readonly source: ImportedSource;
  readonly media: Sha256;
  readonly query: PlainPath['query'];
  readonly signal: AbortSignal;
}

/** @param path below `/imported/` */
export async function importedContent(
  source: ImportedSource,
  { segments, query }: PlainPath,
  signal: AbortSignal,
): Promise<Content> {
  const [hash = '', ...what] = segments;
  const media = sha256Schema.safeParse(hash);
  try {
    const found = media.success && (await contentOf({ source, media: media.data, query, signal }, what));
    return found || words(404, 'There is no such media.');
  } catch (error) {
    return failureWords(error);
  }
}

async function contentOf(asked: Asked, what: readonly string[]): Promise<Content | undefined> {
  const { source, media } = asked;
  switch (what.join('/')) {
    case 'film.mp4':
      return file(await source.part(media, 'film'), 'film.mp4', 'video/mp4');
    case 'sound.pcm':
      return file(await source.part(media, 'sound'), 'sound.pcm', 'application/octet-stream');
    case 'peaks.s8':
      return file(await source.part(media, 'sound'), 'peaks.s8', 'application/octet-stream');
    case 'thumbnail.png':
      return { kind: 'file', file: await source.thumbnail(media), type: 'image/png', caching: 'for-good' };
    default:
      return numbered(asked, what);
  }
}

async function numbered(
  { source, media, query, signal }: Asked,
  what: readonly string[],
): Promise<Content | undefined> {
  const [kind = '', name = '', ...more] = what;
  if (more.length > 0) return undefined;
  if (kind === 'strip') {
    const sheet = whole(/^(\d+)\.jpg$/.exec(name)?.[1], 0, longestProjectFrames / sheetFrames);
    return sheet === undefined ? undefined : file(await source.part(media, 'film'), `strip-${sheet}.jpg`, 'image/jpeg');
  }
  const frame = kind === 'frame' ? whole(/^(\d+)\.png$/.exec(name)?.[1], 0, longestProjectFrames) : undefined;
  const width = whole(query.get('width'), 1, longestSide);
  const height = whole(query.get('height'), 1, longestSide);
  if (frame === undefined || width === undefined || height === undefined) return undefined;
  const bytes = await source.frame(media, frame, { width, height }, signal);
  return { kind: 'bytes', status: 200, bytes, type: 'image/png', caching: 'for-good' };
}

function file(folder: string, name: string, type: string): Content {
  return { kind: 'file', file: path.join(folder, name), type, caching: 'for-good' };
}

function whole(text: string | undefined, least: number, most: number): number | undefined {
  const number = Number(text);
  const isWhole = text !== undefined && /^\d{1,8}$/.test(text) && number >= least && number <= most;
  return isWhole ? number : undefined;
}
