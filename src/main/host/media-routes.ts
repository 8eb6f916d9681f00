/** The paths of `#shared/studio/media-url`, answered. Always a film or a PNG, never anything that a browser would run. */
import { SluiceError, type ErrorCode } from '#shared/errors';
import { longestStrip, tallestStrip } from '#shared/studio/media-url';
import { sha256Schema } from '#shared/units';
import { answerBytes, answerFile, answerText, type Exchange } from './answer';
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
export async function answerMedia(
  source: MediaSource,
  { segments, query }: PlainPath,
  exchange: Exchange,
): Promise<void> {
  const gone = new AbortController();
  exchange.response.once('close', () => gone.abort());
  const [keyText = '', what = '', name, ...more] = segments;
  const key = sha256Schema.safeParse(keyText);
  if (!key.success || more.length > 0) {
    answerText(exchange, 404, 'There is no such clip.');
    return;
  }
  try {
    if (what === 'proxy.mp4' && name === undefined) {
      await answerFile(exchange, await source.proxy(key.data, gone.signal), 'video/mp4', 'for-good');
      return;
    }
    const picture = await pictureOf(source, key.data, { what, name, query }, gone.signal);
    if (picture === undefined) {
      answerText(exchange, 404, 'There is no such picture.');
      return;
    }
    answerBytes(exchange, 200, picture, 'image/png', 'for-good');
  } catch (error) {
    answerFailure(exchange, error);
  }
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

/** Once the head has left, all that can be said is that there is no more. */
function answerFailure(exchange: Exchange, error: unknown): void {
  if (exchange.response.headersSent) {
    exchange.response.destroy();
    return;
  }
  const status = error instanceof SluiceError ? (statusOf[error.code] ?? 500) : 500;
  answerText(exchange, status, error instanceof SluiceError ? error.message : 'The picture cannot be made.');
}
