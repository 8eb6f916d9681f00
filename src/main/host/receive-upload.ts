/**
 * Takes a piece of a file that a window sends: `POST /upload/<id>/<offset>`, as plain bytes, which no form of another site can send. One piece
 * is small, so a connection never lasts long, and what it may hold in memory is known before a byte of it is read.
 */
import { SluiceError } from '#shared/errors';
import { uploadPieceBytes } from '#shared/studio/media';
import { answerText, type Exchange } from './answer';
import { failureWords } from './media-content';
import type { PlainPath } from './plain-path';

export interface UploadSink {
  /** Throws `invalid-argument` where they do not follow on what came before, `disk-full`. */
  receive(offset: number, bytes: Uint8Array): Promise<void>;
}

/** `find` undefined: no door of this host brings files. */
export async function receiveUpload(
  exchange: Exchange,
  { segments }: PlainPath,
  find: ((id: string) => UploadSink | undefined) | undefined,
): Promise<void> {
  const { request, response } = exchange;
  const [, id = '', offsetText = '', ...more] = segments;
  const sink = more.length === 0 && /^\d{1,15}$/.test(offsetText) ? find?.(id) : undefined;
  const refused = sink === undefined ? ([404, 'No file is expected there.'] as const) : refusalOf(exchange);
  if (sink === undefined || refused !== undefined) {
    response.setHeader('Connection', 'close');
    answerText(exchange, refused?.[0] ?? 404, refused?.[1] ?? '');
    return;
  }
  const bytes = await bodyOf(request, Number(request.headers['content-length']));
  if (bytes === undefined) {
    response.destroy();
    return;
  }
  try {
    await sink.receive(Number(offsetText), bytes);
    response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
  } catch (error) {
    const { status, bytes: said } = failureWords(error);
    answerText(exchange, error instanceof SluiceError ? status : 500, Buffer.from(said).toString().trim());
  }
}

function refusalOf({ request: { headers } }: Exchange): readonly [number, string] | undefined {
  if (!/^application\/octet-stream(;|$)/i.test(headers['content-type'] ?? ''))
    return [415, 'Plain bytes are expected.'];
  const length = Number(headers['content-length'] ?? NaN);
  if (!Number.isInteger(length) || length < 1) return [411, 'The length of the piece must be said before it.'];
  return length > uploadPieceBytes ? [413, `A piece has at most ${uploadPieceBytes} bytes.`] : undefined;
}

/** Undefined where fewer or more bytes come than were said. */
async function bodyOf(request: AsyncIterable<unknown>, length: number): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk) || filled + chunk.length > length) return undefined;
      bytes.set(chunk, filled);
      filled += chunk.length;
    }
  } catch {
    return undefined;
  }
  return filled === length ? bytes : undefined;
}
