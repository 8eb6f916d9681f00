/** The one thing that is posted: a one-time token, for a cookie. JSON only, which no form of another site can send. */
import { z } from 'zod';
import { parseJson } from '../files/json-file';
import type { Admission } from './admission';
import { answerText, type Exchange } from './answer';

const mostBytes = 1024;
const bodySchema = z.strictObject({ token: z.string().max(100) });

export async function enter(exchange: Exchange, admission: Admission, onEntered?: () => void): Promise<void> {
  const { request, response } = exchange;
  response.setHeader('Connection', 'close');
  if (!/^application\/json(;|$)/i.test(request.headers['content-type'] ?? '')) {
    answerText(exchange, 415, 'JSON is expected.');
    return;
  }
  const text = await bodyText(exchange);
  if (text === undefined) {
    answerText(exchange, 413, 'That is too long.');
    return;
  }
  const body = bodySchema.safeParse(parseJson(text));
  const cookie = body.success ? admission.enter(body.data.token) : undefined;
  if (cookie === undefined) {
    answerText(exchange, 401, 'This token was used, or is of another start.');
    return;
  }
  response.setHeader('Set-Cookie', cookie);
  response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
  onEntered?.();
}

/** Undefined where it is longer than it can be. */
async function bodyText({ request }: Exchange): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.byteLength;
    if (length > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
