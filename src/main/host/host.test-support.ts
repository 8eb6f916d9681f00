/** A client that sends what it is told, byte for byte, as no browser and no library would; and the way in, as the entry page goes it. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { SluiceError } from '#shared/errors';
import type { Transport } from '#shared/channel/transport';
import { openHost, type Host, type HostOptions } from './host';

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Ask {
  readonly method?: string;
  /** Exactly as it goes over the wire. */
  readonly target?: string;
  /** null takes one of the usual ones away. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string;
}

export async function ask(
  port: number,
  { method = 'GET', target = '/', headers = {}, body = '' }: Ask,
): Promise<Answer> {
  const all: Record<string, string | null> = {
    Host: `127.0.0.1:${port}`,
    Connection: 'close',
    ...(body !== '' && { 'Content-Length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const bytes = await exchange(port, `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  return parseAnswer(bytes);
}

function exchange(port: number, sent: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(sent));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks)));
    socket.on('error', reject);
  });
}

function parseAnswer(bytes: Buffer): Answer {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { status: Number(first.split(' ')[1]), headers, body: bytes.subarray(end + 4) };
}

/** What the entry page's script does; returns the cookie to send along. */
export async function enterAt(host: Host, url = host.invite()): Promise<string> {
  const answer = await postToken(host.port, new URL(url).hash.slice(1));
  if (answer.status !== 204) throw new Error(`not let in: ${answer.status}`);
  return answer.headers['set-cookie']?.split(';')[0] ?? '';
}

export function postToken(port: number, token: string, headers: Ask['headers'] = {}): Promise<Answer> {
  return ask(port, {
    method: 'POST',
    target: '/enter',
    headers: { Origin: `http://127.0.0.1:${port}`, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  });
}

export const filmBytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 251));
export const clipKey = 'c'.repeat(64);

export interface TestHost {
  readonly host: Host;
  readonly folder: string;
  readonly channels: Transport[];
}

/** A host over a folder with a page, a script, and something beside it that nobody may read; its media hold one clip. */
export async function openTestHost(changes: Partial<HostOptions> = {}): Promise<TestHost> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-host-'));
  const rendererFolder = path.join(folder, 'renderer');
  await mkdir(path.join(rendererFolder, 'assets'), { recursive: true });
  await writeFile(path.join(rendererFolder, 'index.html'), '<!doctype html><title>studio</title>');
  await writeFile(path.join(rendererFolder, 'assets', 'index-0a1b.js'), 'export {};');
  await writeFile(path.join(rendererFolder, 'notes.txt'), 'no type that is served');
  await writeFile(path.join(folder, 'secret.json'), '{"secret":true}');
  const film = path.join(folder, 'film.mp4');
  await writeFile(film, filmBytes);
  const channels: Transport[] = [];
  const ofClip = <T>(key: string, value: T): Promise<T> =>
    key === clipKey
      ? Promise.resolve(value)
      : Promise.reject(new SluiceError('artifact-missing', 'There is no such clip.'));
  const host = await openHost({
    port: 0,
    rendererFolder,
    media: {
      proxy: (key) => ofClip(key, film),
      frame: (key, frame) => ofClip(key, Uint8Array.of(0x89, frame)),
      strip: (key, frames, height) => ofClip(key, Uint8Array.of(0x89, frames, height)),
    },
    onChannel: (transport) => channels.push(transport),
    ...changes,
  });
  onTestFinished(async () => {
    await host.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { host, folder, channels };
}
