/** Answers the window's scheme by the same code as the host answers a browser: a plain path, then its content, with the range of it. */
import { open, type FileHandle } from 'node:fs/promises';
import { appOrigin } from '#shared/studio/bridge';
import { words, type Content, type FileContent } from '../host/content';
import { bytesHead, fileHead } from '../host/content-head';
import { plainPath } from '../host/plain-path';
import { securityHeaders } from '../host/security-headers';
import { studioContent, type ContentSource } from '../host/studio-content';
import { isOurs } from './scheme';

/** Never throws: what goes wrong here is a 500. */
export async function answerRequest(request: Request, source: ContentSource): Promise<Response> {
  try {
    return await respond(request, await contentFor(request, source));
  } catch {
    return await respond(request, words(500, 'Something went wrong here.'));
  }
}

async function contentFor(request: Request, source: ContentSource): Promise<Content> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return words(405, 'That cannot be done here.');
  if (!isOurs(request.url)) return words(403, 'This program does not answer to that name.');
  const path = plainPath(request.url.slice(appOrigin.length));
  if (path === undefined) return words(400, 'There can be nothing under that name.');
  return studioContent(source, path, request.signal);
}

async function respond(request: Request, content: Content): Promise<Response> {
  if (content.kind === 'file') return respondWithFile(request, content);
  const { status, headers } = bytesHead(content);
  const body = request.method === 'HEAD' ? null : Uint8Array.from(content.bytes);
  return new Response(body, { status, headers: { ...securityHeaders(), ...headers } });
}

async function respondWithFile(request: Request, content: FileContent): Promise<Response> {
  const handle = await open(content.file, 'r');
  try {
    const { size } = await handle.stat();
    const { status, headers, part } = fileHead(content, size, request.headers.get('range') ?? undefined);
    const sends = request.method === 'GET' && part !== undefined;
    if (!sends) await handle.close();
    const body = sends ? streamOf(handle, part.first, part.last) : null;
    return new Response(body, { status, headers: { ...securityHeaders(), ...headers } });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const chunkBytes = 256 * 1024;

/** Reads as it is asked to, and lets the file go at its end or when nobody wants more: players stop in the middle all the time. */
function streamOf(handle: FileHandle, first: number, last: number): ReadableStream<Uint8Array> {
  let at = first;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = new Uint8Array(Math.min(chunkBytes, last + 1 - at));
      const { bytesRead } = await handle.read(chunk, 0, chunk.byteLength, at);
      at += bytesRead;
      if (bytesRead > 0) controller.enqueue(chunk.subarray(0, bytesRead));
      if (bytesRead > 0 && at <= last) return;
      await handle.close();
      controller.close();
    },
    cancel: () => handle.close(),
  });
}
