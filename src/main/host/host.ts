/**
 * The studio's door for a browser: serves the built renderer, pictures of clips, and the channel, to this machine alone. Every request
 * passes here in the same order: a plain path, our own name and page, a method that the path has, someone who was let in. GET
 * changes nothing.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Transport } from '#shared/channel/transport';
import { Admission } from './admission';
import { answerBytes, answerContent, answerText, type Exchange } from './answer';
import { enter } from './enter';
import { enterPage, enterScript, lockedPage } from './entry-pages';
import { listenNear, loopback } from './listen';
import { plainPath, type PlainPath } from './plain-path';
import { receiveUpload } from './receive-upload';
import { refusalOf } from './request-guard';
import { securityHeaders } from './security-headers';
import { openSocketDoor } from './socket-door';
import { studioContent, type ContentSource } from './studio-content';

export interface HostOptions extends ContentSource {
  /** Wanted; the next free one is taken where it is not. 0: any. */
  readonly port: number;
  /** A window has connected. The host holds nothing of it. */
  readonly onChannel: (transport: Transport) => void;
  /** A one-time address was used. */
  readonly onEntered?: () => void;
  readonly pingMs?: number;
}

export interface Host {
  readonly port: number;
  /** A new address that lets one browser in, once. To be shown to the person and nobody else. */
  invite(): string;
  close(): Promise<void>;
}

/** A browser's tab in the background answers pings; a suspended machine connects again. */
const defaultPingMs = 20_000;
/** Milliseconds and counts far beyond what a browser on the same machine needs. */
const serverLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  maxHeaderSize: 16_384,
};
const mostConnections = 256;
const idleMs = 120_000;

/** Throws `invalid-argument` where no port is free. */
export async function openHost(options: HostOptions): Promise<Host> {
  const server = createServer(serverLimits);
  server.maxConnections = mostConnections;
  server.setTimeout(idleMs);
  const port = await listenNear(server, options.port);
  const admission = new Admission(port);
  const visit: Visit = { options, port, admission };
  server.on('request', (request, response) => void answer({ request, response }, visit));
  const closeSockets = openSocketDoor(server, {
    port,
    admission,
    onChannel: options.onChannel,
    pingMs: options.pingMs ?? defaultPingMs,
  });
  return {
    port,
    invite: () => `http://${loopback}:${port}/enter#${admission.invite()}`,
    close: () => {
      closeSockets();
      return closed(server);
    },
  };
}

interface Visit {
  readonly options: HostOptions;
  readonly port: number;
  readonly admission: Admission;
}

type Route = (exchange: Exchange, visit: Visit, path: PlainPath) => Promise<void> | void;

interface Answering {
  /** Also HEAD. */
  readonly GET?: Route;
  readonly POST?: Route;
}

/** Before anyone is let in. */
const openRoutes: ReadonlyMap<string, Answering> = new Map<string, Answering>([
  [
    'enter',
    {
      GET: (exchange) => {
        answerBytes(exchange, 200, Buffer.from(enterPage), 'text/html; charset=utf-8', 'never');
      },
      POST: (exchange, { admission, options }) => enter(exchange, admission, options.onEntered),
    },
  ],
  [
    'enter.js',
    {
      GET: (exchange) => {
        answerBytes(exchange, 200, Buffer.from(enterScript), 'text/javascript; charset=utf-8', 'never');
      },
    },
  ],
]);

async function answer(exchange: Exchange, visit: Visit): Promise<void> {
  try {
    await route(exchange, visit);
  } catch {
    if (exchange.response.headersSent) exchange.response.destroy();
    else answerText(exchange, 500, 'Something went wrong here.');
  }
}

async function route(exchange: Exchange, visit: Visit): Promise<void> {
  const { request, response } = exchange;
  const path = plainPath(request.url);
  const looks = request.method === 'GET' || request.method === 'HEAD';
  const refusal = refusalOf({ headers: request.headers, needsOrigin: !looks }, visit.port);
  if (refusal !== undefined) refuse(exchange, 403, refusal);
  else {
    setHeaders(response, request);
    if (path === undefined) refuse(exchange, 400, 'There can be nothing under that name.');
    else await answerPath(exchange, visit, path);
  }
}

async function answerPath(exchange: Exchange, visit: Visit, path: PlainPath): Promise<void> {
  const { method = '', headers } = exchange.request;
  const looks = method === 'GET' || method === 'HEAD';
  const open = openRoutes.get(path.segments.join('/'));
  const isIn = open !== undefined || visit.admission.isIn(headers.cookie);
  const answering: Answering = open ?? (path.segments[0] === 'upload' ? { POST: answerUpload } : { GET: answerInside });
  const chosen = looks ? answering.GET : method === 'POST' ? answering.POST : undefined;
  if (!isIn) locked(exchange);
  else if (chosen === undefined) refuse(exchange, 405, 'That cannot be done here.');
  else await chosen(exchange, visit, path);
}

async function answerInside(exchange: Exchange, { options }: Visit, path: PlainPath): Promise<void> {
  const gone = new AbortController();
  exchange.response.once('close', () => gone.abort());
  await answerContent(exchange, await studioContent(options, path, gone.signal));
}

async function answerUpload(exchange: Exchange, { options }: Visit, path: PlainPath): Promise<void> {
  await receiveUpload(exchange, path, options.media.uploadOf);
}

function locked(exchange: Exchange): void {
  answerBytes(exchange, 401, Buffer.from(lockedPage), 'text/html; charset=utf-8', 'never');
}

/** A body that nobody will read must not keep the connection. */
function refuse(exchange: Exchange, status: number, why: string): void {
  exchange.response.setHeader('Connection', 'close');
  exchange.response.setHeader('X-Content-Type-Options', 'nosniff');
  answerText(exchange, status, why);
}

function setHeaders(response: ServerResponse, request: IncomingMessage): void {
  for (const [name, value] of Object.entries(securityHeaders(`ws://${request.headers.host ?? ''}`)))
    response.setHeader(name, value);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
