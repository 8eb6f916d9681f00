/** Answers of the host, each with its length and type: bytes that are at hand, or a file with the part of it that was asked for. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { byteRange } from './byte-range';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export type Caching =
  /** Made anew each time. */
  | 'never'
  /** Named by its content. */
  | 'for-good';

const cacheControl: Readonly<Record<Caching, string>> = {
  never: 'no-store',
  'for-good': 'private, max-age=31536000, immutable',
};

/** A line for people, and the status for programs. */
export function answerText({ request, response }: Exchange, status: number, text: string): void {
  answerBytes({ request, response }, status, Buffer.from(`${text}\n`), 'text/plain; charset=utf-8', 'never');
}

export function answerBytes(
  { request, response }: Exchange,
  status: number,
  bytes: Uint8Array,
  type: string,
  caching: Caching,
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': bytes.byteLength,
    'Cache-Control': cacheControl[caching],
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** Throws what opening the file throws. A client that leaves in the middle is no failure. */
export async function answerFile(
  { request, response }: Exchange,
  file: string,
  type: string,
  caching: Caching,
): Promise<void> {
  await using handle = await open(file, 'r');
  const { size } = await handle.stat();
  const range = byteRange(request.headers.range, size);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Content-Type', type);
  if (range.kind === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${size}`, 'Content-Length': 0 }).end();
    return;
  }
  const part = range.kind === 'part';
  const { first, last } = part ? range : { first: 0, last: size - 1 };
  if (part) response.setHeader('Content-Range', `bytes ${first}-${last}/${size}`);
  response.writeHead(part ? 206 : 200, {
    'Content-Length': last - first + 1,
    'Cache-Control': cacheControl[caching],
  });
  if (request.method === 'HEAD' || size === 0) {
    response.end();
    return;
  }
  const stream = createReadStream('', { fd: handle, start: first, end: last, autoClose: false });
  await pipeline(stream, response).catch(() => response.destroy());
}
