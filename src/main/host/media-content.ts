/** The paths of `#shared/studio/media-url`, answered. Always a film or a PNG, never anything that a browser would run. */
import { SluiceError, type ErrorCode } from '#shared/errors';
import { longestStrip, tallestStrip } from '#shared/studio/media-url';
import { sha256Schema } from '#shared/units';
import { words, type ByteContent, type Content } from './content';
import type { MediaSource } from './media-source';
import type { PlainPath } from './plain-path';

const shortestStrip = 8;

const statusOf: Partial<Record<ErrorCode, number>> = {
  'artifact-missing': 404,
  'artifact-corrupt': 404,
  'invalid-argument': 400,
  'ffmpeg-missing': 503,
  'disk-full': 507,
};

/** @param path below `/media/` */
export async function mediaContent(
  source: MediaSource,
  { segments, query }: PlainPath,
  signal: AbortSignal,
): Promise<Content> {
  const [keyText = '', what = '', name, ...more] = segments;
  const key = sha256Schema.safeParse(keyText);
  if (!key.success || more.length > 0) return words(404, 'There is no such clip.');
  try {
    if (what === 'proxy.mp4' && name === undefined) {
      const file = await source.proxy(key.data, signal);
      return { kind: 'file', file, type: 'video/mp4', caching: 'for-good' };
    }
    const bytes = await pictureOf(source, key.data, { what, name, query }, signal);
    if (bytes === undefined) return words(404, 'There is no such picture.');
    return { kind: 'bytes', status: 200, bytes, type: 'image/png', caching: 'for-good' };
  } catch (error) {
    return failureWords(error);
  }
}

/** Why there is nothing to show, with a status that fits. */
export function failureWords(error: unknown): ByteContent {
  if (!(error instanceof SluiceError)) return words(500, 'It cannot be made.');
  return words(statusOf[error.code] ?? 500, error.message);
}

async function pictureOf(
  source: MediaSource,
  key: Parameters<MediaSource['frame']>[0],
  { what, name, query }: { what: string; name: string | undefined; query: PlainPath['query'] },
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  if (what === 'strip.png' && name === undefined) {
    const frames = whole(query.get('frames'), 1, longestStrip);
    const height = whole(query.get('height'), shortestStrip, tallestStrip);
    return frames === undefined || height === undefined ? undefined : source.strip(key, frames, height, signal);
  }
  const frame = what === 'frame' ? whole(/^(\d+)\.png$/.exec(name ?? '')?.[1], 0, 1e6) : undefined;
  return frame === undefined ? undefined : source.frame(key, frame, signal);
}

function whole(text: string | undefined, least: number, most: number): number | undefined {
  const number = Number(text);
  const isWhole = text !== undefined && /^\d{1,7}$/.test(text) && number >= least && number <= most;
  return isWhole ? number : undefined;
}
