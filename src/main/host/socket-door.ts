/** The upgrade from HTTP to the studio's channel: for pages of ours that have been let in, and not for more of them than make sense. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { mostMessageBytes } from '#shared/channel/message-pack';
import type { Transport } from '#shared/channel/transport';
import { socketTransport } from '#shared/channel/websocket-transport';
import type { Admission } from './admission';
import { plainPath } from './plain-path';
import { refusalOf } from './request-guard';
import { hostSocketEnd, type SocketLimits } from './socket-end';

const channelPath = 'channel';
const mostSockets = 32;

export interface SocketDoorOptions extends SocketLimits {
  readonly port: number;
  readonly admission: Admission;
  readonly onChannel: (transport: Transport) => void;
}

/** Returns how to close every connection. */
export function openSocketDoor(server: Server, options: SocketDoorOptions): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes, perMessageDeflate: false });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const status = refusedWith(request, options) ?? (sockets.clients.size >= mostSockets ? 503 : undefined);
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) =>
      options.onChannel(socketTransport(hostSocketEnd(client, options))),
    );
  });
  return () => {
    for (const client of sockets.clients) client.terminate();
    sockets.close();
  };
}

function refusedWith(request: IncomingMessage, { port, admission }: SocketDoorOptions): number | undefined {
  const path = plainPath(request.url);
  if (path === undefined) return 400;
  if (refusalOf({ headers: request.headers, needsOrigin: true }, port) !== undefined) return 403;
  if (!admission.isIn(request.headers.cookie)) return 401;
  return path.segments.join('/') === channelPath ? undefined : 404;
}
