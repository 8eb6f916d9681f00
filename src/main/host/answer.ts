/** Answers of the host over HTTP, each with its length and type: bytes that are at hand, or a file with the part of it that was asked for. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { words, type Caching, type Content, type FileContent } from './content';
import { bytesHead, fileHead } from './content-head';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** A line for people, and the status for programs. */
export function answerText(exchange: Exchange, status: number, text: string): void {
  const { bytes, type, caching } = words(status, text);
  answerBytes(exchange, status, bytes, type, caching);
}

export function answerBytes(
  { request, response }: Exchange,
  status: number,
  bytes: Uint8Array,
  type: string,
  caching: Caching,
): void {
  const { headers } = bytesHead({ status, bytes, type, caching });
  response.writeHead(status, headers);
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** Throws what opening a file throws. A client that leaves in the middle is no failure. */
export async function answerContent(exchange: Exchange, content: Content): Promise<void> {
  if (content.kind === 'file') await answerFile(exchange, content);
  else answerBytes(exchange, content.status, content.bytes, content.type, content.caching);
}

async function answerFile({ request, response }: Exchange, content: FileContent): Promise<void> {
  await using handle = await open(content.file, 'r');
  const { size } = await handle.stat();
  const { status, headers, part } = fileHead(content, size, request.headers.range);
  response.writeHead(status, headers);
  if (request.method === 'HEAD' || part === undefined) {
    response.end();
    return;
  }
  const stream = createReadStream('', { fd: handle, start: part.first, end: part.last, autoClose: false });
  await pipeline(stream, response).catch(() => response.destroy());
}
